"""What is said during a set: numbers, breathing, the clock of a hold, corrections, praise, losing sight."""

from collections.abc import Iterator
from math import ceil, inf

from formcheck.core.events import (
    Event,
    FoundAgain,
    Hold,
    HoldFinished,
    HoldPaused,
    HoldResumed,
    HoldStarted,
    LostSight,
    RepFinished,
)
from formcheck.exercises.vocabulary import Exercise, Phase, Rank
from formcheck.session.coaching import Say, Urgency
from formcheck.session.live.dose import Progress
from formcheck.session.moment import Cue, Moment

_BREATHS = 3
"""Repetitions that are breathed along with; after that, a correction brings it back once."""
_LAST_S = 10
_PRAISES = 3
_LOST_AGAIN_S = 8.0
_OUT_OF_POSITION_S = 4.0


class Coach:
    """Turns moments of a set into words.

    Args:
        progress: the dose.
        announce: the exercise is being recognised, and is named once it is.
        between_s: rest between two holds, s; who begins the next one sooner is not held up.
    """

    def __init__(self, progress: Progress, *, announce: bool = False, between_s: float = 0.0) -> None:
        self.progress = progress
        self._between_s = between_s
        self._next_hold: tuple[float, Say] | None = None  # when it is asked for, and how
        self._announce = announce
        self._cue: Cue | None = None
        self._praised = 0
        self._phase: Phase | None = None
        self._breathed: set[Phase] = set()
        self._breaths_left = _BREATHS
        self._told_enough = False
        self._count_from = inf  # seconds still to hold that were last spoken
        self._half_told = False
        self._paused = False
        self._lost_told: float | None = None
        self._in_position_at: float | None = None

    def step(self, moment: Moment) -> tuple[Say, ...]:
        """Return what is to be said from this frame on, most urgent first."""
        if not moment.certain:
            return tuple(self._of_sight(moment))
        says = [
            *self._of_recognition(moment),
            *self._of_sight(moment),
            *(say for event in moment.events for say in self._of_event(event, moment)),
            *self._of_cue(moment),
            *self._of_clock(moment),
            *self._of_rest(moment),
            *self._of_breath(moment),
        ]
        return tuple(sorted(says, key=lambda say: say.urgency))

    def _of_recognition(self, moment: Moment) -> Iterator[Say]:
        if self._announce:
            self._announce = False
            title = {"title": f"@exercise.{moment.exercise.key}.title"}
            yield Say("coach.recognised", title, Urgency.STAGE, 6.0)
            yield from first_words(moment.exercise)

    def _of_event(self, event: Event, moment: Moment) -> Iterator[Say]:
        match event:
            case RepFinished():
                yield from self._of_rep(event, moment)
            case HoldStarted():
                self._count_from, self._half_told, self._paused = inf, False, False
                yield Say("coach.hold", urgency=Urgency.STAGE)
            case HoldPaused() if moment.phase == "hold":  # out of position, not on its way down
                self._paused = True
                yield Say("coach.clock_stopped", urgency=Urgency.BREATH, fresh_s=1.5)
            case HoldResumed() if self._paused:
                self._paused = False
                yield Say("coach.clock_on", urgency=Urgency.BREATH, fresh_s=1.5)
            case HoldFinished():
                yield from self._of_hold(event.hold, moment)

    def _of_rep(self, event: RepFinished, moment: Moment) -> Iterator[Say]:
        number = event.rep.number
        self._breathed.clear()
        if self._breaths_left:
            self._breaths_left -= 1
        yield Say("coach.rep", {"n": number}, Urgency.COUNT)
        if self.progress.enough(moment.done) and not self._told_enough and not self.progress.complete(moment.done):
            self._told_enough = True
            most = self.progress.dose.reps[1] if self.progress.dose.reps else number
            yield Say("coach.enough", {"n": number, "most": most}, Urgency.COUNT, 3.0)

    def _of_hold(self, hold: Hold, moment: Moment) -> Iterator[Say]:
        if (seconds := round(hold.held)) > 1:
            yield Say("coach.held", {"s": seconds}, Urgency.STAGE, 4.0)
        if self.progress.complete(moment.done):
            return
        after = self._what_next(hold, moment)
        if self._between_s > 0:
            self._next_hold = (moment.t + self._between_s, after)
            yield Say("coach.rest", {"s": round(self._between_s)}, Urgency.STAGE, 4.0)
        else:
            yield after

    def _what_next(self, hold: Hold, moment: Moment) -> Say:
        """The same leg once more, or the other one."""
        left = self.progress.left(moment.done)
        same = hold.side == "both" or left.get(hold.side, 0) > 0
        leg = hold.side if same else next(leg for leg, n in left.items() if n)
        return Say(f"coach.{'again' if same else 'next'}_{leg}", urgency=Urgency.STAGE, fresh_s=5.0)

    def _of_rest(self, moment: Moment) -> Iterator[Say]:
        """Ask for the next hold once the rest is over."""
        if self._next_hold is None:
            return
        at, say = self._next_hold
        if moment.phase in ("up", "hold"):
            self._next_hold = None
        elif moment.t >= at:
            self._next_hold = None
            yield say

    def _of_clock(self, moment: Moment) -> Iterator[Say]:
        """Half the time, the last ten seconds, and the end of a hold."""
        hold, span = moment.hold, self.progress.dose.hold_s
        if hold is None or span is None or not hold.running:
            return
        left = span[1] - hold.held
        if not self._half_told and left <= span[1] / 2:
            self._half_told = True
            if left > _LAST_S + 1:
                yield Say("coach.half", {"s": ceil(left)}, Urgency.COUNT, 1.5)
        whole = ceil(left)
        if 0 < whole <= _LAST_S and whole < self._count_from:
            yield Say("coach.seconds", {"n": whole}, Urgency.COUNT, 0.6)
        elif whole <= 0 < self._count_from:
            yield Say("coach.relax", urgency=Urgency.STAGE, fresh_s=4.0)
        self._count_from = min(self._count_from, whole)

    def _of_cue(self, moment: Moment) -> Iterator[Say]:
        cue, before = moment.cue, self._cue
        self._cue = cue
        if cue is None or cue is before:
            return
        if cue.praise:
            self._praised = self._praised % _PRAISES + 1
            yield Say(f"coach.praise_{self._praised}", urgency=Urgency.PRAISE)
            return
        self._breaths_left = max(1, self._breaths_left)
        safety = moment.exercise.rule(cue.key).rank is Rank.SAFETY
        key = f"exercise.{moment.exercise.key}.fault.{cue.key}.say"
        yield Say(key, urgency=Urgency.SAFETY if safety else Urgency.CUE)

    def _of_breath(self, moment: Moment) -> Iterator[Say]:
        phase, before = moment.phase, self._phase
        self._phase = phase
        if moment.exercise.breath is None or not self._breaths_left or phase is None:
            return
        begins = (phase == "up" and before in ("rest", None)) or (phase == "down" and before in ("up", "hold"))
        if begins and phase not in self._breathed:
            self._breathed.add(phase)
            yield Say(f"exercise.{moment.exercise.key}.breath.{phase}", urgency=Urgency.BREATH, fresh_s=0.8)

    def _of_sight(self, moment: Moment) -> Iterator[Say]:
        t = moment.t
        for event in moment.events:
            if isinstance(event, LostSight):
                self._lost_told = t
                yield Say("coach.lost", urgency=Urgency.STAGE, fresh_s=4.0)
            elif isinstance(event, FoundAgain):
                self._lost_told, self._in_position_at = None, t
                yield Say("coach.found", urgency=Urgency.STAGE, fresh_s=4.0)
        if self._lost_told is not None:
            if t - self._lost_told >= _LOST_AGAIN_S:
                self._lost_told = t
                yield Say("coach.lost", urgency=Urgency.STAGE, fresh_s=4.0)
        elif moment.phase is not None or self._in_position_at is None:
            self._in_position_at = t
        elif moment.body is not None and t - self._in_position_at >= _OUT_OF_POSITION_S:
            self._in_position_at = t + _OUT_OF_POSITION_S  # not again for twice the time
            yield Say("coach.position", urgency=Urgency.STAGE, fresh_s=3.0)


def first_words(exercise: Exercise) -> Iterator[Say]:
    """What is said as a set begins."""
    if exercise.caution:
        # advice, no alarm: it follows "begin", and does not cut it off
        yield Say(f"exercise.{exercise.key}.caution", urgency=Urgency.STAGE, fresh_s=8.0)
