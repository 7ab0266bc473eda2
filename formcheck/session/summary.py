"""The result of a session: what every report is made from."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from formcheck.core.events import Rep, Unfinished, Warn
from formcheck.core.landmarks import Side
from formcheck.exercises.vocabulary import Exercise, Phase

PHASES: tuple[Phase, ...] = ("rest", "up", "hold", "down")


@dataclass(frozen=True, slots=True)
class Series:
    """Per-frame values kept for the whole recording: 8 bytes a number, so an hour at 30 fps is some 4 MB.

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


@dataclass(frozen=True, slots=True)
class Result:
    """What was seen, counted and judged.

    Attributes:
        exercise: None where it is none of ours.
        recognised: True where the exercise was found by itself.
        side: the body side toward the camera; None where nobody was seen.
        frames: how many there were.
        seen_fraction: share of them with a trusted body.
        reps: finished repetitions, in order.
        unfinished: movements without a beginning or an end.
        warnings: what limits these findings.
        series: angles per frame.
    """

    exercise: Exercise | None
    recognised: bool
    side: Side | None
    frames: int
    seen_fraction: float
    reps: Sequence[Rep]
    unfinished: Sequence[Unfinished]
    warnings: Sequence[Warn]
    series: Series

    @property
    def good_reps(self) -> int:
        """How many repetitions had no fault."""
        return sum(rep.good for rep in self.reps)
