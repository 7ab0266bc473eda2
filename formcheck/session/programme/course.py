"""The course of a programme, written as it goes, top down: each ``yield`` shows one frame and goes on with the next."""

from collections.abc import Callable, Generator
from math import ceil
from typing import Literal

from formcheck.core.events import Asked, Event, PainTold, ProgrammeEnded, Reason, SetBegan, SetEnded
from formcheck.core.pose import Sight
from formcheck.exercises.vocabulary import Holds
from formcheck.session.coaching import Option, Question, Stage, Urgency
from formcheck.session.plan import Plan, Step
from formcheck.session.programme import words
from formcheck.session.programme.asking import Asking
from formcheck.session.programme.mouth import Mouth
from formcheck.session.programme.parts import LiveSet, Scene, View
from formcheck.session.programme.safety import NONE, advice, safety_question
from formcheck.session.summary import Result

_SPOKEN_LEFT = (30, 10, 3, 2, 1)
"""Seconds of rest to go that are told."""

_CALM_S = 20.0
"""After the last exercise, at least: pain at the end is to be told calmly, and is not the one just told."""

Told = Generator[View, None, None]


class Stopped(Exception):  # noqa: N818 - no error: the person's wish, which cuts short whatever goes on
    """The person stops, with ``numb`` because of numbness or tingling."""

    def __init__(self, *, numb: bool) -> None:
        super().__init__()
        self.numb = numb


class Course:
    """What is asked, told, exercised and rested, and when it stops.

    Args:
        plan: what to do.
        make_set: begins one of its exercises.
        mouth: speaks.
        first: index of the exercise to begin with.
        before: the pain before, where it is known already.

    Attributes:
        scene: the present frame, to be set before each step.
        skipping: the person wants to go on to what comes next; to be set.
        step: the exercise it is about.
        set: the one under way.
        asking: the question under way.
        events: what has happened since they were taken.
        sets: what was begun, and what came of it.
        pains: as they were told.
        reason: why it is over; None while it goes on.
        detail: key of the red flag.
    """

    def __init__(
        self, plan: Plan, make_set: Callable[[Step], LiveSet], mouth: Mouth, first: int, before: int | None
    ) -> None:
        self.plan, self.mouth, self.before = plan, mouth, before
        self._make_set, self._first = make_set, first
        self.scene = Scene(Sight(0.0, None), 0.0)
        self.skipping = False
        self.step = plan.steps[first]
        self.set: LiveSet | None = None
        self.asking: Asking | None = None
        self.events: list[Event] = []
        self.sets: list[tuple[Step, Result]] = []
        self.pains: list[PainTold] = []
        self.reason: Reason | None = None
        self.detail = ""

    def take_events(self) -> tuple[Event, ...]:
        """Return what has happened since it was asked last."""
        events, self.events = tuple(self.events), []
        return events

    def end(self, reason: Reason) -> None:
        """It is over, for ``reason`` where it has none yet."""
        self.reason = self.reason or reason
        self.events.append(ProgrammeEnded(self.scene.sight.t, self.reason, self.detail))

    def run(self) -> Told:
        """Yield what each frame shows; ``Stopped`` thrown into it ends whatever goes on."""
        try:
            yield View("setup")  # until the first frame comes
            yield from self._ask_first()
            for index in range(self._first, len(self.plan.steps)):
                if self.reason is not None:
                    break
                self.step = self.plan.steps[index]
                yield from self._exercise(index)
        except Stopped as stopped:
            self._break_off(stopped)
        self.skipping = False
        try:
            yield from self._ask_last()
            self.mouth.add(*words.summary(self.sets, self.pains))
            self.mouth.add(words.told(f"programme.bye.{self.reason}"))
            yield from self._speak("rest")
        except Stopped as stopped:
            self._break_off(stopped)
            yield from self._speak("rest")

    def _break_off(self, stopped: Stopped) -> None:
        if stopped.numb:
            self._stop_for("numb")
        else:
            self.reason = self.reason or "stopped"
            self.mouth.silence()

    def _stop_for(self, reason: Reason, **values: int) -> None:
        """Stop, and say why before anything else."""
        self.reason = reason
        self.mouth.interrupt(words.told(f"programme.stop.{reason}", Urgency.SAFETY, **values))

    def _ask_first(self) -> Told:
        """Safety and pain; after a break both have been told."""
        if self.before is not None:
            self.mouth.add(words.told("programme.welcome_back"))
            return
        self.mouth.add(words.told("programme.welcome"))
        flag = yield from self._ask(safety_question())
        if flag.value != NONE:
            self.reason, self.detail = "red_flag", str(flag.value)
            self.mouth.interrupt(*advice(self.detail))
            return
        yield from self._ask_pain("before")

    def _ask_last(self) -> Told:
        """Pain at the end, where something was done and nothing has stopped it for pain's sake."""
        if self.sets and self.reason in (None, "stopped"):
            yield from self._ask_pain("end")
        self.reason = self.reason or "done"

    def _exercise(self, index: int) -> Told:
        """One exercise: how, the set, how it was, and a rest."""
        step, number = self.step, index + 1
        last = number == len(self.plan.steps)
        self.skipping = False
        self.mouth.add(*words.introduction(step, number, len(self.plan.steps)))
        yield from self._speak("setup")
        if not self.skipping:
            yield from self._do(step, number)
            if self.sets[-1][1].done:
                yield from self._after(step)
            if self.reason is None:
                yield from self._rest(step.rest_s, None if last else self.plan.steps[index + 1])

    def _do(self, step: Step, number: int) -> Told:
        """The set, until it ends by itself or is ended."""
        self.events.append(SetBegan(self.scene.sight.t, number, step.exercise.key))
        live = self.set = self._make_set(step)
        how: Literal["done", "skipped", "stopped"] = "stopped"
        try:
            while not live.over:
                if self.skipping:
                    live.end()
                moment = live.step(self.scene.sight)
                says = moment.coaching.says if moment.coaching else ()
                yield View("set" if live.over else live.stage, says=says, moment=moment)
            self.mouth.heard(self.scene.now, says)  # its summary, to the end
            how = "skipped" if self.skipping else "done"
        finally:
            self.set, self.skipping = None, False
            self.sets.append((step, live.finish()))
            self.events.append(SetEnded(self.scene.sight.t, number, step.exercise.key, how))

    def _after(self, step: Step) -> Told:
        """Ask how it was; stops where it was too much."""
        if isinstance(step.exercise.counts, Holds):
            numb = yield from self._ask(words.numb_question())
            if numb.value == "yes":
                self._stop_for("numb")
                return
        yield from self._ask_pain("after")

    def _rest(self, seconds: float, following: Step | None) -> Told:
        """Rest with a countdown."""
        if following is None:
            seconds = max(seconds, _CALM_S)
            self.mouth.add(words.told("programme.last_rest", seconds=round(seconds)))
        elif seconds > 0:
            coming = words.title(following.exercise)
            self.mouth.add(words.told("programme.rest", seconds=round(seconds), exercise=coming))
        until, told = self.scene.now + seconds, seconds
        while (left := until - self.scene.now) > 0 and not self.skipping:
            due = [mark for mark in _SPOKEN_LEFT if left <= mark < told]
            told = min([told, *due])
            yield View("rest", ceil(left), says=tuple(words.seconds_left(mark) for mark in due[-1:]))
        self.mouth.silence()
        self.skipping = False

    def _ask_pain(self, asked: Asked) -> Told:
        """Ask for the pain, keep it, and stop where it is too much."""
        score = int((yield from self._ask(words.pain_question(asked))).value)
        exercise = self.step.exercise.key if asked == "after" else None
        self.pains.append(PainTold(self.scene.sight.t, asked, score, exercise))
        self.events.append(self.pains[-1])
        why = self.plan.pain.stops(self.before, score)
        if asked == "before":
            self.before = score
        if why is None:
            return
        if asked == "end":  # nothing is left to be stopped, but it has to be said what to do
            self.mouth.interrupt(words.told("programme.worse_at_end", Urgency.SAFETY, score=score))
        elif why == "rise" and self.before is not None:
            self._stop_for("pain_rise", before=self.before, score=score)
        else:
            self._stop_for("pain_above", score=score, above=self.plan.pain.above)

    def _ask(self, question: Question) -> Generator[View, None, Option]:
        self.asking = Asking(question, self.mouth, lambda: self.scene)
        try:
            course = self.asking.run()
            while True:
                try:
                    shown = next(course)
                except StopIteration as answered:
                    option: Option = answered.value
                    return option
                yield View("question", question=shown)
        finally:
            self.asking = None

    def _speak(self, stage: Stage) -> Told:
        """Wait until all is said, or it is skipped."""
        while self.mouth.busy(self.scene.now) and not self.skipping:
            yield View(stage)
        if self.skipping:
            self.mouth.silence()
