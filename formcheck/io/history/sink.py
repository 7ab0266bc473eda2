"""Writes a session into the history while it goes on. What goes wrong there never stops the session."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from formcheck.core.events import Hold, Rep
from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.errors import HistoryError
from formcheck.exercises.vocabulary import Dose, Exercise
from formcheck.io.history.history import History
from formcheck.session.moment import Moment
from formcheck.session.summary import Result


@dataclass(slots=True)
class _Set:
    """A set in the history, and what of it is written."""

    id: int
    exercise: Exercise
    written: list[Rep | Hold] = field(default_factory=list)


class HistorySink:
    """Writes each repetition and hold when it is finished, each by itself.

    A set begins with its first one, so that an exercise that is only being looked for leaves nothing. Beginning and
    ending the session, and pain, are the business of whoever opened the history.

    Args:
        history: where to.
        session: id of the session there.
        exercise: what is done; None where it is recognised, or where it follows from a plan.
        dose: what is asked for; None takes the exercise's own.
        on_error: told once of what cannot be written; with the next repetition it is tried again.
    """

    def __init__(
        self,
        history: History,
        session: int,
        exercise: Exercise | None,
        dose: Dose | None,
        on_error: Callable[[HistoryError], None],
    ) -> None:
        self._history, self._session, self._exercise, self._dose = history, session, exercise, dose
        self._on_error = on_error
        self._told = False
        self._sets: list[_Set] = []
        self._seen: tuple[Rep | Hold, ...] = ()
        self._seen_of: str | None = None
        self._new_set = True

    def take(self, frame: Frame | None, sight: Sight, moment: Moment) -> None:
        """Write what this frame completed."""
        del frame, sight
        if not moment.certain:  # what is only being looked for may be another exercise's
            return
        if moment.exercise.key == self._seen_of and moment.done == self._seen:
            return
        self._new_set |= moment.exercise.key != self._seen_of or not _begins(moment.done, self._seen)
        self._seen, self._seen_of = moment.done, moment.exercise.key
        self._safely(lambda: self._write(moment.exercise, moment.done))

    def finish(self, result: Result) -> None:
        """Write what only the end completed; where recognition thought better of it, write it anew."""
        parts = [(part.exercise, part.done) for part in result.parts if part.exercise and part.done]
        self._safely(lambda: self._complete(parts, may_replace=result.recognised))
        self.abort()

    def abort(self) -> None:
        """End the set that is under way; what is written stays."""
        self._safely(self._end_set)

    def _write(self, exercise: Exercise, done: Sequence[Rep | Hold]) -> None:
        written = {_when(each) for part in self._sets if part.exercise.key == exercise.key for each in part.written}
        missing = [each for each in done if _when(each) not in written]
        if not missing:
            return
        if self._new_set:
            self._end_set()
            self._begin(exercise)
            self._new_set = False
        self._add(self._sets[-1], missing)

    def _begin(self, exercise: Exercise) -> None:
        asked = self._exercise is None or self._exercise.key == exercise.key
        dose = (self._dose if asked else None) or exercise.dose
        self._sets.append(_Set(self._history.begin_set(self._session, exercise, dose), exercise))

    def _add(self, to: _Set, done: Sequence[Rep | Hold]) -> None:
        for each in done:
            self._history.add(to.id, replace(each, number=len(to.written) + 1))
            to.written.append(each)

    def _end_set(self) -> None:
        if self._sets:
            self._history.end_set(self._sets[-1].id)

    def _complete(self, parts: Sequence[tuple[Exercise, Sequence[Rep | Hold]]], *, may_replace: bool) -> None:
        fits = len(parts) >= len(self._sets) and all(
            mine.exercise.key == exercise.key and _begins(done, mine.written)
            for mine, (exercise, done) in zip(self._sets, parts, strict=False)
        )
        if not fits and not may_replace:
            return
        # as one: who is killed here has the sets as they were
        with self._history.writing():
            if not fits:
                for mine in self._sets:
                    self._history.drop_set(mine.id)
                self._sets = []
            for i, (exercise, done) in enumerate(parts):
                if i == len(self._sets):
                    self._end_set()
                    self._begin(exercise)
                self._add(self._sets[i], done[len(self._sets[i].written) :])

    def _safely(self, write: Callable[[], None]) -> None:
        try:
            write()
        except HistoryError as error:
            if not self._told:
                self._told = True
                self._on_error(error)


def _begins(done: Sequence[Rep | Hold], written: Sequence[Rep | Hold]) -> bool:
    """Whether what was written is the beginning of what was done; numbers may have changed."""
    return [_when(each) for each in done[: len(written)]] == [_when(each) for each in written]


def _when(each: Rep | Hold) -> tuple[float, float]:
    return each.start, each.end
