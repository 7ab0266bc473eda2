"""What one repetition looked like, laid out for measuring."""

from dataclasses import dataclass
from functools import cached_property
from math import nan

import numpy as np

from formcheck.core.pose import FloatArray
from formcheck.exercises.movement import Movement

EDGE = 0.1
"""Phases are timed between 10 % and 90 % of the rep's own range ..."""
EDGE_SHARE = 0.6
"""... which takes this share of a smooth movement's whole time (a cosine: 0.59)."""


@dataclass(frozen=True)
class RepLog(Movement):
    """One repetition; the counted signal is the one followed.

    Attributes:
        rest: where that signal rests; the range is measured from here.
        target: where it should get to.
        saw_start: False where the recording began after the movement did.
        best: largest range of this person's earlier repetitions, in the signal's unit; NaN = this is the first.
    """

    rest: float
    target: float
    saw_start: bool = True
    best: float = nan

    @cached_property
    def peak(self) -> float:
        """The highest value of the counted signal."""
        return float(self.course[1].max())

    @cached_property
    def _edges(self) -> tuple[float, float, float, float]:
        """Times at which the signal is at 10 % and 90 % going up, 90 % and 10 % going down; NaN = not seen."""
        t, x = self.course
        top = int(x.argmax())
        up, down = x[: top + 1], x[top:]
        first, last = self._base(float(up.min())), self._base(float(down.min()))
        low_up, high_up = first + EDGE * (self.peak - first), self.peak - EDGE * (self.peak - first)
        low_down, high_down = last + EDGE * (self.peak - last), self.peak - EDGE * (self.peak - last)
        begun = _last_below(up, low_up)
        arrived = _last_below(up, high_up)
        left = _first_below(down, high_down)
        ended = _first_below(down, low_down)
        return (
            nan if begun is None else float(t[begun]),
            float(t[0] if arrived is None else t[arrived]),
            float(t[-1] if left is None else t[top + left]),
            float(t[-1] if ended is None else t[top + ended]),
        )

    def _base(self, lowest: float) -> float:
        """Where a way up begins or a way down ends: at rest, or higher up where the movement turned before."""
        at_rest = lowest <= self.rest + EDGE * (self.peak - self.rest)
        return self.rest if at_rest or not self.saw_start else lowest

    @property
    def start(self) -> float:
        """When the movement left rest (10 % of its range), s."""
        return float(self.course[0][0]) if np.isnan(self._edges[0]) else self._edges[0]

    @property
    def end(self) -> float:
        """When it was back at rest, or turned, s."""
        return self._edges[3]

    @property
    def top(self) -> tuple[float, float]:
        """From when to when the signal was within 10 % of its peak, s."""
        return self._edges[1], self._edges[2]

    @property
    def up_s(self) -> float:
        """Time of the way up, s; NaN where the recording began after it."""
        return (self._edges[1] - self._edges[0]) / EDGE_SHARE

    @property
    def down_s(self) -> float:
        """Time of the way down, s."""
        return (self._edges[3] - self._edges[2]) / EDGE_SHARE

    @property
    def left_over(self) -> float:
        """How much of the range was left at the end, 0..1."""
        return float((self.course[1][-1] - self.rest) / (self.peak - self.rest))


def _last_below(x: FloatArray, level: float) -> int | None:
    below = np.flatnonzero(x <= level)
    return int(below[-1]) if below.size else None


def _first_below(x: FloatArray, level: float) -> int | None:
    below = np.flatnonzero(x <= level)
    return int(below[0]) if below.size else None
