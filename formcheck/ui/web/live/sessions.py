"""What is judged: one exercise, or a whole programme, as a browser asked for it."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import datetime

from formcheck.errors import HistoryError, UnknownExerciseError
from formcheck.exercises import AUTO, find
from formcheck.exercises.vocabulary import Exercise
from formcheck.io.history import SessionRecord
from formcheck.io.texts import LANGUAGES, Texts
from formcheck.session.live import LiveSession
from formcheck.session.live.words import summary as of_set
from formcheck.session.plan import Plan, Step
from formcheck.session.programme import Programme
from formcheck.session.programme.words import summary as of_programme
from formcheck.session.summary import Result
from formcheck.ui.live.broken_off import broken_off, steps_done
from formcheck.ui.web.history_api import opened
from formcheck.ui.web.live.messages import Start
from formcheck.ui.web.plans import Shelf
from formcheck.ui.web.problems import known, of_error
from formcheck.ui.web.settings import Settings


@dataclass(frozen=True, slots=True)
class Chosen:
    """A session, and what is to be known around it.

    Attributes:
        session: is judged with.
        texts: in the person's language.
        exercise: the only one; None where it is recognised or follows from a plan.
        plan: by which it goes.
        skip: what "next" does; None ends the session.
        again: number in the history of a session that goes on.
    """

    session: LiveSession | Programme
    texts: Texts
    exercise: Exercise | None
    plan: Plan | None
    skip: Callable[[], None] | None
    again: int | None = None

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


def chosen(start: Start, shelf: Shelf, settings: Settings, here: Container[int] = ()) -> Chosen:
    """Return what a browser asked for.

    Args:
        start: what it asked for.
        shelf: the plans.
        settings: of the server.
        here: numbers in the history of sessions that somebody is at, which cannot be gone on with.

    Raises:
        Problem: there is no such exercise, plan or language, or no session to go on with.
    """
    if start.language not in LANGUAGES:
        raise known(404, "unknown_language", language=start.language)
    texts = Texts(start.language)
    if start.plan is not None:
        return _programme(start, shelf.find(start.plan), texts, lambda plan: _broken_off(plan, settings, here))
    try:
        named = start.exercise is not None and start.exercise.strip().lower() != AUTO
        exercise = find(start.exercise or "") if named else None
    except UnknownExerciseError as error:
        raise known(404, "unknown_exercise", exercise=start.exercise) from error
    return Chosen(LiveSession(exercise, quick=start.quick), texts, exercise, None, None)


def _programme(start: Start, plan: Plan, texts: Texts, left: Callable[[Plan], SessionRecord]) -> Chosen:
    earlier = left(plan) if start.again else None
    first = steps_done(plan, earlier) + 1 if earlier is not None else start.first or 1
    if first > len(plan.steps):
        raise known(422, "unknown_step", step=first, steps=len(plan.steps))

    def make(step: Step) -> LiveSession:
        return LiveSession(step.prescribed, step.dose, step.legs, quick=start.quick, between_s=step.between_holds_s)

    session = Programme(
        plan, make, first=first - 1, before=earlier.told("before") if earlier is not None else None,
        takes=lambda say: texts.takes_s(say, start.rate),
    )  # fmt: skip
    return Chosen(session, texts, None, plan, session.skip, earlier.id if earlier is not None else None)


def _broken_off(plan: Plan, settings: Settings, here: Container[int]) -> SessionRecord:
    try:
        with opened(settings) as history:
            sessions = [each for each in (history.sessions() if history else []) if each.id not in here]
    except HistoryError as error:
        raise of_error(error) from error
    found = broken_off(sessions, plan, datetime.now().astimezone())
    if found is None:
        raise known(404, "nothing_broken_off", plan=plan.title)
    return found
