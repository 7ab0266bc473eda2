"""The result of a session: what every report is made from."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from formcheck.core.events import Hold, Rep, Unfinished, Warn
from formcheck.core.landmarks import Side
from formcheck.exercises.vocabulary import Exercise, Phase

TILT = "tilt_deg"
"""The measure of the pelvic tilt at the far end of a repetition, signed; other programs are told its direction."""
PHASES: tuple[Phase, ...] = ("rest", "up", "hold", "down")


@dataclass(frozen=True, slots=True)
class Series:
    """Per-frame values kept for the whole recording: 8 bytes a number, so an hour at 30 fps is some 5 MB an exercise.

    Attributes:
        t: presentation times, s.
        values: signal key -> values, NaN = not known.
        phases: what the phase seemed to be as it happened, as an index into ``PHASES``; -1 outside the exercise.
    """

    t: "array[float]" = field(default_factory=lambda: array("d"))
    values: "dict[str, array[float]]" = field(default_factory=dict)
    phases: "array[int]" = field(default_factory=lambda: array("b"))

    def of(self, key: str) -> "array[float]":
        """Return the values of one signal, begun where there are none yet."""
        return self.values.setdefault(key, array("d"))

    def between(self, start: float, end: float) -> "Series":
        """Return the frames from ``start`` s up to, and without, ``end`` s."""
        inside = [i for i, t in enumerate(self.t) if start <= t < end]
        if len(inside) == len(self.t):
            return self
        first, last = (inside[0], inside[-1] + 1) if inside else (0, 0)
        return Series(self.t[first:last], {k: x[first:last] for k, x in self.values.items()}, self.phases[first:last])


@dataclass(frozen=True, slots=True)
class Result:
    """What was seen, counted and judged of one exercise.

    Attributes:
        exercise: None where it is none of ours.
        recognised: True where the exercise was found by itself.
        side: the body side toward the camera; None where nobody was seen.
        frames: how many there were.
        seen_fraction: share of them with a trusted body.
        reps: finished repetitions, in order.
        holds: finished holds, in order.
        unfinished: movements without a beginning or an end.
        warnings: what limits these findings.
        series: angles per frame.
        segments: where several exercises follow one another, each with its own findings; this result describes the
            first one then. Empty otherwise.
    """

    exercise: Exercise | None
    recognised: bool
    side: Side | None
    frames: int
    seen_fraction: float
    reps: Sequence[Rep]
    holds: Sequence[Hold]
    unfinished: Sequence[Unfinished]
    warnings: Sequence[Warn]
    series: Series
    segments: "Sequence[Result]" = ()

    @property
    def done(self) -> Sequence[Rep | Hold]:
        """Repetitions or holds, whichever the exercise has."""
        return (*self.reps, *self.holds)

    @property
    def good(self) -> int:
        """How many of them had no fault."""
        return sum(each.good for each in self.done)

    @property
    def parts(self) -> "Sequence[Result]":
        """The segments, or this result where there is one exercise."""
        return self.segments or (self,)

    def held_s(self, side: Literal["left", "right"]) -> float:
        """Return the time one leg was held in position, s."""
        return sum(hold.held for hold in self.holds if hold.side in (side, "both"))

    def mean(self, key: str, side: Literal["left", "right"]) -> float:
        """Return the mean of a measure over one leg's good holds; NaN without any."""
        values = [h.measures[key] for h in self.holds if h.side in (side, "both") and h.good]
        return sum(values) / len(values) if values else float("nan")
