"""What judging repetitions and judging holds have in common."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from formcheck.core.body import Body
from formcheck.core.events import Event, Fault, Hold, Rep, Unfinished
from formcheck.core.landmarks import Side
from formcheck.exercises.movement import Movement
from formcheck.exercises.vocabulary import Exercise, Phase


@dataclass(frozen=True, slots=True)
class HoldNow:
    """A hold while it goes on.

    Attributes:
        side: whose leg.
        held: time on the clock, s.
        running: False while it is paused.
        rested: time at rest in the stretch, in position or not, s.
        ours: the leg looks as in this stretch, not as in another one.
    """

    side: Side
    held: float
    running: bool
    rested: float = 0.0
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """What following one frame gave.

    Attributes:
        body: the person, with the working leg chosen.
        values: of the exercise's shown signals.
        phase: of the movement; None where the camera cannot tell.
        hold: the hold under way.
        other: in a stretch, the same signals of the leg that does not work.
    """

    body: Body
    values: Mapping[str, float]
    phase: Phase | None
    hold: HoldNow | None = None
    other: Mapping[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Findings:
    """Everything found so far."""

    reps: list[Rep] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    unfinished: list[Unfinished] = field(default_factory=list)

    @property
    def done(self) -> tuple[Rep | Hold, ...]:
        """Repetitions or holds, whichever the exercise has."""
        return (*self.reps, *self.holds)


class Follower(Protocol):
    """Follows one kind of movement, frame by frame."""

    @property
    def busy(self) -> bool:
        """True from when a movement is certain until it has ended."""

    @property
    def rest_values(self) -> Mapping[str, float]:
        """Where the shown signals rested before the present movement."""

    def step(self, t: float, body: Body, events: list[Event], *, can_tell: bool) -> Step:
        """Take a frame of somebody in the exercise; add to ``events`` what it completes."""

    def finish(self, t: float, events: list[Event], *, can_tell: bool) -> None:
        """The recording, or sight of the person, ends: complete what is under way, or leave it unfinished."""

    def drop(self) -> None:
        """Start afresh: who leaves the posture in mid-movement got up, and that is no movement of ours."""


def read(exercise: Exercise, body: Body) -> dict[str, float]:
    """Return the exercise's shown signals."""
    return {signal.key: signal.read(body) for signal in exercise.shown}


def measured(exercise: Exercise, log: Movement) -> dict[str, float]:
    """Return the exercise's measures of a finished movement."""
    return {measure.key: measure.of(log) for measure in exercise.measures}


def faults_of(exercise: Exercise, measures: Mapping[str, float], log: Movement) -> tuple[Fault, ...]:
    """Return the rules a finished movement broke, with when they showed."""
    times = {"start": log.start, "top": log.top[0], "end": log.end}
    broken = (rule for rule in exercise.rules if rule.limit.kept(measures[rule.measure]) is False)
    return tuple(Fault(rule.key, times[rule.shows], rule.say) for rule in broken)
