"""Judges frame by frame: gate, counting, measuring, faults, cues. One instance an exercise; feed it every frame."""

from collections.abc import Mapping
from math import nan
from typing import Literal

from formcheck.core.body import Body
from formcheck.core.events import (
    Event,
    Fault,
    FaultSeen,
    FoundAgain,
    LostSight,
)
from formcheck.exercises.vocabulary import Exercise, Phase, Reps, Rule
from formcheck.session.cues import CueDesk
from formcheck.session.following import Findings, Follower, Step, read
from formcheck.session.gate import Gate
from formcheck.session.hold_follower import HoldFollower
from formcheck.session.moment import Moment
from formcheck.session.rep_follower import RepFollower
from formcheck.session.viewing import TOO_FAR_ROUND_DEG

_LOST_S = 0.7
"""Unseen for longer than this, a movement cannot be followed any more ..."""
_LOST_IN_HOLD_S = 3.0
"""... but a leg that is kept up is still kept up: the clock of the hold stands meanwhile."""

Start = Literal["posture", "still"]


class Judge:
    """The session's judgement of one exercise.

    Args:
        exercise: what to judge.
        start: what opens the gate: the posture (recordings) or the starting position held still (live).
    """

    def __init__(self, exercise: Exercise, start: Start = "posture") -> None:
        self.exercise = exercise
        self.found = Findings()
        self._gate = Gate(exercise, wait_still=start == "still")
        plan = exercise.counts
        self._follower: Follower = (
            RepFollower(exercise, plan, self.found)
            if isinstance(plan, Reps)
            else HoldFollower(exercise, plan, self.found)
        )
        self._patience = _LOST_S if isinstance(plan, Reps) else _LOST_IN_HOLD_S
        self._desk = CueDesk(exercise)
        self._live_since: dict[str, float] = {}
        self._showing: set[str] = set()
        self._seen_at: float | None = None
        self._lost = self._stopped = False
        self._can_tell = True
        self._t = nan

    def step(self, t: float, body: Body | None) -> Moment:
        """Judge one frame; times must rise.

        Args:
            t: presentation time, s.
            body: the person, or None where nobody can be trusted to be seen.
        """
        self._t = t
        events: list[Event] = []
        self._watch_sight(body, events)
        number = len(self.found.done) + 1
        step = self._follow(body, events)
        values = step.values if step else {}
        wrong = self._live(step.phase if step else None, values, events)
        finished = self.found.done[number - 1 :]
        late = [self.exercise.rule(fault.key) for each in finished for fault in each.faults]
        for each in finished:
            self._desk.praise(t, each)
        cue = self._desk.step(t, number, [rule for rule in (*wrong, *late) if rule.spoken])
        return Moment(
            t=t,
            exercise=self.exercise,
            body=step.body if step else body,
            values=values,
            phase=step.phase if step else None,
            done=self.found.done,
            wrong=tuple(rule.key for rule in wrong),
            cue=cue,
            events=tuple(events),
            hold=step.hold if step else None,
            other=step.other if step else {},
        )

    def finish(self) -> tuple[Event, ...]:
        """End the session: what is under way is completed or left unfinished."""
        events: list[Event] = []
        self._follower.finish(self._t, events, can_tell=self._can_tell)
        return tuple(events)

    def _follow(self, body: Body | None, events: list[Event]) -> Step | None:
        if body is None:
            return None
        self._can_tell = not body.off_side > TOO_FAR_ROUND_DEG
        judged = self._gate.step(body, may_change_leg=not self._follower.busy)
        if not self._gate.open:
            self._follower.drop()
        if judged is None:
            return Step(body, read(self.exercise, body), None)
        return self._follower.step(self._t, judged, events, can_tell=self._can_tell)

    def _watch_sight(self, body: Body | None, events: list[Event]) -> None:
        if body is not None:
            if body.anew:
                self._stop(events)
            if self._lost and self._seen_at is not None:
                events.append(FoundAgain(self._t, self._t - self._seen_at))
            self._seen_at, self._lost, self._stopped = self._t, False, False
        elif self._seen_at is not None:
            unseen = self._t - self._seen_at
            if unseen > _LOST_S and not self._lost:
                self._lost = True
                events.append(LostSight(self._t, self._seen_at))
            if unseen > self._patience and not self._stopped:
                self._stopped = True
                self._stop(events)

    def _stop(self, events: list[Event]) -> None:
        """What is under way cannot be followed any further."""
        self._follower.finish(self._t, events, can_tell=self._can_tell)
        self._gate.shut()

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
            value -= self._follower.rest_values.get(live.signal.key, nan)
        return rule.limit.kept(value) is False
