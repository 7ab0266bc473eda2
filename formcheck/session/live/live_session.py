"""A live set, hands-free: set-up help, ready gate, countdown, the set itself, its end. A state machine over frames."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, inf

from formcheck.core.body import Body
from formcheck.core.events import Event, FoundAgain, Legs, LostSight, Warn
from formcheck.core.pose import Sight
from formcheck.core.signals import TRUNK_PITCH
from formcheck.core.watcher import Watcher
from formcheck.exercises import all_exercises
from formcheck.exercises.vocabulary import Dose, Exercise
from formcheck.session.coaching import Coaching, Say, Stage, Urgency
from formcheck.session.live.coach import Coach, first_words
from formcheck.session.live.dose import Progress
from formcheck.session.live.setup import SOFT, SetupCheck
from formcheck.session.live.words import summary
from formcheck.session.moment import Moment
from formcheck.session.session import Session
from formcheck.session.summary import Result

_HINT_EVERY_S = 6.0
_READY_S = 1.0
"""To say that it is ready; then comes the countdown."""
_COUNTDOWN_S = 3
_RESTING_S = 8.0
"""Who has done enough and rests for this long has finished."""
_UP_S = 3.0
_UPRIGHT_DEG = -45.0
"""Slope of the trunk of somebody who sits or stands."""
_GONE_S = 15.0
_BACK_TO_MAT_S = 60.0
"""After a pause, as long as it may take to lie down again: who paused by key sits or stands."""


class LiveSession:
    """Feed it every frame, from before the person lies down to after the set.

    Args:
        exercise: what to judge; None to recognise it from the movement.
        dose: how much of it; the exercise's own where it is None.
        legs: which legs are to be stretched; both where empty.
        quick: leave out the advice that only makes measuring better.
        between_s: rest between two holds, s.
    """

    def __init__(
        self,
        exercise: Exercise | None,
        dose: Dose | None = None,
        legs: tuple[Legs, ...] = (),
        *,
        quick: bool = False,
        between_s: float = 0.0,
    ) -> None:
        self._between_s = between_s
        self._exercise, self._dose, self._legs, self._strict = exercise, dose, legs, not quick
        self._candidate = exercise or next(each for each in all_exercises() if each.recognisable)
        self._watcher = Watcher()
        self._check = SetupCheck(exercise, strict=self._strict)
        self._checking = False  # again, during the set
        self._stage: Stage = "setup"
        self._session: Session | None = None
        self._coach: Coach | None = None
        self._go_at = inf
        self._counted_down = _COUNTDOWN_S + 1
        self._hint: str | None = None
        self._hint_at = -inf
        self._paused = self._gap = self._asked_to_end = False
        self._moved_at = 0.0  # when the person last moved as in the exercise
        self._up_since: float | None = None
        self._may_be_up_until = -inf
        self._seen_at: float | None = None
        self._done = 0
        self._pending: list[Say] = []
        self._last: Moment | None = None  # of the set
        self._t = 0.0

    @property
    def stage(self) -> Stage:
        """Where the session is."""
        return "paused" if self._paused and self._stage != "over" else self._stage

    @property
    def over(self) -> bool:
        """The set has ended: by its dose, because the person got up, or because it was asked to."""
        return self._stage == "over"

    @property
    def paused(self) -> bool:
        """Paused by the person."""
        return self._paused

    def pause(self) -> None:
        """Stop judging until ``resume``; what is under way is left unfinished."""
        if not self._paused and not self.over:
            self._paused = True
            self._pending.append(Say("coach.paused", urgency=Urgency.STAGE, fresh_s=4.0))

    def resume(self) -> None:
        """Go on, with what has been counted."""
        if self._paused:
            self._paused, self._gap = False, True
            self._pending.append(Say("coach.resumed", urgency=Urgency.STAGE, fresh_s=4.0))

    def end(self) -> None:
        """Ask it to end with the next frame."""
        self._asked_to_end = True

    def finish(self, reading: Sequence[Warn] = ()) -> Result:
        """Return what came of it; ``reading`` are warnings of what delivered the frames."""
        return (self._session or Session(self._exercise, "still")).finish(reading)

    def step(self, sight: Sight) -> Moment:
        """Judge one frame."""
        self._t = sight.t
        if self._stage == "over":
            return self._plain(None)
        if self._asked_to_end:
            return self._ended("coach.over")
        if self._paused:
            return self._plain(None)
        before = self._take_up() if self._gap else ()
        if self._session is None:
            return self._set_up(sight)
        return self._judge(self._session, sight, events=before)

    def _set_up(self, sight: Sight) -> Moment:
        body = self._watcher.step(sight)
        ready, says = self._advise(self._check, sight, body)
        if not ready:
            return self._plain(body, *says)
        self._stage, self._go_at, self._counted_down = "countdown", sight.t + _READY_S + _COUNTDOWN_S, _COUNTDOWN_S + 1
        self._session = Session(self._exercise, "still")
        return self._judge(self._session, sight, Say("setup.ready", urgency=Urgency.STAGE, fresh_s=3.0))

    def _advise(self, check: SetupCheck, sight: Sight, body: Body | None) -> tuple[bool, list[Say]]:
        """Look for what is to be mended; return whether nothing is, and what is to be said of it."""
        found = check.step(sight, body)
        if sight.blind:  # nothing the person could mend
            return False, []
        says = []
        if found.gave_way:
            says.append(Say("setup.anyway", urgency=Urgency.STAGE, fresh_s=6.0))
        changed = found.hint != self._hint
        self._hint = found.hint
        if found.hint and (changed or sight.t - self._hint_at >= _HINT_EVERY_S):
            self._hint_at = sight.t
            says.append(Say(f"setup.{found.hint}", urgency=Urgency.STAGE, fresh_s=3.0))
        return found.ready, says

    def _take_up(self) -> tuple[Event, ...]:
        """Go on after a pause; return what ended in it: what lay in the pause must not be taken for a movement."""
        self._gap = False
        if self._session is None or self._coach is None:  # the person may be anywhere by now
            self._reset()
            return ()
        self._moved_at = self._seen_at = self._t
        self._up_since, self._may_be_up_until = None, self._t + _BACK_TO_MAT_S
        return self._session.step(Sight(self._t - 1e-3, None)).events

    def _judge(self, session: Session, sight: Sight, *before: Say, events: tuple[Event, ...] = ()) -> Moment:
        moment = session.step(sight)
        if events:  # after a pause; that the person was not seen in it is no news
            events = tuple(e for e in (*events, *moment.events) if not isinstance(e, LostSight | FoundAgain))
            moment = replace(moment, events=events)
        self._last = moment
        if self._coach is None:
            return self._count_down(moment, sight, before)
        return self._go_on(moment, sight, self._coach)

    def _count_down(self, moment: Moment, sight: Sight, before: Sequence[Say]) -> Moment:
        """Three, two, one; who leaves the starting position meanwhile is not ready."""
        if not before:  # else this very frame has just been found good
            hint = self._check.step(sight, moment.body).hint
            if hint is not None and hint not in SOFT:
                return self._start_again(moment)
        left = ceil(self._go_at - sight.t)
        says = list(before)
        if left <= 0:
            return self._begin(moment)
        if left < self._counted_down:
            self._counted_down = left
            says.append(Say("coach.countdown", {"n": left}, Urgency.STAGE, 0.7))
        return replace(
            moment, coaching=Coaching("countdown", countdown=left if left <= _COUNTDOWN_S else None, says=tuple(says))
        )

    def _begin(self, moment: Moment) -> Moment:
        self._stage, self._checking, self._hint = "set", False, None
        self._moved_at = self._seen_at = moment.t
        self._up_since, self._may_be_up_until = None, -inf
        progress = Progress(self._dose or self._candidate.dose, self._legs)
        self._coach = Coach(progress, announce=self._exercise is None, between_s=self._between_s)
        says = [Say("coach.go", urgency=Urgency.STAGE, fresh_s=1.5)]
        if self._exercise is not None:
            says += first_words(self._exercise)
        return replace(moment, coaching=Coaching("set", says=tuple(says)))

    def _go_on(self, moment: Moment, sight: Sight, coach: Coach) -> Moment:
        if self._exercise is None and moment.certain:
            coach.progress = Progress(self._dose or moment.exercise.dose, self._legs)
        says = [*self._take_pending(), *self._recheck(moment, sight), *coach.step(moment)]
        if sight.blind:  # the camera's loss is told by whoever has it
            says = [say for say in says if say.key != "coach.lost"]
        why = self._why_over(moment, coach.progress, blind=sight.blind)
        if why == "coach.up" and not moment.done:
            return self._start_again(moment, *says)
        if why is not None:
            return self._ended(why, moment, *says)
        return replace(moment, coaching=Coaching("set", self._hint, says=tuple(says)))

    def _recheck(self, moment: Moment, sight: Sight) -> list[Say]:
        """Where the picture has jumped, the camera was moved: look at its place again, while the set goes on."""
        says = []
        if moment.body is not None and moment.body.anew:
            self._check, self._checking = SetupCheck(self._exercise, strict=self._strict), True
            says.append(Say("setup.moved", urgency=Urgency.STAGE, fresh_s=4.0))
        if self._checking:
            ready, more = self._advise(self._check, sight, moment.body)
            self._checking = not ready
            says += more
        return says

    def _start_again(self, moment: Moment, *says: Say) -> Moment:
        """Back to the set-up: nothing was done yet."""
        self._reset()
        return self._plain(moment.body, *says)

    def _reset(self) -> None:
        self._session = self._coach = self._last = None
        self._stage = "setup"
        self._watcher, self._check = Watcher(), SetupCheck(self._exercise, strict=self._strict)

    def _why_over(self, moment: Moment, progress: Progress, *, blind: bool) -> str | None:
        """Return the key of why the set has ended, None while it goes on."""
        t, body = moment.t, moment.body
        if len(moment.done) > self._done or moment.phase not in (None, "rest"):
            self._moved_at = t
        self._done = len(moment.done)
        if blind:  # without a picture nobody can be said to be gone, or to rest
            self._seen_at = self._moved_at = t
            self._up_since = None
        if body is not None:
            self._seen_at = t
            upright = TRUNK_PITCH.read(body) < _UPRIGHT_DEG
            if not upright:
                self._may_be_up_until = -inf
            if upright and t < self._may_be_up_until:  # on the way back to the mat
                upright, self._moved_at = False, t
            self._up_since = (self._up_since if self._up_since is not None else t) if upright else None
        if moment.certain and progress.complete(moment.done):
            return "coach.complete"
        up = self._up_since is not None and t - self._up_since >= _UP_S
        gone = self._seen_at is not None and t - self._seen_at >= _GONE_S
        if up or gone:
            return "coach.up"
        if moment.certain and progress.enough(moment.done) and t - self._moved_at >= _RESTING_S:
            return "coach.complete"
        return None

    def _ended(self, why: str, moment: Moment | None = None, *says: Say) -> Moment:
        self._stage, self._hint = "over", None
        told = [*says, *self._take_pending(), Say(why, urgency=Urgency.STAGE, fresh_s=60.0)]
        if self._session is not None:
            told += summary(self.finish())
        moment = moment or self._moment(None)
        return replace(moment, coaching=Coaching("over", says=tuple(told)))

    def _take_pending(self) -> tuple[Say, ...]:
        pending, self._pending = tuple(self._pending), []
        return pending

    def _plain(self, body: Body | None, *says: Say) -> Moment:
        """A moment without judgement."""
        coaching = Coaching(self.stage, self._hint, says=(*self._take_pending(), *says))
        return replace(self._moment(body), coaching=coaching)

    def _moment(self, body: Body | None) -> Moment:
        last = self._last
        return Moment(
            t=self._t,
            exercise=last.exercise if last else self._candidate,
            body=body,
            values={},
            phase=None,
            done=last.done if last else (),
            wrong=(),
            cue=None,
            events=(),
            certain=last.certain if last else self._exercise is not None,
        )
