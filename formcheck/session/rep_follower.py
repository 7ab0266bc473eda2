"""Follows repetitions: counts them as they happen, measures and judges each when it ends."""

from collections.abc import Iterator, Mapping
from math import isnan, nan

from formcheck.core.body import Body
from formcheck.core.events import Event, LeftUnfinished, Rep, RepFinished, Unfinished
from formcheck.core.filters import OneEuro
from formcheck.exercises.rep_log import RepLog
from formcheck.exercises.vocabulary import CLEAR, Exercise, Reps
from formcheck.session.following import Findings, Step, faults_of, measured, read
from formcheck.session.rep_counter import Cycle, RepCounter
from formcheck.session.signal_log import SignalLog


class RepFollower:
    """Follows the repetitions of one exercise.

    Args:
        exercise: what is done.
        plan: how it is counted.
        found: takes what is found.
    """

    def __init__(self, exercise: Exercise, plan: Reps, found: Findings) -> None:
        self._exercise, self._plan, self._found = exercise, plan, found
        self._counter = RepCounter(plan)
        self._log = SignalLog(exercise, plan)
        self._best = nan
        self.drop()

    @property
    def busy(self) -> bool:
        """True from when a lift is certain until it has ended."""
        return self._counter.lifted

    @property
    def rest_values(self) -> Mapping[str, float]:
        """Where the shown signals rested before the present movement."""
        return self._rest_now

    def drop(self) -> None:
        """Start afresh."""
        self._counter.reset()
        self._log.clear()
        self._filter = OneEuro(min_cutoff=self._plan.cutoff_hz, beta=0.05 * self._plan.cutoff_hz)
        self._rest_now: Mapping[str, float] = {}
        self._zero = nan

    def step(self, t: float, body: Body, events: list[Event], *, can_tell: bool) -> Step:
        """Count one frame."""
        values = read(self._exercise, body)
        raw = values[self._plan.signal.key]
        witness = values[self._plan.witness.key] if self._plan.witness else 0.0
        if isnan(raw) or isnan(witness):
            return Step(body, values, None)
        zero = self._plan.zero.read(body) if self._plan.zero else nan
        if zero != self._zero and not isnan(self._zero):
            self.finish(t, events, can_tell=can_tell)
        self._zero = zero
        self._log.add(t, values)
        value = self._filter.step(t, raw)
        was_lifted = self._counter.lifted
        self._take(t, self._counter.step(t, value, witness), events, can_tell=can_tell)
        if self._counter.lifted and not was_lifted:
            self._rest_now = self._log.rest(t, self._counter.rest)
        if not self._counter.lifted:
            self._log.forget(self._counter.quiet_since)
        return Step(body, values, self._counter.phase(self._filter.speed))

    def finish(self, t: float, events: list[Event], *, can_tell: bool) -> None:
        """Complete what is under way, or leave it unfinished."""
        self._take(t, self._counter.finish(), events, can_tell=can_tell)
        self.drop()

    def _take(self, t: float, found: Iterator[Cycle | Unfinished], events: list[Event], *, can_tell: bool) -> None:
        for item in found:
            if isinstance(item, Unfinished):
                self._found.unfinished.append(item)
                events.append(LeftUnfinished(t, item))
            else:
                log = self._log_of(item)
                measures = measured(self._exercise, log) if self._goes_far_enough(log) else None
                if measures is not None and not self._fidgets(measures):
                    rep = self._judged(item, log, measures, can_tell=can_tell)
                    self._found.reps.append(rep)
                    events.append(RepFinished(t, rep))

    def _log_of(self, cycle: Cycle) -> RepLog:
        return self._log.cut(
            cycle.start,
            cycle.end,
            cycle.rest,
            saw_start=cycle.saw_start,
            rest_values=self._log.rest(cycle.end, cycle.rest),  # before it, or where it began at once, after it
            best=self._best,
        )

    def _goes_far_enough(self, log: RepLog) -> bool:
        """Measure once more, from where the person mostly rested: live, noise adds to both ends of a small movement."""
        plan = self._plan
        rest = log.rest_values[plan.signal.key]
        noise = log.rest_values[plan.noise.key] if plan.noise else 0.0
        if log.peak - log.rest < CLEAR * noise or log.end - log.start < plan.least_s:
            return False
        return isnan(rest) or log.peak - rest >= plan.least_way * (plan.target - rest)

    def _fidgets(self, measures: Mapping[str, float]) -> bool:
        marks = self._plan.fidget
        return bool(marks) and all(limit.kept(measures[key]) for key, limit in marks)

    def _judged(self, cycle: Cycle, log: RepLog, measures: Mapping[str, float], *, can_tell: bool) -> Rep:
        top_from, top_to = log.top
        faults = faults_of(self._exercise, measures, log) if can_tell else ()
        swing = log.peak - cycle.rest
        if not faults:
            self._best = swing if isnan(self._best) else max(self._best, swing)
        return Rep(
            number=len(self._found.reps) + 1,
            start=log.start,
            top_from=top_from,
            peak=(top_from + top_to) / 2,
            top_to=top_to,
            end=log.end,
            rest=cycle.rest,
            measures=measures,
            faults=faults,
        )
