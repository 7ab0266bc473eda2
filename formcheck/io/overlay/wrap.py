"""Lines broken where the language breaks them: between words, or between Chinese characters."""

import re
from collections.abc import Callable

_PIECE = re.compile(r"[\u2e80-\u9fff][\u3000-\u303f\uff00-\uffef”’…—]*|[^\s\u2e80-\u9fff]+|\s+")
"""A Chinese character with the punctuation that may not begin a line, or a word."""


def wrap(text: str, most: float, width: Callable[[str], float]) -> list[str]:
    """Return a text on as few lines as fit, about equally long.

    Args:
        text: to be broken; a piece that is too wide by itself keeps a line of its own.
        most: width of a line.
        width: of a text, in the same unit.
    """
    rows = _filled(text, most, width)
    if len(rows) == 1:
        return rows
    # of the settings with as few lines, one that breaks no Chinese clause; of those the narrowest, which leaves no
    # single word on the last line
    settings = [_filled(text, most * share / 20, width) for share in range(10, 20)]
    return min([*(each for each in settings if len(each) == len(rows)), rows], key=_torn)


def _torn(rows: list[str]) -> int:
    """How many lines end within a Chinese clause."""
    return sum("\u4e00" <= row[-1] <= "\u9fff" for row in rows[:-1])


def _filled(text: str, most: float, width: Callable[[str], float]) -> list[str]:
    rows: list[str] = []
    for piece in _PIECE.findall(text):
        if rows and (piece.isspace() or width((rows[-1] + piece).strip()) <= most):
            rows[-1] += piece
        elif not piece.isspace():
            rows.append(piece)
    return [row.strip() for row in rows]
