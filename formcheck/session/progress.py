"""Progress over weeks, measured against the measurement's own error: nobody reads noise as progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, nan
from statistics import median
from typing import Literal

from formcheck.core.events import Hold, Legs, Rep
from formcheck.exercises.measures import stated_error
from formcheck.exercises.vocabulary import Aim, Exercise, widened

Verdict = Literal["improving", "worse", "no_evidence"]
_MOST = 3
"""Sessions at either end whose median is compared: one odd day is no trend."""

PAIN = Aim(
    "pain", "down", error=2, source="smallest change of a 0 to 10 pain score that matters to people: Childs 2005"
)


@dataclass(frozen=True, slots=True)
class Point:
    """One session's value.

    Attributes:
        when: start of the session, ISO 8601.
        value: median over its movements, in the measure's unit; NaN = not known.
        n: how many movements it is made of.
        stated: median of the errors that the movements state themselves; NaN where they state none.
    """

    when: str
    value: float
    n: int = 1
    stated: float = nan


@dataclass(frozen=True, slots=True)
class Trend:
    """How a measure went from session to session.

    Attributes:
        aim: what is followed.
        points: the sessions of which it is known, oldest first.
        first: median of the earliest sessions, up to three; None without two sessions.
        latest: median of the latest ones, up to three, none of them among the earliest; None without two sessions.
        change: how much better (positive) or worse (negative), in the measure's unit.
        error: a change under this is no evidence, in the measure's unit.
        verdict: ``improving`` or ``worse`` only where the change is no less than the error.
        side: of which leg; None of all.
    """

    aim: Aim
    points: tuple[Point, ...]
    first: float | None
    latest: float | None
    change: float | None
    error: float
    verdict: Verdict
    side: Legs | None = None


def trend(aim: Aim, points: Sequence[Point], side: Legs | None = None) -> Trend:
    """Judge sessions, oldest first."""
    kept = tuple(point for point in points if isfinite(point.value))
    if len(kept) < 2:
        return Trend(aim, kept, None, None, None, aim.error, "no_evidence", side)
    k = min(_MOST, len(kept) // 2)
    ends = kept[:k], kept[-k:]
    first, latest = (median(point.value for point in part) for part in ends)
    error = widened(aim.error, *(median(point.stated for point in part) for part in ends))
    change = _gain(aim, first, latest)
    verdict: Verdict = "no_evidence"
    if abs(change) >= error:
        verdict = "improving" if change > 0 else "worse"
    return Trend(aim, kept, first, latest, change, error, verdict, side)


def point(exercise: Exercise, aim: Aim, when: str, done: Sequence[Rep | Hold], side: Legs | None = None) -> Point:
    """Return one session's value of a measure: NaN and of no movement where nothing is known.

    Args:
        exercise: whose movements they are.
        aim: names the measure; movements with a fault that spoils it are left out.
        when: start of the session, ISO 8601.
        done: the movements.
        side: only holds of this leg, alone or together with the other; None takes all.
    """
    spoiling = set(aim.spoiled_by) & {rule.key for rule in exercise.rules}
    ours = [
        each.measures
        for each in done
        if (side is None or not isinstance(each, Hold) or each.side in (side, "both"))
        and isfinite(each.measures.get(aim.measure, nan))
        and not any(fault.key in spoiling for fault in each.faults)
    ]
    values = [abs(each[aim.measure]) if aim.unsigned else each[aim.measure] for each in ours]
    stated = [error for each in ours if isfinite(error := each.get(stated_error(aim.measure), nan))]
    return Point(when, median(values) if values else nan, len(values), median(stated) if stated else nan)


def _gain(aim: Aim, first: float, latest: float) -> float:
    if aim.better == "toward":
        return abs(first - aim.toward) - abs(latest - aim.toward)
    return latest - first if aim.better == "up" else first - latest
