"""A file in the loudspeaker's place: what would have been heard, at the session's own times."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from threading import Lock

from formcheck.io.voice.line import Line
from formcheck.io.voice.sound import Sound
from formcheck.io.voice.succession import Succession
from formcheck.io.voice.timeline import Timeline
from formcheck.io.voice.voices import Voice
from formcheck.io.voice.waiting import Waiting, cuts_off


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line as it was heard.

    Attributes:
        start: session time, s.
        end: session time, s.
        line: what.
        cut: True where something more urgent, or hush, cut it off.
    """

    start: float
    end: float
    line: Line
    cut: bool = False


class FileDesk:
    """Renders everything into a WAV file at its session time, with the rules of speaking aloud.

    Speaking takes as long as the rendered sound; nothing depends on a clock or a thread, so the same session gives the
    same file. Beside it a WebVTT file of the same name says what is heard when.

    Args:
        path: the WAV file; it appears when the desk is closed.
        voices: the best first; the last one must not fail.
        notice: is told of each voice that dies.
        volume: 0..1.

    Raises:
        OutputError: the file cannot be written.
    """

    def __init__(self, path: Path, voices: Iterable[Voice], notice: Callable[[str], None], volume: float = 1.0) -> None:
        self._timeline = Timeline(path)
        self._voices = Succession(voices, notice)
        self._volume = volume
        self._waiting = Waiting()
        self._now: tuple[Spoken, Sound] | None = None
        self._t = 0.0  # of the session
        self._free = 0.0  # from when on nobody speaks
        self._closed = False
        self._lock = Lock()
        self.spoken: list[Spoken] = []

    def put(self, t: float, lines: Sequence[Line]) -> None:
        """Take what is to be said from session time ``t`` on, s."""
        with self._lock:
            if self._closed:
                return
            self._t = max(self._t, t)
            self._advance(self._t)
            for line in lines:
                self._waiting.put(line, self._t)
                if self._now is not None and cuts_off(line, self._now[0].line):
                    self._cut()
            self._advance(self._t)

    def hush(self) -> None:
        """Drop what waits and cut off what is spoken, at the time of the last frame."""
        with self._lock:
            self._waiting.clear()
            self._cut()

    def close(self, *, now: bool = False) -> None:
        """Say what waits, and write the file; raises OutputError where that fails."""
        if now:
            self.hush()
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._advance(inf)
            self._timeline.close([(each.start, each.end, each.line.text) for each in self.spoken], self._t)

    def _advance(self, t: float) -> None:
        """Let time pass until ``t``: end what has been said by then, and begin what waits."""
        while True:
            if self._now is not None:
                if self._now[0].end > t:
                    return
                self._finish(*self._now)
            line = self._waiting.take(self._free)
            if line is None:
                self._free = max(self._free, min(t, self._t))
                return
            sound = self._render(line)
            self._now = (Spoken(self._free, self._free + sound.seconds, line), sound)

    def _render(self, line: Line) -> Sound:
        return self._voices.do(lambda voice: voice.render(line)).louder(self._volume)

    def _cut(self) -> None:
        if self._now is not None:
            said, sound = self._now
            if said.start == self._t:  # nothing of it has been heard
                self._now = None
                return
            self._finish(replace(said, end=self._t, cut=True), sound.until(self._t - said.start))

    def _finish(self, said: Spoken, sound: Sound) -> None:
        self.spoken.append(said)
        self._timeline.write(said.start, sound)
        self._now, self._free = None, said.end
