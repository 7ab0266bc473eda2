"""A whole session: which exercise, its judgement, and the result at the end."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf, isnan, nan

from formcheck.core.events import Hold, Legs, Rep, Unfinished, Warn
from formcheck.core.pose import Sight
from formcheck.core.watcher import Watcher
from formcheck.exercises import all_exercises
from formcheck.exercises.vocabulary import Exercise, Holds
from formcheck.session.following import read
from formcheck.session.judge import Judge, Start
from formcheck.session.moment import Moment
from formcheck.session.recognition import NAMED_AFTER_S, Stretch, stretches, telling
from formcheck.session.summary import PHASES, TILT, Result, Series
from formcheck.session.viewing import Viewing


class Session:
    """Feed it every frame, then ask for the result.

    Args:
        exercise: what to judge; None to recognise it from the movement.
        start: what opens the gate, see ``Judge``.
    """

    def __init__(self, exercise: Exercise | None, start: Start = "posture") -> None:
        self._asked = exercise
        candidates = [exercise] if exercise else [each for each in all_exercises() if each.recognisable]
        self._judges = [Judge(each, start) for each in candidates]
        self._watcher = Watcher()
        self._viewing = Viewing()
        self._series = {each.key: Series() for each in candidates}
        self._leading = self._judges[0]
        self._certain = exercise is not None

    def step(self, sight: Sight) -> Moment:
        """Judge one frame and return what the leading exercise says of it."""
        body = self._watcher.step(sight)
        moments = [judge.step(sight.t, body) for judge in self._judges]
        for moment in moments:
            _keep(self._series[moment.exercise.key], moment)
        if self._asked is None:
            self._follow_the_evidence(moments)
        leading = moments[self._judges.index(self._leading)]
        self._viewing.step(sight, leading)
        return leading if self._certain else replace(leading, certain=False)

    def finish(self, reading: Sequence[Warn] = ()) -> Result:
        """End the session; ``reading`` are warnings of what delivered the frames."""
        for judge in self._judges:
            judge.finish()
        warnings = [*reading, *self._viewing.warnings()]
        parts = (
            [Stretch(self._asked, -inf, inf)]
            if self._asked is not None
            else stretches([(judge.exercise, judge.found) for judge in self._judges])
        )
        if not parts:
            if self._viewing.anybody:
                ours = ", ".join(judge.exercise.title.lower() for judge in self._judges)
                said = f"None of the exercises that formcheck recognises ({ours}) was seen."
                warnings.append(Warn("not_recognised", said))
            return self._result(None, warnings)
        results = [self._result(part, [*warnings, *self._about(part)]) for part in parts]
        return results[0] if len(results) == 1 else replace(results[0], segments=tuple(results))

    def _result(self, part: Stretch | None, warnings: list[Warn]) -> Result:
        judge = self._judge_of(part.exercise) if part else self._leading
        start, end = (part.start, part.end) if part else (-inf, inf)
        reps, holds, unfinished = _within(judge, start, end) if part else ((), (), ())
        series = self._series[judge.exercise.key]
        if isinstance(judge.exercise.counts, Holds):
            series = _of_working_leg(series, judge, holds, self._viewing.side)
        return Result(
            exercise=judge.exercise if part else None,
            recognised=part is not None and self._asked is None,
            side=self._viewing.side,
            frames=self._viewing.frames,
            seen_fraction=self._viewing.seen_fraction,
            reps=reps,
            holds=holds,
            unfinished=unfinished,
            warnings=tuple(warnings),
            series=series.between(start, end),
        )

    def _about(self, part: Stretch) -> list[Warn]:
        """What limits the findings of this exercise in particular."""
        reps, holds, _ = _within(self._judge_of(part.exercise), part.start, part.end)
        found = []
        if any(hold.side not in (self._viewing.side, "both") for hold in holds):
            found.append(
                Warn(
                    "far_leg",
                    "The leg away from the camera worked. It is timed, but turning round would measure it better.",
                )
            )
        tilts = [rep.measures[TILT] for rep in reps if TILT in rep.measures]
        if tilts and all(isnan(tilt) for tilt in tilts):
            found.append(
                Warn(
                    "tilt_not_measurable",
                    "The tilt was counted, but its degrees cannot be told from the noise. Tighter or patterned "
                    "clothes, a closer camera that stands still, and hands off the hip would help.",
                )
            )
        return found

    def _judge_of(self, exercise: Exercise) -> Judge:
        return next(judge for judge in self._judges if judge.exercise is exercise)

    def _follow_the_evidence(self, moments: Sequence[Moment]) -> None:
        """Let the exercise lead whose movement is under way or was last, once it cannot be another's."""
        for judge, moment in zip(self._judges, moments, strict=True):
            done = moment.events and moment.done and telling(judge.exercise, moment.done[-1])
            hold = moment.hold
            if done or (hold is not None and hold.ours and hold.rested >= NAMED_AFTER_S):
                self._leading, self._certain = judge, True


def _within(judge: Judge, start: float, end: float) -> tuple[tuple[Rep, ...], tuple[Hold, ...], tuple[Unfinished, ...]]:
    """What a judge found between two times, numbered from 1."""

    def inside(each: Rep | Hold | Unfinished) -> bool:
        return start <= (each.start + each.end) / 2 < end

    reps = [each for each in judge.found.reps if inside(each)]
    holds = [each for each in judge.found.holds if inside(each)]
    return (
        tuple(replace(each, number=i) for i, each in enumerate(reps, 1)),
        tuple(replace(each, number=i) for i, each in enumerate(holds, 1)),
        tuple(each for each in judge.found.unfinished if inside(each)),
    )


_FAR = "/far"


def _keep(series: Series, moment: Moment) -> None:
    """Add a frame: the camera-side leg's values, and in a stretch the other leg's besides."""
    body, shown = moment.body, moment.exercise.shown
    stretch = isinstance(moment.exercise.counts, Holds)
    near, far = moment.values, moment.other
    if body is not None and body.works_far:
        near, far = far, near
        if not stretch:
            near = read(moment.exercise, body.working(far=False))
    series.t.append(moment.t)
    for signal in shown:
        series.of(signal.key).append(near.get(signal.key, nan))
        if stretch:
            series.of(signal.key + _FAR).append(far.get(signal.key, nan))
    series.phases.append(PHASES.index(moment.phase) if moment.phase else -1)


def _of_working_leg(series: Series, judge: Judge, holds: Sequence[Hold], near: Legs | None) -> Series:
    """The values of the leg that works: around each hold, up to halfway to the next, that hold's leg."""
    ends = [(a.end + b.start) / 2 for a, b in pairwise(holds)]
    far = [hold.side not in (near, "both") for hold in holds] or [False]
    keys = [signal.key for signal in judge.exercise.shown]
    values = {key: array("d") for key in keys}
    at = 0
    for i, t in enumerate(series.t):
        while at < len(ends) and t >= ends[at]:
            at += 1
        for key in keys:
            values[key].append(series.values[key + _FAR if far[at] else key][i])
    return Series(series.t, values, series.phases)
