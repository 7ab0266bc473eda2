"""Where in a TOML file something stands. ``tomllib`` says so of syntax errors only."""

import re

_TABLE = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?")
_KEY = re.compile(r"\s*[\"']?([A-Za-z0-9_-]+)[\"']?\s*[=.]")
_LONG = re.compile(r'"""|\'\'\'')

Place = tuple[str | int, ...]
"""The way to a value: ``("step", 0, "reps")``."""


def lines_of(text: str) -> dict[Place, int]:
    """Return the line, from 1, of every table and every key that stands on a line of its own."""
    found: dict[Place, int] = {}
    counts: dict[str, int] = {}
    here: Place = ()
    inside_text = False
    for number, line in enumerate(text.splitlines(), 1):
        was_inside = inside_text
        inside_text ^= len(_LONG.findall(line)) % 2 == 1
        if was_inside:
            continue
        if table := _TABLE.match(line):
            here = _place(table[1], counts, many=line.lstrip().startswith("[["))
            found.setdefault(here, number)
        elif key := _KEY.match(line):
            found.setdefault((*here, key[1]), number)
    return found


def line_of(lines: dict[Place, int], place: Place) -> int:
    """Return the line of a value, or of what it stands in."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _place(name: str, counts: dict[str, int], *, many: bool) -> Place:
    parts = [part.strip().strip("\"'") for part in name.split(".")]
    if many:
        counts[parts[0]] = counts.get(parts[0], -1) + 1
    place: list[str | int] = [parts[0]]
    if parts[0] in counts:
        place.append(counts[parts[0]])
    return (*place, *parts[1:])
