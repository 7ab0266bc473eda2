"""A programme as a judge of frames: it hands each frame to its course, and the person's wishes."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from formcheck.core.body import Body
from formcheck.core.events import Reason, Warn
from formcheck.core.pose import Sight
from formcheck.core.watcher import Watcher
from formcheck.session.coaching import Coaching, Question, Say, Stage
from formcheck.session.following import read
from formcheck.session.moment import Moment
from formcheck.session.plan import Plan, Step
from formcheck.session.programme import words
from formcheck.session.programme.course import Course, Stopped
from formcheck.session.programme.mouth import Mouth, lasts
from formcheck.session.programme.outcome import Outcome, joined
from formcheck.session.programme.parts import LiveSet, Scene, View
from formcheck.session.programme.raised_arm import RaisedArm
from formcheck.session.summary import Result


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
        self._mouth = Mouth(takes)
        self._course = Course(plan, make_set, self._mouth, first, before)
        self._frames = self._course.run()
        self._watcher, self._arm = Watcher(), RaisedArm()
        self._t: float | None = None
        self._view = next(self._frames)  # until the first frame comes
        self._paused = self._over = self._ending = False
        self._stopping: Stopped | None = None
        self._aside: list[Say] = []

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
        course = self._course
        return Outcome(tuple(course.sets), tuple(course.pains), course.reason or "ended", course.detail)

    # ---- what the person can do

    def answer(self, value: str | int) -> bool:
        """Answer the question that is asked, by key or tap; return whether one was.

        Raises:
            ValueError: ``value`` is none of its answers.
        """
        if self._course.asking is None:
            return False
        self._course.asking.give(value)
        return True

    def pause(self) -> None:
        """Stand still until ``resume``."""
        if self._paused or self._over:
            return
        self._paused = True
        if self._course.set is not None:
            self._course.set.pause()
        else:
            self._aside.append(words.told("programme.paused"))

    def resume(self) -> None:
        """Go on; a question is asked from its beginning."""
        if not self._paused:
            return
        self._paused = False
        if self._course.set is not None:
            self._course.set.resume()
        if self._course.asking is not None:
            self._course.asking.again()

    def skip(self) -> None:
        """Go on to the next exercise, or cut a rest short; a question has to be answered."""
        self._course.skipping = self._course.asking is None and not self._over

    def stop(self, *, numb: bool = False) -> None:
        """End the exercise and the programme; with ``numb`` because of numbness or tingling."""
        self.resume()
        self._stopping = Stopped(numb=numb)

    def end(self) -> None:
        """Ask it to end with the next frame, without questions."""
        self._ending = True

    # ---- a session's judgement

    def step(self, sight: Sight) -> Moment:
        """Judge one frame; times must rise."""
        held = self._paused and self._course.set is None
        passed = 0.0 if self._t is None or held else sight.t - self._t
        self._t = sight.t
        now = self._course.scene.now + passed
        body = self._watcher.step(sight) if self._course.set is None else None
        raised = self._arm.step(sight.t, body)
        self._course.scene = Scene(sight, now, raised)
        says: tuple[Say, ...] = ()
        if self._ending and not self._over:
            self._close("ended")
            says = (words.told("programme.ended"), *words.summary(self._course.sets, self._course.pains))
        elif not held and not self._over:
            self._advance()
            says = self._mouth.step(now, self._view.says)
        says = (*self._aside, *says)
        self._aside = []
        return self._moment(sight, body, says)

    def finish(self, reading: Sequence[Warn] = ()) -> Result:
        """End it; the sets are the result's segments. ``reading`` are warnings of what delivered the frames."""
        self._close("ended")
        return joined([result for _, result in self._course.sets], reading)

    # ---- the machinery

    def _advance(self) -> None:
        exercising = self._course.set is not None
        try:
            if self._stopping is not None:
                stopping, self._stopping = self._stopping, None
                self._view = self._frames.throw(stopping)
            else:
                self._view = next(self._frames)
        except (StopIteration, Stopped):
            self._close("done")
        if exercising and self._course.set is None:  # meanwhile only the set has looked at the person
            self._watcher, self._arm, self._paused = Watcher(), RaisedArm(), False

    def _close(self, reason: Reason) -> None:
        if self._over:
            return
        self._over = True
        self._frames.close()  # a set that is under way ends here, and what it has found is kept
        self._view = View("over")
        self._course.end(reason)

    def _moment(self, sight: Sight, body: Body | None, says: tuple[Say, ...]) -> Moment:
        view = View("over") if self._over else self._view
        events = self._course.take_events()
        if view.moment is not None:
            coaching = view.moment.coaching or Coaching(view.stage)
            coaching = replace(coaching, stage=view.stage, says=says)
            return replace(view.moment, events=(*events, *view.moment.events), coaching=coaching)
        exercise = self._course.step.exercise
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
        about = f"exercise.{self._course.step.exercise.key}."
        line = self._mouth.line
        return line.key if line is not None and line.key.startswith(about) else f"{about}title"
