"""A programme as a judge of frames: what is asked, told, exercised and rested, in order, and when it stops.

Its course is written as it goes, top down: each ``yield`` shows one frame and goes on with the next.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from math import ceil
from typing import Literal

from formcheck.core.body import Body
from formcheck.core.events import Asked, Event, PainTold, ProgrammeEnded, Reason, SetBegan, SetEnded, Warn
from formcheck.core.pose import Sight
from formcheck.core.watcher import Watcher
from formcheck.exercises.vocabulary import Holds
from formcheck.session.coaching import Coaching, Option, Question, Say, Stage, Urgency
from formcheck.session.following import read
from formcheck.session.moment import Moment
from formcheck.session.plan import Plan, Step
from formcheck.session.programme import words
from formcheck.session.programme.asking import Asking
from formcheck.session.programme.mouth import Mouth, lasts
from formcheck.session.programme.outcome import Outcome, joined
from formcheck.session.programme.parts import LiveSet, Scene, View
from formcheck.session.programme.raised_arm import RaisedArm
from formcheck.session.programme.safety import NONE, advice, safety_question
from formcheck.session.summary import Result

_SPOKEN_LEFT = (30, 10, 3, 2, 1)
"""Seconds of rest to go that are told."""

_CALM_S = 20.0
"""After the last exercise, at least: pain at the end is to be told calmly, and is not the one just told."""

_Told = Generator[View, None, None]


class _Stopped(Exception):  # noqa: N818 - no error: the person's wish, which cuts short whatever goes on
    def __init__(self, *, numb: bool) -> None:
        super().__init__()
        self.numb = numb


class Programme:
    """Feed it every frame until it is over.

    Args:
        plan: what to do.
        make_set: begins one of its exercises.
        first: index of the exercise to begin with, after a break.
        before: the pain that was told before the break; the safety questions were answered then, and neither is asked
            again. None: a new session.
        takes: how long a line takes to say, s.

    Raises:
        ValueError: ``first`` is none of the plan's exercises.
    """

    def __init__(
        self,
        plan: Plan,
        make_set: Callable[[Step], LiveSet],
        *,
        first: int = 0,
        before: int | None = None,
        takes: Callable[[Say], float] = lasts,
    ) -> None:
        if not 0 <= first < len(plan.steps):
            raise ValueError(f"there is no exercise {first} in {plan.title!r}: it has 0 to {len(plan.steps) - 1}")
        self._plan, self._make_set, self._first, self._before = plan, make_set, first, before
        self._step = plan.steps[first]
        self._mouth = Mouth(takes)
        self._watcher, self._arm = Watcher(), RaisedArm()
        self._scene = Scene(Sight(0.0, None), 0.0)
        self._t: float | None = None
        self._view = View("setup")
        self._set: LiveSet | None = None
        self._asking: Asking | None = None
        self._paused = self._over = self._ending = self._skip = False
        self._stopping: _Stopped | None = None
        self._aside: list[Say] = []
        self._events: list[Event] = []
        self._sets: list[tuple[Step, Result]] = []
        self._pains: list[PainTold] = []
        self._reason: Reason | None = None
        self._detail = ""
        self._course = self._go()
        next(self._course)

    # ---- what it shows

    @property
    def stage(self) -> Stage:
        """Where it is."""
        if self._over:
            return "over"
        return "paused" if self.paused else self._view.stage

    @property
    def over(self) -> bool:
        """It has ended, and all is said."""
        return self._over

    @property
    def paused(self) -> bool:
        """Paused by the person."""
        return self._paused

    @property
    def question(self) -> Question | None:
        """What is asked now."""
        return None if self._over else self._view.question

    @property
    def outcome(self) -> Outcome:
        """What came of it so far."""
        return Outcome(tuple(self._sets), tuple(self._pains), self._reason or "ended", self._detail)

    # ---- what the person can do

    def answer(self, value: str | int) -> bool:
        """Answer the question that is asked, by key or tap; return whether one was.

        Raises:
            ValueError: ``value`` is none of its answers.
        """
        if self._asking is None:
            return False
        self._asking.give(value)
        return True

    def pause(self) -> None:
        """Stand still until ``resume``."""
        if self._paused or self._over:
            return
        self._paused = True
        if self._set is not None:
            self._set.pause()
        else:
            self._aside.append(words.told("programme.paused"))

    def resume(self) -> None:
        """Go on; a question is asked from its beginning."""
        if not self._paused:
            return
        self._paused = False
        if self._set is not None:
            self._set.resume()
        if self._asking is not None:
            self._asking.again()

    def skip(self) -> None:
        """Go on to the next exercise, or cut a rest short; a question has to be answered."""
        self._skip = self._asking is None and not self._over

    def stop(self, *, numb: bool = False) -> None:
        """End the exercise and the programme; with ``numb`` because of numbness or tingling."""
        self.resume()
        self._stopping = _Stopped(numb=numb)

    def end(self) -> None:
        """Ask it to end with the next frame, without questions and summary."""
        self._ending = True

    # ---- a session's judgement

    def step(self, sight: Sight) -> Moment:
        """Judge one frame; times must rise."""
        held = self._paused and self._set is None
        passed = 0.0 if self._t is None or held else sight.t - self._t
        self._t = sight.t
        now = self._scene.now + passed
        body = self._watcher.step(sight) if self._set is None else None
        raised = self._arm.step(sight.t, body)
        self._scene = Scene(sight, now, raised)
        says: tuple[Say, ...] = ()
        if self._ending and not self._over:
            self._close("ended")
            says = (words.told("programme.ended"),)
        elif not held and not self._over:
            self._advance()
            says = self._mouth.step(now, self._view.says)
        says = (*self._aside, *says)
        self._aside = []
        return self._moment(sight, body, says)

    def finish(self, reading: Sequence[Warn] = ()) -> Result:
        """End it; the sets are the result's segments. ``reading`` are warnings of what delivered the frames."""
        self._close(self._reason or "ended")
        return joined([result for _, result in self._sets], reading)

    # ---- the machinery

    def _advance(self) -> None:
        try:
            if self._stopping is not None:
                stopping, self._stopping = self._stopping, None
                self._view = self._course.throw(stopping)
            else:
                self._view = next(self._course)
        except (StopIteration, _Stopped):
            self._close(self._reason or "done")

    def _close(self, reason: Reason) -> None:
        if self._over:
            return
        self._over, self._asking = True, None
        self._course.close()  # a set that is under way ends here, and what it has found is kept
        self._reason = self._reason or reason
        self._view = View("over")
        self._events.append(ProgrammeEnded(self._scene.sight.t, self._reason, self._detail))

    def _moment(self, sight: Sight, body: Body | None, says: tuple[Say, ...]) -> Moment:
        view = View("over") if self._over else self._view
        events, self._events = tuple(self._events), []
        if view.moment is not None:
            coaching = view.moment.coaching or Coaching(view.stage)
            coaching = replace(coaching, stage=view.stage, says=says)
            return replace(view.moment, events=(*events, *view.moment.events), coaching=coaching)
        exercise = self._step.exercise
        return Moment(
            t=sight.t, exercise=exercise, body=body, values=read(exercise, body) if body else {}, phase=None, done=(),
            wrong=(), cue=None, events=events, certain=False,
            coaching=Coaching(self.stage, self._hint, view.countdown, says, view.question),
        )  # fmt: skip

    @property
    def _hint(self) -> str | None:
        """While an exercise is explained: what is being said, or else which exercise it is."""
        if self.stage != "setup":
            return None
        about = f"exercise.{self._step.exercise.key}."
        line = self._mouth.line
        return line.key if line is not None and line.key.startswith(about) else f"{about}title"

    # ---- the course

    def _go(self) -> _Told:
        yield View("setup")  # until the first frame comes
        try:
            yield from self._ask_first()
            for index in range(self._first, len(self._plan.steps)):
                if self._reason is not None:
                    break
                self._step = self._plan.steps[index]
                yield from self._exercise(index)
        except _Stopped as stopped:
            self._break_off(stopped)
        self._skip = False
        try:
            yield from self._ask_last()
            self._mouth.add(*words.summary(self._sets, self._pains))
            self._mouth.add(words.told(f"programme.bye.{self._reason}"))
            yield from self._speak("rest")
        except _Stopped as stopped:
            self._break_off(stopped)
            yield from self._speak("rest")

    def _break_off(self, stopped: _Stopped) -> None:
        if stopped.numb:
            self._stop_for("numb")
        else:
            self._reason = self._reason or "stopped"
            self._mouth.silence()

    def _stop_for(self, reason: Reason, **values: int) -> None:
        """Stop, and say why before anything else."""
        self._reason = reason
        self._mouth.interrupt(words.told(f"programme.stop.{reason}", Urgency.SAFETY, **values))

    def _ask_first(self) -> _Told:
        """Safety and pain; after a break both have been told."""
        if self._before is not None:
            self._mouth.add(words.told("programme.welcome_back"))
            return
        self._mouth.add(words.told("programme.welcome"))
        flag = yield from self._ask(safety_question())
        if flag.value != NONE:
            self._reason, self._detail = "red_flag", str(flag.value)
            self._mouth.interrupt(*advice(self._detail))
            return
        yield from self._ask_pain("before")

    def _ask_last(self) -> _Told:
        """Pain at the end, where something was done and nothing has stopped it for pain's sake."""
        if self._sets and self._reason in (None, "stopped"):
            yield from self._ask_pain("end")
        self._reason = self._reason or "done"

    def _exercise(self, index: int) -> _Told:
        """One exercise: how, the set, how it was, and a rest."""
        step, number = self._step, index + 1
        last = number == len(self._plan.steps)
        self._skip = False
        self._mouth.add(*words.introduction(step, number, len(self._plan.steps)))
        yield from self._speak("setup")
        if not self._skip:
            yield from self._do(step, number)
            if self._sets[-1][1].done:
                yield from self._after(step)
            if self._reason is None:
                yield from self._rest(step.rest_s, None if last else self._plan.steps[index + 1])

    def _do(self, step: Step, number: int) -> _Told:
        """The set, until it ends by itself or is ended."""
        self._events.append(SetBegan(self._scene.sight.t, number, step.exercise.key))
        live = self._set = self._make_set(step)
        how: Literal["done", "skipped", "stopped"] = "stopped"
        try:
            while not live.over:
                if self._skip:
                    live.end()
                moment = live.step(self._scene.sight)
                says = moment.coaching.says if moment.coaching else ()
                yield View("set" if live.over else live.stage, says=says, moment=moment)
            self._mouth.heard(self._scene.now, says)  # its summary, to the end
            how = "skipped" if self._skip else "done"
        finally:
            self._set, self._skip, self._paused = None, False, False
            self._watcher, self._arm = Watcher(), RaisedArm()
            self._sets.append((step, live.finish()))
            self._events.append(SetEnded(self._scene.sight.t, number, step.exercise.key, how))

    def _after(self, step: Step) -> _Told:
        """Ask how it was; stops where it was too much."""
        if isinstance(step.exercise.counts, Holds):
            numb = yield from self._ask(words.numb_question())
            if numb.value == "yes":
                self._stop_for("numb")
                return
        yield from self._ask_pain("after")

    def _rest(self, seconds: float, following: Step | None) -> _Told:
        """Rest with a countdown."""
        if following is None:
            seconds = max(seconds, _CALM_S)
            self._mouth.add(words.told("programme.last_rest", seconds=round(seconds)))
        elif seconds > 0:
            coming = words.title(following.exercise)
            self._mouth.add(words.told("programme.rest", seconds=round(seconds), exercise=coming))
        until, told = self._scene.now + seconds, seconds
        while (left := until - self._scene.now) > 0 and not self._skip:
            due = [mark for mark in _SPOKEN_LEFT if left <= mark < told]
            told = min([told, *due])
            yield View("rest", ceil(left), says=tuple(words.seconds_left(mark) for mark in due[-1:]))
        self._mouth.silence()
        self._skip = False

    def _ask_pain(self, asked: Asked) -> _Told:
        """Ask for the pain, keep it, and stop where it is too much."""
        score = int((yield from self._ask(words.pain_question(asked))).value)
        exercise = self._step.exercise.key if asked == "after" else None
        self._pains.append(PainTold(self._scene.sight.t, asked, score, exercise))
        self._events.append(self._pains[-1])
        why = self._plan.pain.stops(self._before, score)
        if asked == "before":
            self._before = score
        if why is None:
            return
        if asked == "end":  # nothing is left to be stopped, but it has to be said what to do
            self._mouth.interrupt(words.told("programme.worse_at_end", Urgency.SAFETY, score=score))
        elif why == "rise" and self._before is not None:
            self._stop_for("pain_rise", before=self._before, score=score)
        else:
            self._stop_for("pain_above", score=score, above=self._plan.pain.above)

    def _ask(self, question: Question) -> Generator[View, None, Option]:
        self._asking = Asking(question, self._mouth, lambda: self._scene)
        try:
            course = self._asking.run()
            while True:
                try:
                    shown = next(course)
                except StopIteration as answered:
                    option: Option = answered.value
                    return option
                yield View("question", question=shown)
        finally:
            self._asking = None

    def _speak(self, stage: Stage) -> _Told:
        """Wait until all is said, or it is skipped."""
        while self._mouth.busy(self._scene.now) and not self._skip:
            yield View(stage)
        if self._skip:
            self._mouth.silence()
