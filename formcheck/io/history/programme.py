"""Writes into the history what a programme asks and how it ends, beside the sets."""

from collections.abc import Callable

from formcheck.core.events import Event, PainTold, ProgrammeEnded
from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.errors import HistoryError
from formcheck.exercises import find
from formcheck.io.history.history import History
from formcheck.session.moment import Moment
from formcheck.session.summary import Result


class ProgrammeSink:
    """Writes pain as it is told, and why the programme ended.

    Args:
        history: where to.
        session: id of the session there.
        on_error: told of each thing that cannot be written; the programme goes on.
    """

    def __init__(self, history: History, session: int, on_error: Callable[[HistoryError], None]) -> None:
        self._history, self._session, self._on_error = history, session, on_error

    def take(self, frame: Frame | None, sight: Sight, moment: Moment) -> None:
        """Write what happened in this frame."""
        del frame, sight
        for event in moment.events:
            try:
                self._write(event)
            except HistoryError as error:
                self._on_error(error)

    def finish(self, result: Result) -> None:
        """All is written."""

    def abort(self) -> None:
        """What is written stays."""

    def _write(self, event: Event) -> None:
        match event:
            case PainTold():
                exercise = find(event.exercise) if event.exercise else None
                self._history.add_pain(self._session, event.asked, event.score, exercise)
            case ProgrammeEnded():
                self._history.end_session(self._session, event.reason)
