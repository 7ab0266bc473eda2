"""Which movement was done best, and which needs the correction most."""

from collections.abc import Sequence
from math import isfinite, isnan, nan
from statistics import median

from formcheck.core.events import Hold, Rep
from formcheck.exercises.vocabulary import Exercise
from formcheck.io.report.words import columns

_FAR = 1e9


def best(exercise: Exercise, done: Sequence[Rep | Hold]) -> Rep | Hold | None:
    """Return the clean movement nearest to the line to reach, or where there is none, to the clean ones' middle."""
    clean = [each for each in done if each.good]
    shown = columns(exercise)[:1]
    if not clean or not shown:
        return clean[0] if clean else None
    key = shown[0].key
    values = [abs(value) for each in clean if isfinite(value := each.measures.get(key, nan))]
    aim = exercise.target if key == exercise.charted.key and not isnan(exercise.target) else nan
    if isnan(aim):
        aim = median(values) if values else nan

    def off(each: Rep | Hold) -> float:
        distance = abs(abs(each.measures.get(key, nan)) - aim)
        return distance if isfinite(distance) else _FAR

    return min(clean, key=off)


def worst(exercise: Exercise, done: Sequence[Rep | Hold]) -> Rep | Hold | None:
    """Return the movement with the most faults; of several, the one with the gravest, furthest beyond its limit."""
    faulty = [each for each in done if not each.good]

    def weight(each: Rep | Hold) -> tuple[int, int, float]:
        broken = {fault.key for fault in each.faults}
        rules = [rule for rule in exercise.rules if rule.key in broken]
        beyond = [_beyond(each.measures.get(r.measure, nan), r.limit.low, r.limit.high) for r in rules]
        return len(rules), -min((rule.rank for rule in rules), default=0), max(beyond, default=0.0)

    return max(faulty, key=weight, default=None)


def _beyond(value: float, low: float, high: float) -> float:
    """How far a value lies outside its limit, as a share of the limit."""
    if isnan(value):
        return 0.0
    limit = low if value < low else min(value, high)
    return abs(value - limit) / max(1e-6, abs(limit)) if limit else abs(value)
