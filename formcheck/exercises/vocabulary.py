"""The words an exercise is written in. An exercise is data: one screen that a physiotherapist can read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal

import numpy as np

from formcheck.core.body import Body
from formcheck.core.filters import sustained
from formcheck.core.landmarks import Part
from formcheck.core.signals import Limit, Signal
from formcheck.exercises.rep_log import RepLog

Phase = Literal["rest", "up", "hold", "down"]
Segment = Literal["head", "trunk", "thigh", "shin", "arm"]
"""Stretches of the body, as they are drawn."""


class Rank(IntEnum):
    """What goes first when two things are to be said."""

    SAFETY = 0
    FORM = 1
    TEMPO = 2


@dataclass(frozen=True, slots=True)
class Measure:
    """A number taken of each finished repetition; NaN where the camera cannot tell."""

    key: str
    of: Callable[[RepLog], float]


@dataclass(frozen=True, slots=True)
class Live:
    """How a rule shows while the movement goes on: its limit on a signal, in some phases, for some time.

    ``above_rest`` reads the signal as its change from where this person rests.
    """

    signal: Signal
    phases: tuple[Phase, ...]
    for_s: float = 0.4
    above_rest: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the fault table: outside ``limit``, ``measure`` is the fault ``key``.

    Attributes:
        key: the fault's name, stable for other programs.
        measure: key of the exercise's measure that is judged.
        limit: what is right, in the measure's unit.
        say: the cue, in plain words.
        why: what it is good for.
        source: where the number comes from.
        shows: where in the repetition it shows.
        concerns: stretches of the body that are drawn as wrong.
        live: how it shows during the movement; None where only a finished rep can tell.
        rank: what goes first when two things are to be said.
    """

    key: str
    measure: str
    limit: Limit
    say: str
    why: str
    source: str
    shows: Literal["start", "top", "end"] = "top"
    concerns: tuple[Segment, ...] = ()
    live: Live | None = None
    rank: Rank = Rank.FORM


@dataclass(frozen=True, slots=True)
class Reps:
    """How repetitions are counted: two thresholds between this person's rest and the target.

    Attributes:
        signal: what is counted; rises from rest toward the target.
        target: where it should get to.
        least_way: share of the way from rest to the target under which a rise is shifting about, not a rep.
        least_rise: the same as an absolute minimum, in the signal's unit.
        back: share of the range that may be left for the movement to count as back at rest.
        witness: a second signal that must rise with it by ``witness_rise``, so that moving the feet is no rep.
    """

    signal: Signal
    target: float
    witness: Signal
    witness_rise: float
    least_way: float = 0.40
    least_rise: float = 10.0
    back: float = 0.15


@dataclass(frozen=True, slots=True)
class Condition:
    """A posture requirement: a limit on a signal, and what to say where it is not kept."""

    signal: Signal
    limit: Limit


@dataclass(frozen=True, slots=True)
class Guide:
    """The line a coach would draw: through three parts, straight at the target of the counted signal."""

    parts: tuple[Part, Part, Part]


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of it: repetitions from..to."""

    reps: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Exercise:
    """Everything formcheck knows of one exercise.

    Attributes:
        key: name in reports and code (``pelvic_tilt``); the command line writes it with a hyphen.
        title: for people.
        how: what to do, step by step.
        camera: where to put it.
        counts: what a repetition is.
        recognised_at: share of the way to the target that the best repetition reaches where the exercise is
            recognised by itself.
        posture: what holds during the whole exercise; outside it nothing is counted.
        ready: what holds in the starting position besides.
        measures: what is measured of each rep.
        shown: signals kept for every frame (angles, plots, live rules).
        rules: the fault table.
        guide: the line to draw.
        dose: how much.
        cannot_see: what one camera at the side cannot judge.
        sources: where it comes from.
    """

    key: str
    title: str
    how: tuple[str, ...]
    camera: str
    counts: Reps
    recognised_at: float
    posture: tuple[Condition, ...]
    ready: tuple[Condition, ...]
    measures: tuple[Measure, ...]
    shown: tuple[Signal, ...]
    rules: tuple[Rule, ...]
    guide: Guide
    dose: Dose
    cannot_see: tuple[str, ...]
    sources: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """The name on the command line."""
        return self.key.replace("_", "-")

    @property
    def allowed(self) -> Limit:
        """The range of the counted signal that no rule objects to at the top."""
        key = self.counts.signal.key
        limits = [rule.limit for rule in self.rules if rule.measure == key]
        return Limit(max(limit.low for limit in limits), min(limit.high for limit in limits))

    def rule(self, key: str) -> Rule:
        """Return the rule with this fault key."""
        return next(rule for rule in self.rules if rule.key == key)


def keeps(conditions: tuple[Condition, ...], body: Body) -> bool:
    """Return whether no condition is broken; what the camera cannot tell breaks none."""
    return all(c.limit.kept(c.signal.read(body)) is not False for c in conditions)


def peak(key: str) -> Measure:
    """Return the measure of the counted signal's highest value."""
    return Measure(key, lambda log: log.peak)


def at_top(signal: Signal) -> Measure:
    """Return the measure of a signal's median while at the top."""

    def median(log: RepLog) -> float:
        x = log.during(signal.key, *log.top)
        return float(np.median(x)) if x.size else float("nan")

    return Measure(signal.key, median)


def risen(key: str, signal: Signal, for_s: float) -> Measure:
    """Return the measure of how far a signal rose above its value at rest, and stayed for ``for_s`` seconds."""

    def rise(log: RepLog) -> float:
        return sustained(log.during(signal.key, log.start, log.end), for_s) - log.rest_values[signal.key]

    return Measure(key, rise)


HOLD_S = Measure("hold_s", lambda log: log.top[1] - log.top[0])
UP_S = Measure("up_s", lambda log: log.up_s)
DOWN_S = Measure("down_s", lambda log: log.down_s)
FASTEST_S = Measure("fastest_phase_s", lambda log: float(np.fmin(log.up_s, log.down_s)))
LEFT_OVER = Measure("left_over", lambda log: log.left_over)
