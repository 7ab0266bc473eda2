"""Follows holds: which leg is drawn up, when it comes to rest, how long it stays in position."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isnan, nan

import numpy as np

from formcheck.core.body import Body
from formcheck.core.events import (
    Event,
    Hold,
    HoldFinished,
    HoldPaused,
    HoldResumed,
    HoldStarted,
    LeftUnfinished,
    Legs,
    Unfinished,
)
from formcheck.core.filters import GRID_S
from formcheck.core.landmarks import Part, Side, other
from formcheck.core.signals import HEAD_DOWN_AT_MOST, HEAD_PITCH
from formcheck.exercises.hold_log import FORGIVEN_S, LEAST_S, REST_SPEED, SPEED_OVER_S, HoldLog
from formcheck.exercises.vocabulary import Condition, Exercise, Holds, Phase, keeps
from formcheck.session.following import Findings, HoldNow, Step, faults_of, measured, read
from formcheck.session.legs import LegPair, middle_of

_LET_GO = 0.5
"""Share of its rise at which a limb has been let down."""
_LET_GO_S = 0.3
"""A limb must be down for this long: where two thighs cross in the picture, the model takes one for the other."""
_FOOT_DOWN_S = 1.0
"""The same where the thigh stays up: the model puts a foot's labels on the other foot now and then."""
_BOTH_SHARE = 0.5
_AGAIN = 0.7
"""How far, in steps that make a leg raised, it must rise once more to be drawn up again before it was down."""
_LONG_ENOUGH_S = 20.0
"""Seen for this long, a hold is one also where its beginning or its end was not."""
_SEEN_COMING_S = 0.3
"""A leg that moves for this long was seen to be drawn up."""
_BEFORE_S = 3.0
_MOST_ROWS = 60 * 60 * 5


@dataclass(slots=True)
class _Attempt:
    """A limb drawn up, not yet let down."""

    far: bool
    highest: float
    rest_values: Mapping[str, float]
    up_already: bool = False  # when the leg was first seen
    down_since: float | None = None
    foot_down_since: float | None = None
    resting: float = 0.0  # time at rest so far
    held: float = 0.0
    started: float | None = None
    lapse: float = 0.0
    since_rest: float = 0.0
    running: bool = False
    frames: int = 0
    both: int = 0


class HoldFollower:
    """Follows the holds of one stretch.

    Args:
        exercise: what is done.
        plan: how its holds are found.
        found: takes what is found.
    """

    def __init__(self, exercise: Exercise, plan: Holds, found: Findings) -> None:
        self._exercise, self._plan, self._found = exercise, plan, found
        self._signals = {signal.key: signal for signal in exercise.shown}
        self.drop()

    def drop(self) -> None:
        """Start afresh."""
        self._legs = LegPair(self._plan)
        self._before: deque[tuple[float, Mapping[bool, Mapping[str, float]]]] = deque()
        self._rows: deque[tuple[float, Mapping[str, float], bool]] = deque()
        self._attempt: _Attempt | None = None
        self._coming_down = {False: 0.0, True: 0.0}  # lowest since a hold was let go, while still drawn up
        self._far = False
        self._side: Side = "left"
        self._last_t = nan

    @property
    def busy(self) -> bool:
        """True while a limb is drawn up."""
        return self._attempt is not None

    @property
    def rest_values(self) -> Mapping[str, float]:
        """Where the shown signals rested before the present movement."""
        return self._attempt.rest_values if self._attempt else {}

    def step(self, t: float, body: Body, events: list[Event], *, can_tell: bool) -> Step:
        """Follow one frame."""
        dt = 0.0 if isnan(self._last_t) else t - self._last_t
        self._last_t = t
        if body.side != self._side:
            self.finish(t, events, can_tell=can_tell)  # turned round: near and far are the other legs now
            self._side = body.side
        if body.renamed:
            self._rename()
        far = self._attempt.far if self._attempt is not None else None
        body = self._legs.put_right(body, far)
        lifts = self._legs.lifts(t, body, far)
        self._choose(body, lifts)
        working = body.working(far=self._far)
        values = read(self._exercise, working)
        others = read(self._exercise, body.working(far=not self._far))
        self._keep(t, values, others, fits=keeps(self._plan.position, working))
        phase: Phase = "rest"
        if (attempt := self._attempt) is not None:
            attempt.frames += 1
            attempt.both += lifts[not attempt.far] >= 1
            at_rest = self._at_rest(t) and keeps(self._plan.marks, working)
            self._clock(t, dt, attempt, events, at_rest=at_rest, fits=self._rows[-1][2])
            if attempt.started is None:
                phase = "hold" if at_rest else "up"
            else:
                phase = "hold" if attempt.since_rest < FORGIVEN_S else "down"
            if self._let_go(t, attempt, lifts[attempt.far], self._legs.by_thigh(working)):
                self._end(t, events, can_tell=can_tell)
        return Step(working, values, phase, self._now(working), others)

    def finish(self, t: float, events: list[Event], *, can_tell: bool) -> None:
        """Complete a hold that was long enough, leave another unfinished: nobody saw it let go."""
        if self._attempt is not None:
            self._end(t, events, can_tell=can_tell, let_go=False)
        self.drop()

    def _rename(self) -> None:
        """What was learned of one leg is the other's."""
        self._legs.rename()
        self._far = not self._far
        self._coming_down = {far: self._coming_down[not far] for far in (False, True)}
        self._before = deque((t, {far: values[not far] for far in (False, True)}) for t, values in self._before)
        if self._attempt is not None:
            self._attempt.far = self._far

    def _choose(self, body: Body, lifts: Mapping[bool, float]) -> None:
        """The leg that works is the one that has been drawn up."""
        if self._attempt is not None:
            lift = lifts[self._attempt.far]
            self._attempt.highest = max(self._attempt.highest, 0.0 if isnan(lift) else lift)
            return
        near, far = (
            self._risen(leg, lifts[leg], foot_seen=body.at(Part.ANKLE, far=leg) is not None) for leg in (False, True)
        )
        if max(near, far) < 1:
            return
        self._far = far > near * 1.2
        self._rows = deque((t, values[self._far], False) for t, values in self._before)
        if self._legs.assumed(far=self._far):
            unknown = dict.fromkeys(self._signals, nan)  # nobody saw the rest before it
            unknown[HEAD_PITCH.key] = HEAD_DOWN_AT_MOST
            self._attempt = _Attempt(self._far, max(near, far), unknown, up_already=True)
        else:
            self._attempt = _Attempt(self._far, max(near, far), self._rested())

    def _risen(self, far: bool, lift: float, *, foot_seen: bool) -> float:
        """How far a leg is drawn up; nothing while it only comes down from the hold before."""
        if isnan(lift) or not foot_seen:
            return 0.0  # a thigh alone, of a leg that is hidden behind the other, may be anywhere
        self._coming_down[far] = min(self._coming_down[far], lift)
        if lift < 1:
            self._coming_down[far] = 0.0
        return lift if lift > self._coming_down[far] + _AGAIN or not self._coming_down[far] else 0.0

    def _rested(self) -> dict[str, float]:
        """Median of the shown signals over the last seconds before the limb was drawn up."""
        rows = [values for t, values, _ in self._rows if t <= self._last_t - 0.5] or [v for _, v, _ in self._rows]
        rested = {key: middle_of([row[key] for row in rows]) for key in self._signals}
        if rested.get(HEAD_PITCH.key, nan) > HEAD_DOWN_AT_MOST:
            rested[HEAD_PITCH.key] = HEAD_DOWN_AT_MOST
        return rested

    def _keep(self, t: float, values: Mapping[str, float], others: Mapping[str, float], *, fits: bool) -> None:
        if self._attempt is not None:
            if self._rows and t - self._rows[-1][0] > FORGIVEN_S:  # nobody was seen: that is no hold time
                unknown = dict.fromkeys(values, nan)
                self._rows.extend((at, unknown, False) for at in (self._rows[-1][0] + GRID_S, t - GRID_S))
            self._rows.append((t, values, fits))
            if len(self._rows) > _MOST_ROWS:
                self._rows.popleft()
        self._before.append((t, {self._far: values, not self._far: others}))
        while t - self._before[0][0] > _BEFORE_S:
            self._before.popleft()

    def _at_rest(self, t: float) -> bool:
        """Whether the limb has hardly moved for a moment, by what has been seen so far."""
        key = self._plan.signal.key
        recent = [row[1][key] for row in self._tail(t) if not isnan(row[1][key])]
        if len(recent) < 2:
            return False
        third = max(1, len(recent) // 3)
        change = middle_of(recent[-third:]) - middle_of(recent[:third])
        return abs(change) < REST_SPEED * SPEED_OVER_S

    def _tail(self, t: float) -> list[tuple[float, Mapping[str, float], bool]]:
        found = []
        for row in reversed(self._rows):
            if t - row[0] > SPEED_OVER_S:
                break
            found.append(row)
        return found[::-1]

    def _clock(self, t: float, dt: float, a: _Attempt, events: list[Event], *, at_rest: bool, fits: bool) -> None:
        """Run the clock of the hold as it goes on; a lapse of less than half a second does not stop it."""
        a.since_rest = 0.0 if at_rest else a.since_rest + dt
        if at_rest:
            a.resting += dt
            if a.started is None and a.resting >= LEAST_S:
                a.started = t - a.resting
                events.append(HoldStarted(t, a.started, self._working_side()))
        if dt > FORGIVEN_S:
            a.lapse += dt
            if a.running:
                a.running = False
                events.append(HoldPaused(t, a.held))
            return
        if at_rest and fits:
            a.held += dt + (a.lapse if a.running else 0.0)
            a.lapse = 0.0
            if not a.running and a.started is not None and a.held > LEAST_S:
                a.running = True
                events.append(HoldResumed(t, a.held))
        else:
            a.lapse += dt
            if a.running and a.lapse >= FORGIVEN_S:
                a.running = False
                events.append(HoldPaused(t, a.held))

    def _let_go(self, t: float, a: _Attempt, lift: float, by_thigh: float) -> bool:
        """Whether the limb has been down for long enough; where only its foot says so, the foot may be the other's."""
        line = max(0.6, _LET_GO * a.highest)
        if not lift < line:
            a.down_since = a.foot_down_since = None
            return False
        a.foot_down_since = t if a.foot_down_since is None else a.foot_down_since
        if by_thigh >= line:
            a.down_since = None
            return t - a.foot_down_since >= _FOOT_DOWN_S
        a.down_since = t if a.down_since is None else a.down_since
        return t - a.down_since >= _LET_GO_S

    def _end(self, t: float, events: list[Event], *, can_tell: bool, let_go: bool = True) -> None:
        attempt, self._attempt = self._attempt, None
        if attempt is None:
            return
        self._coming_down[attempt.far] = inf
        log = self._log(attempt)
        if log is not None and log.rest_s >= LEAST_S and self._is_of_this_stretch(log):
            # at rest from the first frames on: nobody saw it come there
            headless = attempt.up_already and log.start - self._rows[0][0] < _SEEN_COMING_S
            if log.rest_s >= _LONG_ENOUGH_S or (let_go and not headless):
                hold = self._judged(attempt, log, can_tell=can_tell)
                self._found.holds.append(hold)
                events.append(HoldFinished(t, hold))
            else:
                left = Unfinished(log.start, log.end, "lift" if headless else "lowering")
                self._found.unfinished.append(left)
                events.append(LeftUnfinished(t, left))
        while self._before and t - self._before[0][0] > _LET_GO_S:
            self._before.popleft()

    def _log(self, attempt: _Attempt) -> HoldLog | None:
        key = self._plan.signal.key
        t = np.array([row[0] for row in self._rows])
        values = {k: np.array([row[1][k] for row in self._rows]) for k in self._signals}
        if not np.isfinite(values[key]).any():
            return None
        rest = self._legs.rest(far=attempt.far)
        return HoldLog(
            t=t,
            values=values,
            followed=key,
            rest_values=attempt.rest_values,
            in_position=np.array([row[2] for row in self._rows]),
            rest=rest,
            marks={mark.signal.key: mark.limit for mark in self._plan.marks},
        )

    def _is_of_this_stretch(self, log: HoldLog) -> bool:
        return all(self._mark_kept(mark, log) for mark in self._plan.marks)

    @staticmethod
    def _mark_kept(mark: Condition, log: HoldLog) -> bool:
        x = log.during(mark.signal.key, *log.top)
        return mark.limit.kept(middle_of(x.tolist())) is True

    def _judged(self, attempt: _Attempt, log: HoldLog, *, can_tell: bool) -> Hold:
        measures = measured(self._exercise, log)
        both = self._plan.both and attempt.both >= _BOTH_SHARE * attempt.frames
        side: Legs = "both" if both else self._working_side()
        return Hold(
            number=len(self._found.holds) + 1,
            side=side,
            start=log.start,
            end=log.end,
            held=log.held_s,
            measures=measures,
            faults=faults_of(self._exercise, measures, log) if can_tell else (),
        )

    def _working_side(self) -> Side:
        return other(self._side) if self._far else self._side

    def _now(self, body: Body) -> HoldNow | None:
        a = self._attempt
        if a is None or a.started is None:
            return None
        ours = all(mark.limit.kept(mark.signal.read(body)) is True for mark in self._plan.marks)
        return HoldNow(self._working_side(), a.held, a.running, a.resting, ours)
