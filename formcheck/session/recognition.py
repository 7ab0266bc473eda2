"""Which exercise was done when: from what each judge counted, and how telling that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from formcheck.core.events import Hold, Rep, Unfinished
from formcheck.exercises.vocabulary import Exercise, Reps
from formcheck.session.following import Findings

_FEW = 2
"""Repetitions it takes in the middle of another exercise to be believed a segment of its own, if one is not telling."""
NAMED_AFTER_S = 2.0
"""A hold this long names its exercise, whether or not its beginning and its end were seen."""
_AT_ONCE_S = 3.0
"""Between the holds of two stretches the leg is put down; a shorter time is the way of one leg."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the recording with one exercise.

    Attributes:
        exercise: what was done.
        start: s.
        end: s.
    """

    exercise: Exercise
    start: float
    end: float


def telling(exercise: Exercise, each: Rep | Hold) -> bool:
    """Return whether a movement speaks for this exercise, and could not as well be another one's."""
    if not exercise.recognisable:
        return False
    plan = exercise.counts
    if not isinstance(plan, Reps):
        return True  # a hold counts only where its marks fit
    return all(limit.kept(each.measures[key]) is not False for key, limit in plan.evidence)


def stretches(found: Sequence[tuple[Exercise, Findings]]) -> list[Stretch]:
    """Return what was done one after another; together they cover all times. Empty: none of ours."""
    evident = [
        (each.start, each.end, exercise, _alone(exercise, each))
        for exercise, findings in found
        for each in (*findings.done, *_cut_off(exercise, findings))
        if isinstance(each, Unfinished) or telling(exercise, each)
    ]
    runs = _runs(_without_overlaps(evident))
    ends = [(a[-1][1] + b[0][0]) / 2 for a, b in pairwise(runs)]
    bounds = [-inf, *ends, inf]
    return [Stretch(run[0][2], bounds[i], bounds[i + 1]) for i, run in enumerate(runs)]


def _cut_off(exercise: Exercise, findings: Findings) -> list[Unfinished]:
    """Holds without a beginning or an end: the leg that is kept up tells as well what is done."""
    if isinstance(exercise.counts, Reps):
        return []
    return [each for each in findings.unfinished if each.end - each.start >= NAMED_AFTER_S]


_Evidence = tuple[float, float, Exercise, bool]
"""From, to, of which exercise, and whether it is believed alone."""


def _alone(exercise: Exercise, each: Rep | Hold | Unfinished) -> bool:
    plan = exercise.counts
    if not isinstance(plan, Reps) or isinstance(each, Unfinished):
        return False
    return bool(plan.alone) and all(limit.kept(each.measures[key]) for key, limit in plan.alone)


def _without_overlaps(evident: list[_Evidence]) -> list[_Evidence]:
    """Of two exercises that claim the same time, the one with more evidence keeps it.

    Two stretches also where they follow at once: a knee is drawn up to put the towel on.
    """
    weight = {exercise.key: 0.0 for _, _, exercise, _ in evident}
    for start, end, exercise, _ in evident:
        weight[exercise.key] += end - start
    kept: list[_Evidence] = []
    for one in sorted(evident, key=lambda e: -weight[e[2].key]):
        start, end, exercise, _ = one
        if not any(
            other is not exercise and start < b + _between(exercise, other) and a < end + _between(exercise, other)
            for a, b, other, _ in kept
        ):
            kept.append(one)
    return sorted(kept, key=lambda e: e[0])


def _between(one: Exercise, other: Exercise) -> float:
    return 0.0 if isinstance(one.counts, Reps) or isinstance(other.counts, Reps) else _AT_ONCE_S


def _runs(evident: list[_Evidence]) -> list[list[_Evidence]]:
    """Neighbours of one exercise; a lone repetition, or a leg lifted for a moment, amid another's is fidgeting."""
    runs: list[list[_Evidence]] = []
    for one in evident:
        if runs and runs[-1][0][2] is one[2]:
            runs[-1].append(one)
        else:
            runs.append([one])
    if len(runs) == 1:
        return runs if _is_enough(runs[0]) else []
    weak = next((run for run in runs if _is_weak(run)), None)
    if weak is None:
        return runs
    return _runs([one for one in evident if one not in weak])


def _is_enough(run: list[_Evidence]) -> bool:
    """Whether a recording with nothing else is of this exercise."""
    plan = run[0][2].counts
    return len(run) >= plan.enough if isinstance(plan, Reps) else _seconds(run) >= NAMED_AFTER_S


def _is_weak(run: list[_Evidence]) -> bool:
    """Whether it is too little to stand amid another exercise."""
    if not isinstance(run[0][2].counts, Reps):
        return _seconds(run) < NAMED_AFTER_S
    return len(run) < _FEW and not any(alone for *_, alone in run)


def _seconds(run: list[_Evidence]) -> float:
    return sum(end - start for start, end, *_ in run)
