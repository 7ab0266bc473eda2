"""Judges frame by frame: gate, counting, measuring, faults, cues. One instance a session; feed it every frame."""

from collections.abc import Iterator, Mapping
from math import isnan, nan
from typing import Literal

from formcheck.core.body import Body
from formcheck.core.events import (
    Event,
    Fault,
    FaultSeen,
    FoundAgain,
    LeftUnfinished,
    LostSight,
    Rep,
    RepFinished,
    Unfinished,
)
from formcheck.core.filters import OneEuro
from formcheck.core.pose import Sight
from formcheck.core.tracking import BodyTracker
from formcheck.exercises.rep_log import RepLog
from formcheck.exercises.vocabulary import Exercise, Phase, Rule
from formcheck.session.cues import CueDesk
from formcheck.session.gate import Gate
from formcheck.session.moment import Moment
from formcheck.session.rep_counter import Cycle, RepCounter
from formcheck.session.signal_log import SignalLog
from formcheck.session.viewing import TOO_FAR_ROUND_DEG

_LOST_S = 0.7
"""Unseen for longer than this, a movement cannot be followed any more."""

Start = Literal["posture", "still"]


class Judge:
    """The session's judgement of one exercise.

    Args:
        exercise: what to judge.
        start: what opens the gate: the posture (recordings) or the starting position held still (live).
    """

    def __init__(self, exercise: Exercise, start: Start = "posture") -> None:
        self.exercise = exercise
        self._tracker = BodyTracker()
        self._gate = Gate(exercise, wait_still=start == "still")
        self._counter = RepCounter(exercise.counts)
        self._log = SignalLog(exercise)
        self._desk = CueDesk(exercise)
        self._filter = OneEuro(min_cutoff=3.0, beta=0.15)
        self._live_since: dict[str, float] = {}
        self._showing: set[str] = set()
        self._rest_now: Mapping[str, float] = {}
        self._seen_at: float | None = None
        self._lost = False
        self._can_tell = True
        self._t = nan
        self.reps: list[Rep] = []
        self.unfinished: list[Unfinished] = []

    def step(self, sight: Sight) -> Moment:
        """Judge one frame; times must rise."""
        self._t = sight.t
        events: list[Event] = []
        body = self._tracker.step(sight.pose) if sight.pose is not None else None
        self._watch_sight(body, events)
        judged = None
        if body is not None:
            self._can_tell = not body.off_side > TOO_FAR_ROUND_DEG
            judged = self._gate.step(body, may_change_leg=not self._counter.lifted)
            if not self._gate.open:
                self._drop()
        body = judged or body
        values = {signal.key: signal.read(body) for signal in self.exercise.shown} if body is not None else {}
        phase = self._count(judged.t, values, events) if judged is not None else None
        wrong = self._live(phase, values, events)
        finished = [event.rep for event in events if isinstance(event, RepFinished)]
        late = [self.exercise.rule(fault.key) for rep in finished for fault in rep.faults]
        cue = self._desk.step(sight.t, len(self.reps) + 1 - len(finished), [*wrong, *late])
        return Moment(
            t=sight.t,
            exercise=self.exercise,
            body=body,
            values=values,
            phase=phase,
            reps=len(self.reps),
            good_reps=sum(rep.good for rep in self.reps),
            wrong=tuple(rule.key for rule in wrong),
            cue=cue,
            events=tuple(events),
        )

    def finish(self) -> tuple[Event, ...]:
        """End the session: what is under way is completed or left unfinished."""
        events: list[Event] = []
        self._close(events)
        return tuple(events)

    def _watch_sight(self, body: Body | None, events: list[Event]) -> None:
        if body is not None:
            if self._lost and self._seen_at is not None:
                events.append(FoundAgain(self._t, self._t - self._seen_at))
            self._seen_at, self._lost = self._t, False
        elif self._seen_at is not None and not self._lost and self._t - self._seen_at > _LOST_S:
            self._lost = True
            events.append(LostSight(self._t, self._seen_at))
            self._close(events)
            self._gate.shut()

    def _close(self, events: list[Event]) -> None:
        """The recording, or sight of the person, ends here."""
        self._take(self._counter.finish(), events)
        self._drop()

    def _drop(self) -> None:
        """Start afresh: who leaves the posture in mid-movement got up, and that is no lift."""
        self._counter.reset()
        self._log.clear()
        self._filter = OneEuro(min_cutoff=3.0, beta=0.15)
        self._rest_now = {}

    def _count(self, t: float, values: Mapping[str, float], events: list[Event]) -> Phase | None:
        plan = self.exercise.counts
        raw, witness = values[plan.signal.key], values[plan.witness.key]
        if isnan(raw) or isnan(witness):
            return None
        self._log.add(t, values)
        value = self._filter.step(t, raw)
        was_lifted = self._counter.lifted
        self._take(self._counter.step(t, value, witness), events)
        if self._counter.lifted and not was_lifted:
            self._rest_now = self._log.rest(t, self._counter.rest)
        if not self._counter.lifted:
            self._log.forget(self._counter.quiet_since)
        return self._counter.phase(self._filter.speed)

    def _take(self, found: Iterator[Cycle | Unfinished], events: list[Event]) -> None:
        for item in found:
            if isinstance(item, Unfinished):
                self.unfinished.append(item)
                events.append(LeftUnfinished(self._t, item))
            else:
                log = self._log_of(item)
                if not self._goes_far_enough(log):
                    continue
                rep = self._judge_rep(item, log)
                self.reps.append(rep)
                self._desk.praise(self._t, rep)
                events.append(RepFinished(self._t, rep))

    def _log_of(self, cycle: Cycle) -> RepLog:
        return self._log.cut(
            cycle.start,
            cycle.end,
            cycle.rest,
            saw_start=cycle.saw_start,
            rest_values=self._log.rest(cycle.end, cycle.rest),  # before it, or where it began at once, after it
        )

    def _goes_far_enough(self, log: RepLog) -> bool:
        """Measure once more, from where the person mostly rested: live, noise adds to both ends of a small movement."""
        plan = self.exercise.counts
        rest = log.rest_values[plan.signal.key]
        return isnan(rest) or log.peak - rest >= plan.least_way * (plan.target - rest)

    def _judge_rep(self, cycle: Cycle, log: RepLog) -> Rep:
        measures = {measure.key: measure.of(log) for measure in self.exercise.measures}
        judged = self.exercise.rules if self._can_tell else ()
        broken = [rule for rule in judged if rule.limit.kept(measures[rule.measure]) is False]
        top_from, top_to = log.top
        times = {"start": log.start, "top": top_from, "end": log.end}
        return Rep(
            number=len(self.reps) + 1,
            start=log.start,
            top_from=top_from,
            peak=(top_from + top_to) / 2,
            top_to=top_to,
            end=log.end,
            rest=cycle.rest,
            measures=measures,
            faults=tuple(Fault(rule.key, times[rule.shows], rule.say) for rule in broken),
        )

    def _live(self, phase: Phase | None, values: Mapping[str, float], events: list[Event]) -> tuple[Rule, ...]:
        """The rules that are visibly broken now, and have been for long enough to say so."""
        wrong = []
        for rule in self.exercise.rules:
            live = rule.live
            broken = live is not None and self._can_tell and phase in live.phases and self._breaks(rule, values)
            if live is None or not broken:
                self._live_since.pop(rule.key, None)
                continue
            since = self._live_since.setdefault(rule.key, self._t)
            if self._t - since >= live.for_s:
                if rule.key not in self._showing:
                    events.append(FaultSeen(self._t, Fault(rule.key, since, rule.say)))
                wrong.append(rule)
        self._showing = {rule.key for rule in wrong}
        return tuple(wrong)

    def _breaks(self, rule: Rule, values: Mapping[str, float]) -> bool:
        live = rule.live
        if live is None:
            return False
        value = values[live.signal.key]
        if live.above_rest:
            value -= self._rest_now.get(live.signal.key, nan)
        return rule.limit.kept(value) is False
