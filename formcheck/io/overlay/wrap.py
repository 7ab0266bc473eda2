"""Lines broken where the language breaks them: between words, or between Chinese clauses or characters."""

import re
from collections.abc import Callable, Sequence

_PIECE = re.compile(r"[\u2e80-\u9fff][\u3000-\u303f\uff00-\uffef”’…—]*|[^\s\u2e80-\u9fff]+|\s+")
"""A Chinese character with the punctuation that may not begin a line, or a word, or the space between words."""
_CLAUSE = re.compile(r"[^。，；：！？]+[。，；：！？]*")


def wrap(text: str, most: float, width: Callable[[str], float]) -> list[str]:
    """Return a text on as few lines as fit, about equally long.

    Args:
        text: to be broken; a word that is too wide by itself keeps a line of its own.
        most: width of a line.
        width: of a text, in the same unit.
    """
    pieces, clauses = _PIECE.findall(text), _CLAUSE.findall(text)
    rows = _filled(pieces, most, width)
    if len(rows) == 1:
        return rows
    settings = [_filled(pieces, most * share / 20, width) for share in range(10, 20)]
    if len(clauses) > 1:
        settings.insert(0, _filled(clauses, most, width))  # the best, where it takes no more lines
    # the narrowest setting leaves no single word on the last line
    fitting = (each for each in settings if len(each) == len(rows) and all(width(row) <= most for row in each))
    return next(fitting, rows)


def _filled(pieces: Sequence[str], most: float, width: Callable[[str], float]) -> list[str]:
    rows: list[str] = []
    for piece in pieces:
        if rows and (piece.isspace() or width((rows[-1] + piece).strip()) <= most):
            rows[-1] += piece
        elif not piece.isspace():
            rows.append(piece)
    return [row.strip() for row in rows]
