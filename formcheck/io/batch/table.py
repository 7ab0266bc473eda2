"""The tables of a batch: results.jsonl has a line for each path, results.csv one for each exercise of each path."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from io import StringIO
from typing import Any

from formcheck.io.batch.entry import Entry, json_line
from formcheck.io.batch.store import Store

CSV, JSONL = "results.csv", "results.jsonl"
_COLUMNS = (
    "path", "sha256", "state", "same_as", "part", "exercise", "side", "start_s", "end_s",
    "reps", "good_reps", "holds", "good_holds", "held_left_s", "held_right_s", "faults", "warnings",
    "duration_s", "took_s", "peak_mib", "error", "folder", "formcheck",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(store: Store, entries: Iterable[Entry]) -> None:
    """Write both tables anew; each is the old one or the new one at any time."""
    lines = sorted(_lines(entries), key=lambda line: str(line["path"]))
    store.write(JSONL, b"".join(map(json_line, lines)))
    text = StringIO()
    table = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    table.writeheader()
    for line in lines:
        table.writerows(_rows(line))
    store.write(CSV, text.getvalue().encode(errors="backslashreplace"))


def _lines(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """A line for each path: what was found stands with the first; others of the same content refer to that."""
    for entry in entries:
        for path in entry.paths:
            first = path == entry.paths[0]
            yield {
                "path": path,
                "sha256": entry.sha256,
                "state": entry.state if first else "skipped",
                "same_as": None if first else entry.paths[0],
                "exercises": [asdict(part) for part in entry.exercises] if first else [],
                "duration_s": entry.duration_s,
                "took_s": entry.took_s if first else None,
                "peak_mib": entry.peak_mib if first else None,
                "error": entry.error if first else None,
                "folder": entry.folder,
                "formcheck": entry.formcheck,
            }


def _rows(line: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Rows of one line: without any exercise one as well."""
    whole = {name: _plain(value) for name, value in line.items() if name != "exercises"}
    for number, part in enumerate(line["exercises"] or ({},), 1):
        yield {**whole, **_flat(part), "part": number}


def _flat(part: dict[str, Any]) -> dict[str, Any]:
    flat = {name: _plain(value) for name, value in part.items() if name not in ("faults", "warnings")}
    if part:
        flat["faults"] = " ".join(f"{key}:{n}" for key, n in part["faults"].items())
        flat["warnings"] = " ".join(part["warnings"])
    return flat


def _plain(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: a file can be called anything."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
