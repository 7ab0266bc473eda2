"""What is to be done: exercises in order, with dose, legs and rests, and when pain stops it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from formcheck.core.events import Legs
from formcheck.exercises.vocabulary import Dose, Exercise


@dataclass(frozen=True, slots=True)
class PainLimits:
    """When pain, 0 to 10, stops an exercise.

    Attributes:
        rise: points above the pain before, from which it stops.
        above: score that must not be exceeded.
    """

    rise: int = 2
    above: int = 5

    def stops(self, before: int | None, score: int) -> Literal["rise", "above"] | None:
        """Return why ``score`` stops it, or None where it may go on; ``before`` None = not known."""
        if before is not None and score - before >= self.rise:
            return "rise"
        return "above" if score > self.above else None


@dataclass(frozen=True, slots=True)
class Step:
    """One exercise of a plan.

    Attributes:
        exercise: what to do.
        dose: how much of it.
        legs: which leg each hold is for, in order; empty = as the person likes.
        rest_s: rest after it, s.
        between_holds_s: rest between two holds, s.
        targets: signal key -> where it should get to, where that differs from the exercise's own.
        notes: of the physiotherapist, told with the instructions.
    """

    exercise: Exercise
    dose: Dose
    legs: tuple[Legs, ...] = ()
    rest_s: int = 60
    between_holds_s: int = 15
    targets: Mapping[str, float] = field(default_factory=dict)
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A programme.

    Attributes:
        key: its name in history and on the command line.
        title: for people.
        steps: in order.
        pain: when it stops.
    """

    key: str
    title: str
    steps: tuple[Step, ...]
    pain: PainLimits = PainLimits()
