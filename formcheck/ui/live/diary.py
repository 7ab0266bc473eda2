"""The history of one live session. Without one the session goes on all the same."""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from formcheck.errors import HistoryError
from formcheck.exercises.vocabulary import Dose, Exercise
from formcheck.io.history import History, HistorySink
from formcheck.io.history.programme import ProgrammeSink
from formcheck.session.pipeline import Sink
from formcheck.session.plan import Plan


class Diary:
    """Begins a session in the history and ends it; one in which nothing was done leaves nothing.

    Args:
        path: the history; None for the one in the user's data folder.
        notice: is told what cannot be kept.
        plan: by which the session goes.
        again: id of a session that goes on.
        keep: False: nothing is kept at all.
    """

    def __init__(
        self,
        path: Path | None,
        notice: Callable[[str], None],
        *,
        plan: Plan | None = None,
        again: int | None = None,
        keep: bool = True,
    ) -> None:
        self._notice = notice
        self._history: History | None = None
        self._session = again
        if not keep:
            return
        try:
            self._history = History.open(path)
            if self._history.notice:
                notice(self._history.notice)
            if again is None:
                self._session = self._history.begin_session(plan=plan)
        except HistoryError as error:
            self._fail(error)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        if self._history is None:
            return
        try:
            self._drop_if_empty()
            self._history.close()
        except HistoryError as error:
            self._fail(error)

    @property
    def kept(self) -> int | None:
        """Id of the session in the history; None where there is none, or no longer because nothing was done."""
        return self._session if self._history is not None else None

    def sinks(self, exercise: Exercise | None = None, dose: Dose | None = None) -> list[Sink]:
        """Return what writes into it."""
        if self._history is None or self._session is None:
            return []
        return [
            HistorySink(self._history, self._session, exercise, dose, self._fail),
            ProgrammeSink(self._history, self._session, self._fail),
        ]

    def end(self, reason: str) -> None:
        """Say why the session ended."""
        if self._history is None or self._session is None:
            return
        try:
            self._history.end_session(self._session, reason)
        except HistoryError as error:
            self._fail(error)

    def _drop_if_empty(self) -> None:
        """Take back a session in which nothing was done and nothing told; a sign that needs a doctor was."""
        if self._history is None or self._session is None:
            return
        session = self._history.session(self._session)
        if not session.sets and not session.pain and session.reason != "red_flag":
            self._history.delete(self._session)
            self._session = None

    def _fail(self, error: HistoryError) -> None:
        self._notice(f"not kept in the history: {error}")
