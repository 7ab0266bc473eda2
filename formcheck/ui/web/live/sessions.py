"""What is judged: one exercise, or a whole programme, as a browser asked for it."""

from collections.abc import Callable
from dataclasses import dataclass

from formcheck.errors import UnknownExerciseError
from formcheck.exercises import AUTO, find
from formcheck.exercises.vocabulary import Exercise
from formcheck.io.texts import LANGUAGES, Texts
from formcheck.session.live import LiveSession
from formcheck.session.live.words import summary as of_set
from formcheck.session.plan import BUILT_IN, Plan, Step
from formcheck.session.programme import Programme
from formcheck.session.programme.words import summary as of_programme
from formcheck.session.summary import Result
from formcheck.ui.web.live.messages import Start
from formcheck.ui.web.problems import Problem


@dataclass(frozen=True, slots=True)
class Chosen:
    """A session, and what is to be known around it.

    Attributes:
        session: is judged with.
        texts: in the person's language.
        exercise: the only one; None where it is recognised or follows from a plan.
        plan: by which it goes.
        skip: what "next" does; None ends the session.
    """

    session: LiveSession | Programme
    texts: Texts
    exercise: Exercise | None
    plan: Plan | None
    skip: Callable[[], None] | None

    def reason(self, *, cut_short: bool) -> str:
        """Return why it is over, as the history has it."""
        if isinstance(self.session, Programme):
            return self.session.outcome.reason
        return "ended" if cut_short else "done"

    def summary(self, result: Result) -> list[str]:
        """Return it in a few lines."""
        if isinstance(self.session, Programme):
            outcome = self.session.outcome
            return [self.texts.said(say) for say in of_programme(outcome.sets, outcome.pains)]
        return [self.texts.said(say) for say in of_set(result)]


def chosen(start: Start) -> Chosen:
    """Return what a browser asked for.

    Raises:
        Problem: there is no such exercise, plan or language.
    """
    if start.language not in LANGUAGES:
        raise Problem(
            404, "unknown_language", f"There are no texts in {start.language!r}.", f"Use {', '.join(LANGUAGES)}."
        )
    texts = Texts(start.language)
    if start.plan is not None:
        return _programme(start, texts)
    try:
        named = start.exercise is not None and start.exercise.strip().lower() != AUTO
        exercise = find(start.exercise or "") if named else None
    except UnknownExerciseError as error:
        raise Problem(404, "unknown_exercise", str(error), "Choose another exercise.") from error
    return Chosen(LiveSession(exercise, quick=start.quick), texts, exercise, None, None)


def _programme(start: Start, texts: Texts) -> Chosen:
    plan = BUILT_IN.get(start.plan or "")
    if plan is None:
        raise Problem(404, "unknown_plan", f"There is no plan {start.plan!r}.", f"Use {', '.join(BUILT_IN)}.")
    first = start.first or 1
    if first > len(plan.steps):
        raise Problem(
            422, "unknown_step", f"The plan has {len(plan.steps)} exercises, there is no number {first}.",
            "Begin with an earlier one.",
        )  # fmt: skip

    def make(step: Step) -> LiveSession:
        return LiveSession(step.prescribed, step.dose, step.legs, quick=start.quick, between_s=step.between_holds_s)

    session = Programme(plan, make, first=first - 1, takes=lambda say: texts.takes_s(say, start.rate))
    return Chosen(session, texts, None, plan, session.skip)
