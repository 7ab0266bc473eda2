"""The desk: takes what is to be said and sees to it that it is said, by urgency and in time."""

from collections.abc import Callable, Iterable, Sequence
from threading import Condition, Event, Thread
from time import monotonic
from typing import Protocol

from formcheck.io.voice.engines import Engine
from formcheck.io.voice.line import Line
from formcheck.io.voice.succession import Succession
from formcheck.io.voice.waiting import Waiting, cuts_off

_LAST_WORDS_S = 30.0


class Desk(Protocol):
    """Takes lines, from any thread."""

    def put(self, t: float, lines: Sequence[Line]) -> None:
        """Take what is to be said from session time ``t`` on, s; told every frame, also when that is nothing."""

    def hush(self) -> None:
        """Drop what waits and cut off what is spoken."""

    def close(self, *, now: bool = False) -> None:
        """Say what waits, and end; ``now`` ends at once. Nothing is taken any more."""


class LiveDesk:
    """Speaks aloud, in a thread of its own.

    Args:
        engines: the best first; the last one must not fail.
        notice: is told of each engine that dies, from the desk's thread.
        clock: seconds; only differences count.
    """

    def __init__(
        self, engines: Iterable[Engine], notice: Callable[[str], None], clock: Callable[[], float] = monotonic
    ) -> None:
        self._engines = Succession(engines, notice)
        self._clock = clock
        self._waiting = Waiting()
        self._change = Condition()
        self._now: tuple[Line, Event] | None = None
        self._closed = False
        self._thread = Thread(target=self._run, name="formcheck-voice", daemon=True)
        self._thread.start()

    @property
    def engine(self) -> str:
        """Name of the engine in use."""
        return self._engines.first.name

    def put(self, t: float, lines: Sequence[Line]) -> None:
        """Take lines; how long they wait is measured by the desk's own clock, for speaking takes real time."""
        del t
        if not lines:
            return
        with self._change:
            if self._closed:
                return
            now = self._clock()
            for line in lines:
                self._waiting.put(line, now)
                if self._now is not None and cuts_off(line, self._now[0]):
                    self._now[1].set()
            self._change.notify_all()

    def hush(self) -> None:
        """Drop what waits and cut off what is spoken."""
        with self._change:
            self._waiting.clear()
            if self._now is not None:
                self._now[1].set()

    def close(self, *, now: bool = False) -> None:
        """Say what waits, for 30 s at most, and end."""
        with self._change:
            self._closed = True
            self._change.notify_all()
        if now:
            self.hush()
        self._thread.join(_LAST_WORDS_S)
        self.hush()  # what still speaks has had its time

    def _run(self) -> None:
        while (now := self._next()) is not None:
            self._speak(*now)

    def _speak(self, line: Line, stopped: Event) -> None:
        self._engines.do(lambda engine: engine.speak(line, stopped))

    def _next(self) -> tuple[Line, Event] | None:
        """Wait for a line; None when the desk has been closed and nothing is left to say."""
        with self._change:
            self._now = None
            while (line := self._waiting.take(self._clock())) is None:
                if self._closed:
                    return None
                self._change.wait()
            self._now = (line, Event())
            return self._now
