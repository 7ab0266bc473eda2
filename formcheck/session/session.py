"""A whole session: which exercise, its judgement, and the result at the end."""

from collections.abc import Sequence
from dataclasses import replace
from math import nan

from formcheck.core.events import Warn
from formcheck.core.pose import Sight
from formcheck.exercises import all_exercises
from formcheck.exercises.vocabulary import Exercise
from formcheck.session.judge import Judge, Start
from formcheck.session.moment import Moment
from formcheck.session.summary import PHASES, Result, Series
from formcheck.session.viewing import Viewing


class Session:
    """Feed it every frame, then ask for the result.

    Args:
        exercise: what to judge; None to recognise it from the movement.
        start: what opens the gate, see ``Judge``.
    """

    def __init__(self, exercise: Exercise | None, start: Start = "posture") -> None:
        self._asked = exercise
        self._judges = [Judge(each, start) for each in ([exercise] if exercise else all_exercises())]
        self._viewing = Viewing()
        self._series = {judge.exercise.key: Series() for judge in self._judges}

    def step(self, sight: Sight) -> Moment:
        """Judge one frame and return what the leading exercise says of it."""
        moments = [judge.step(sight) for judge in self._judges]
        for moment in moments:
            _keep(self._series[moment.exercise.key], moment)
        leading = moments[self._judges.index(self._leading())]
        self._viewing.step(sight, leading.body)
        return leading if self._known else replace(leading, certain=False)

    def finish(self, reading: Sequence[Warn] = ()) -> Result:
        """End the session; ``reading`` are warnings of what delivered the frames."""
        for judge in self._judges:
            judge.finish()
        judge = self._leading()
        known = self._known
        warnings = [*reading, *self._viewing.warnings()]
        if not known and self._viewing.anybody:
            ours = ", ".join(each.title.lower() for each in all_exercises())
            warnings.append(
                Warn("not_recognised", f"None of the exercises that formcheck knows ({ours}) was recognised.")
            )
        return Result(
            exercise=judge.exercise if known else None,
            recognised=known and self._asked is None,
            side=self._viewing.side,
            frames=self._viewing.frames,
            seen_fraction=self._viewing.seen_fraction,
            reps=tuple(judge.reps) if known else (),
            unfinished=tuple(judge.unfinished) if known else (),
            warnings=tuple(warnings),
            series=self._series[judge.exercise.key],
        )

    @property
    def _known(self) -> bool:
        """Whether the exercise was asked for, or has been recognised."""
        return self._asked is not None or _evidence(self._leading()) > 0

    def _leading(self) -> Judge:
        return max(self._judges, key=_evidence)


def _evidence(judge: Judge) -> int:
    """How many repetitions speak for this exercise: those that went far enough not to be another one's."""
    plan = judge.exercise.counts
    return sum(
        rep.measures[plan.signal.key] >= rep.rest + judge.exercise.recognised_at * (plan.target - rep.rest)
        for rep in judge.reps
    )


def _keep(series: Series, moment: Moment) -> None:
    """Add a frame; what is kept is always of the camera-side leg, also where the other one is judged."""
    values = moment.values
    if moment.body is not None and moment.body.works_far:
        near = replace(moment.body, works_far=False)
        values = {signal.key: signal.read(near) for signal in moment.exercise.shown}
    series.t.append(moment.t)
    for signal in moment.exercise.shown:
        series.of(signal.key).append(values.get(signal.key, nan))
    series.phases.append(PHASES.index(moment.phase) if moment.phase else -1)
