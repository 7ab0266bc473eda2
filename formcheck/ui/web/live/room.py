"""A live session on the server: one thread owns its network, its session and its history, and nobody else uses them."""

import logging
import secrets
from collections import deque
from collections.abc import Callable
from threading import RLock, Thread
from typing import Any

from formcheck.errors import FormcheckError
from formcheck.io.latest import Latest
from formcheck.io.report import document as report_json
from formcheck.session.pipeline import run
from formcheck.session.programme import Programme
from formcheck.session.summary import Result
from formcheck.ui.live.diary import Diary
from formcheck.ui.web.live.line import Line
from formcheck.ui.web.live.messages import Answer, Order
from formcheck.ui.web.live.orders import MOST, Ordered
from formcheck.ui.web.live.sessions import Chosen
from formcheck.ui.web.live.source import BrowserSource, Incoming
from formcheck.ui.web.live.telling import Telling
from formcheck.ui.web.problems import Problem, known, of_error
from formcheck.ui.web.settings import Settings

_log = logging.getLogger(__name__)
_LOST_AFTER_S = 2.0
_DEFECT = known(500, "session_defect")
_MOVED_ON = known(409, "taken_over")


class Room(Thread):
    """A session, kept while its browser is away for a while.

    Args:
        chosen: what is judged.
        settings: of the server.
        gone: is called when nothing runs any more.

    Attributes:
        token: its name, which only its browser knows.
        chosen: what is judged.
        running: its thread holds a network.
        kept: its number in the history, where it is kept.
        away_since: since when there is no line, s; None while there is one.
    """

    def __init__(self, chosen: Chosen, settings: Settings, gone: Callable[["Room"], None]) -> None:
        self.token = secrets.token_urlsafe(24)
        super().__init__(name=f"formcheck-live-{self.token[:6]}", daemon=True)
        self.chosen, self._settings, self._gone = chosen, settings, gone
        self.running = True
        self.kept: int | None = None
        self.away_since: float | None = settings.clock()
        self._lock = RLock()
        self._line: Line | None = None
        self._farewell: dict[str, Any] | None = None
        self._inbox: Latest[Incoming] = Latest()
        self._ordered: Ordered | None = None
        self._before: deque[Order | Answer] = deque(maxlen=MOST)
        self._notices: list[str] = []
        self._lost = self._waits = False

    # ---- for the event loop

    def attach(self, line: Line, first: dict[str, Any]) -> None:
        """Send what there is down this line from now on, ``first`` first; a former one is closed."""
        with self._lock:
            former, self._line = self._line, line
            self.away_since = None
            line.post(first)
            if self._farewell is not None:
                self._part(line)
        if former is not None:
            former.post(_MOVED_ON.message())
            former.close(4001, "taken over")

    def detach(self, line: Line) -> None:
        """This line is no more."""
        with self._lock:
            if self._line is line:
                self._line = None
                self.away_since = self._settings.clock()

    def frame(self, incoming: Incoming) -> None:
        """Have a picture judged, unless a newer one comes first."""
        self._inbox.put(incoming)

    def give(self, message: Order | Answer) -> None:
        """Have something carried out before the next picture."""
        with self._lock:
            if self._ordered is None:
                self._before.append(message)
                return
        self._ordered.give(message)

    def end(self) -> None:
        """Have it end, with all that was done kept."""
        self.give(Order(type="order", order="end"))
        self._inbox.close()  # what waits for a picture goes on at once

    # ---- the thread

    def run(self) -> None:
        """Judge until it is over."""
        try:
            farewell = self._judge()
        except FormcheckError as error:
            farewell = of_error(error, 500).message()
        except Exception:
            _log.exception("a live session has failed")
            farewell = _DEFECT.message()
        with self._lock:
            self._inbox.close()
            self._farewell, self.running = farewell, False
            if self._line is not None:
                self._part(self._line)
        self._gone(self)

    def _judge(self) -> dict[str, Any]:
        settings, chosen = self._settings, self.chosen
        finder = settings.finder(settings.model)
        try:
            source = BrowserSource(self._inbox, finder, settings.clock, self._broken, self._idle)
            ordered = Ordered(chosen.session, source, chosen.skip, self._refused)
            with self._lock:
                self._ordered = ordered
                for message in self._before:
                    ordered.give(message)
            with Diary(settings.db, self._not_kept, plan=chosen.plan, again=chosen.again, keep=settings.keep) as diary:
                self.kept = diary.kept
                telling = Telling(source, chosen.texts, settings.clock, self._post)
                result = run(source, ordered, [*diary.sinks(chosen.exercise), telling])
                reason = chosen.reason(cut_short=ordered.cut_short)
                diary.end(reason)
            return self._over(result, source, reason, diary.kept)
        finally:
            finder.close()

    def _over(self, result: Result, source: BrowserSource, reason: str, kept: int | None) -> dict[str, Any]:
        return {
            "type": "over",
            "report": report_json.document(result, source.info),
            "summary": self.chosen.summary(result),
            "outcome": reason,
            "history_session": kept,
            "notices": self._notices,
        }

    def _post(self, message: dict[str, Any]) -> None:
        with self._lock:
            if self._line is None:
                return
            notices, self._notices = self._notices, []
            self._line.post({**message, "notices": notices} if notices else message)

    def _part(self, line: Line) -> None:
        """Say the last word; to be called with the lock held."""
        if self._farewell is not None:
            line.post(self._farewell)
            line.close(1000 if self._farewell["type"] == "over" else 1011)

    def _not_kept(self, why: str) -> None:
        self._notices.append(self.chosen.texts.of("web.live.not_kept", detail=why))

    def _broken(self, incoming: Incoming, why: str) -> None:
        problem = Problem(422, "frame_broken", f"A picture was left out: {why}.", "The next one may be better.")
        self._post({**problem.message(), "t": incoming.t})

    def _refused(self, answer: Answer) -> None:
        self._post(known(422, "no_answer", answer=answer.value).message())

    def _idle(self, since_s: float) -> None:
        """No picture has come for so long; 0: now one has."""
        away, ordered = self._away_s(), self._ordered
        if ordered is None:
            return
        if away > self._settings.limits.away_s:
            ordered.cut_short = True
            self.chosen.session.end()
        self._wait(away=away > 0)
        if away == 0 and self._lost != (since_s >= _LOST_AFTER_S):
            self._lost = not self._lost
            ordered.tell("coach.camera_lost" if self._lost else "coach.camera_back")

    def _wait(self, *, away: bool) -> None:
        """Tell and ask nothing while nobody hears it; a set under way goes on by itself."""
        session = self.chosen.session
        if not isinstance(session, Programme) or away == self._waits:
            return
        if not away:
            self._waits = False
            session.resume()
        elif session.stage in ("setup", "question", "rest"):
            self._waits = True
            session.pause()

    def _away_s(self) -> float:
        with self._lock:
            return 0.0 if self.away_since is None else self._settings.clock() - self.away_since
