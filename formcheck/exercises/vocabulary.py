"""The words an exercise is written in. An exercise is data: one screen that a physiotherapist can read."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from math import hypot, isnan, nan
from typing import Any, Literal

from formcheck.core.body import Body
from formcheck.core.landmarks import Part
from formcheck.core.signals import Limit, Signal

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
    """A number taken of each finished repetition (from a ``RepLog``) or hold (``HoldLog``); NaN = cannot tell.

    Attributes:
        key: its name in reports, with the unit.
        of: takes the log and returns the number.
        title: heading in the report's table; without one it is not shown there.
        unit: written behind it.
        digits: after the point.
        error: a change between two days under this is no evidence of anything; NaN = not known, or said by the
            exercise's aim. Asked for with ``Exercise.error_of``.
    """

    key: str
    of: Callable[[Any], float]
    title: str = ""
    unit: str = ""
    digits: int = 0
    error: float = nan


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
        shows: where in the movement it shows.
        concerns: stretches of the body that are drawn as wrong.
        live: how it shows during the movement; None where only a finished one can tell.
        rank: what goes first when two things are to be said.
        spoken: False where it only belongs into the summary.
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
    spoken: bool = True


CLEAR = 1.5
"""How many times its noise a movement must be to be one."""


@dataclass(frozen=True, slots=True)
class Reps:
    """How repetitions are counted: two thresholds between this person's rest and the target.

    Attributes:
        signal: what is counted; rises from rest toward the target.
        target: where it should get to.
        witness: a second signal that must rise with it by ``witness_rise``, so that moving the feet is no rep.
        witness_rise: in the witness's unit.
        least_way: share of the way from rest to the target under which a rise is shifting about, not a rep.
        least_rise: the same as an absolute minimum, in the signal's unit.
        least_s: time under which a rise and fall is a leap of the measuring and no movement, s.
        back: share of the range that may be left for the movement to count as back at rest.
        steady: how far the signal wanders while the person keeps still, in its unit.
        noise: a second signal with the noise of the first, where that differs from recording to recording; a movement
            counts only if it is ``CLEAR`` times as large.
        zero: a second signal that changes where the zero of the first is taken anew: no movement goes across that.
        cutoff_hz: of the signal's filter while counting: slow movements bear more smoothing.
        evidence: what a repetition's measures must keep for the exercise to be recognised by it.
        enough: how many such repetitions it takes.
        alone: what a single repetition's measures must keep to be believed between other exercises; without any, it
            takes several.
        fidget: a movement whose measures keep all of these is shifting about, not a repetition.
    """

    signal: Signal
    target: float
    witness: Signal | None = None
    witness_rise: float = 0.0
    least_way: float = 0.40
    least_rise: float = 10.0
    least_s: float = 0.0
    back: float = 0.15
    steady: float = 4.0
    noise: Signal | None = None
    zero: Signal | None = None
    cutoff_hz: float = 3.0
    evidence: tuple[tuple[str, Limit], ...] = ()
    enough: int = 1
    alone: tuple[tuple[str, Limit], ...] = ()
    fidget: tuple[tuple[str, Limit], ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A posture requirement: a limit on a signal."""

    signal: Signal
    limit: Limit


@dataclass(frozen=True, slots=True)
class Holds:
    """How the holds of a stretch are found and timed: a leg leaves the mat, comes to rest, and is let go.

    Attributes:
        signal: slope of the limb; rises from rest.
        least: level from which the limb counts as raised, in the signal's unit.
        least_rise: the same above where this limb rests.
        position: what must hold for the clock to run.
        marks: what the medians of a whole hold must keep for it to be one of this stretch and not of another.
        both: both legs may be drawn up together.
    """

    signal: Signal
    least: float
    least_rise: float
    position: tuple[Condition, ...]
    marks: tuple[Condition, ...]
    both: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """What is drawn besides the body.

    Attributes:
        kind: ``line``: the line to reach through three parts; ``gauge``: the pelvic tilt with its uncertainty; ``leg``:
            the working leg's angle and the clock of the hold.
        parts: of the line.
    """

    kind: Literal["line", "gauge", "leg", "none"]
    parts: tuple[Part, Part, Part] = (Part.SHOULDER, Part.HIP, Part.KNEE)


_LET_GO_S = 0.5
"""Who is told when to let go does so a moment before or after."""


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of it: repetitions from..to, or seconds from..to and how often for each leg."""

    reps: tuple[int, int] | None = None
    hold_s: tuple[int, int] | None = None
    each_leg: int = 0

    def long_enough(self, rest_s: float) -> bool:
        """Whether a leg that rested in the stretch for so long, in position or not, has done one of its holds."""
        return self.hold_s is None or rest_s >= self.hold_s[0] - _LET_GO_S

    def __str__(self) -> str:
        """Return it in words."""
        if self.reps:
            return f"{self.reps[0]}-{self.reps[1]} repetitions"
        times = {1: "once", 2: "twice"}.get(self.each_leg, f"{self.each_leg} times")
        return f"hold {self.hold_s[0]}-{self.hold_s[1]} s, {times} each leg" if self.hold_s else ""


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to change over weeks, and what change says anything.

    Attributes:
        measure: key of the exercise's measure.
        better: ``up``, ``down``, or ``toward`` a value.
        error: a change between two days under this, in the measure's unit, is no evidence of anything.
        source: where that number comes from.
        toward: the value, where that is the direction.
        unsigned: judged by its size: either way counts as the exercise.
        spoiled_by: faults that change the measure itself: movements with one of them tell no progress.
    """

    measure: str
    better: Literal["up", "down", "toward"]
    error: float
    source: str
    toward: float = nan
    unsigned: bool = False
    spoiled_by: tuple[str, ...] = ()


def widened(error: float, *stated: float) -> float:
    """Return the error of a difference; more where both of its sides state that they are less sure than usual.

    Args:
        error: the usual one; NaN = not known.
        stated: half-widths that the two sides state of themselves; NaN where they do not.
    """
    told = hypot(*stated) if len(stated) > 1 else nan
    return told if isnan(error) or told > error else error


@dataclass(frozen=True, slots=True)
class Exercise:
    """Everything formcheck knows of one exercise.

    Attributes:
        key: name in reports and code (``pelvic_tilt``); the command line writes it with a hyphen.
        title: for people.
        how: what to do, step by step.
        camera: where to put it.
        counts: what a repetition or a hold is.
        posture: what holds during the whole exercise; outside it nothing is counted.
        ready: what holds in the starting position besides.
        measures: what is measured of each repetition or hold.
        shown: signals kept for every frame (angles, plots, live rules).
        charted: the one the report draws over time.
        rules: the fault table.
        guide: what to draw.
        dose: how much.
        cannot_see: what one camera at the side cannot judge.
        sources: where it comes from.
        both_legs: the posture is asked of both legs, not of the one that works.
        recognisable: False: judged only where it is asked for.
        breath: what is said with the way up and the way down, in rhythm with the breath.
        caution: what is said as the set begins.
        aims: what is to change over weeks.
    """

    key: str
    title: str
    how: tuple[str, ...]
    camera: str
    counts: Reps | Holds
    posture: tuple[Condition, ...]
    ready: tuple[Condition, ...]
    measures: tuple[Measure, ...]
    shown: tuple[Signal, ...]
    charted: Signal
    rules: tuple[Rule, ...]
    guide: Guide
    dose: Dose
    cannot_see: tuple[str, ...]
    sources: tuple[str, ...] = ()
    both_legs: bool = False
    recognisable: bool = True
    breath: tuple[str, str] | None = None
    caution: str = ""
    aims: tuple[Aim, ...] = ()

    @property
    def name(self) -> str:
        """The name on the command line."""
        return self.key.replace("_", "-")

    @property
    def target(self) -> float:
        """Where the charted signal should get to; NaN where there is no such line."""
        plan = self.counts
        return plan.target if isinstance(plan, Reps) and plan.signal is self.charted else nan

    @property
    def allowed(self) -> Limit | None:
        """The range of the charted signal that no rule objects to at the top; None where no rule is about it."""
        limits = [rule.limit for rule in self.rules if rule.measure == self.charted.key]
        return Limit(max(limit.low for limit in limits), min(limit.high for limit in limits)) if limits else None

    def measure(self, key: str) -> Measure:
        """Return the measure with this key."""
        return next(measure for measure in self.measures if measure.key == key)

    def error_of(self, key: str, *stated: float) -> float:
        """Return the change of a measure between two days under which it is no evidence of anything, in its unit.

        Args:
            key: of the measure.
            stated: half-widths that the measures of the two days state themselves (the tilt's); NaN where they do not.

        Returns:
            What its aim says, or else the measure itself, ``widened`` by what is stated; NaN where nothing is known.
        """
        known = {measure.key: measure.error for measure in self.measures} | {
            aim.measure: aim.error for aim in self.aims
        }
        return widened(known.get(key, nan), *stated)

    def rule(self, key: str) -> Rule:
        """Return the rule with this fault key."""
        return next(rule for rule in self.rules if rule.key == key)


def keeps(conditions: tuple[Condition, ...], body: Body) -> bool:
    """Return whether no condition is broken; what the camera cannot tell breaks none."""
    return all(c.limit.kept(c.signal.read(body)) is not False for c in conditions)
