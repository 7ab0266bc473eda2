"""Progress over weeks, measured against the measurement's own error: nobody reads noise as progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from statistics import median
from typing import Literal

from formcheck.core.events import Hold, Legs, Rep
from formcheck.exercises.vocabulary import Aim, Exercise

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
        value: median over its movements, in the measure's unit.
        n: how many movements it is made of.
    """

    when: str
    value: float
    n: int = 1


@dataclass(frozen=True, slots=True)
class Trend:
    """How a measure went from session to session.

    Attributes:
        aim: what is followed.
        points: the sessions, oldest first.
        first: median of the earliest sessions, up to three; None without two sessions.
        latest: median of the latest ones, up to three, none of them among the earliest; None without two sessions.
        change: how much better (positive) or worse (negative), in the measure's unit.
        verdict: ``improving`` or ``worse`` only where the change is no less than the measurement's error.
    """

    aim: Aim
    points: tuple[Point, ...]
    first: float | None
    latest: float | None
    change: float | None
    verdict: Verdict


def trend(aim: Aim, points: Sequence[Point]) -> Trend:
    """Judge sessions, oldest first."""
    kept = tuple(point for point in points if isfinite(point.value))
    if len(kept) < 2:
        return Trend(aim, kept, None, None, None, "no_evidence")
    k = min(_MOST, len(kept) // 2)
    first, latest = (median(point.value for point in part) for part in (kept[:k], kept[-k:]))
    change = _gain(aim, first, latest)
    verdict: Verdict = "no_evidence"
    if abs(change) >= aim.error:
        verdict = "improving" if change > 0 else "worse"
    return Trend(aim, kept, first, latest, change, verdict)


def value_of(exercise: Exercise, aim: Aim, done: Sequence[Rep | Hold], side: Legs | None = None) -> tuple[float, int]:
    """Return the median of a measure over one session's movements, and over how many of them.

    Args:
        exercise: whose movements they are.
        aim: names the measure; movements with a fault that spoils it are left out.
        done: the movements.
        side: only holds of this leg, alone or together with the other; None takes all.

    Returns:
        ``(nan, 0)`` where nothing is known.
    """
    known = {rule.key for rule in exercise.rules}
    spoiling = set(aim.spoiled_by) & known
    values = []
    for each in done:
        value = each.measures.get(aim.measure, float("nan"))
        other_leg = side is not None and isinstance(each, Hold) and each.side not in (side, "both")
        spoiled = any(fault.key in spoiling for fault in each.faults)
        if isfinite(value) and not other_leg and not spoiled:
            values.append(abs(value) if aim.unsigned else value)
    return (median(values), len(values)) if values else (float("nan"), 0)


def _gain(aim: Aim, first: float, latest: float) -> float:
    if aim.better == "toward":
        return abs(first - aim.toward) - abs(latest - aim.toward)
    return latest - first if aim.better == "up" else first - latest
