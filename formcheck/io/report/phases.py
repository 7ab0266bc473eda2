"""The phases of each movement as a strip along the time axis."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from formcheck.core.events import Hold, Rep
from formcheck.io.report.curve import Place

Kind = Literal["up", "hold", "down"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the strip: left edge and width in the drawing, which phase, and what it says."""

    x: float
    width: float
    kind: Kind
    said: str


def strip(done: Sequence[Rep | Hold], x: Place) -> Iterator[Piece]:
    """Yield the phases as they were measured when the movement had ended."""
    for each in done:
        if isinstance(each, Hold):
            spans: list[tuple[Kind, float, float]] = [("hold", each.start, each.end)]
        else:
            spans = [("up", each.start, each.top_from), ("hold", each.top_from, each.top_to)]
            spans.append(("down", each.top_to, each.end))
        for kind, start, end in spans:
            if end > start:
                yield Piece(x(start), x(end) - x(start), kind, f"{each.number}, {kind}: {end - start:.1f} s")
