"""A WAV file in which each sound stands at its time, and a WebVTT file that says what it is."""

import wave
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from formcheck.errors import OutputError
from formcheck.io.voice.sound import RATE, Sound

Caption = tuple[float, float, str]
"""From and to, s, and the words."""


class Timeline:
    """Writes beside its place and moves the files there when all is done.

    A disk that fills up in the middle is told at the end: the session matters more than its voice's file.

    Args:
        path: the WAV file.

    Raises:
        OutputError: it cannot be written there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_name(path.name + ".part")
        self._at = 0
        self._error: Exception | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = wave.open(str(self._part), "wb")  # noqa: SIM115  # closed by ``close``
        except OSError as error:
            raise self._failed(error) from error
        self._file.setnchannels(1)
        self._file.setsampwidth(2)
        self._file.setframerate(RATE)

    def write(self, start: float, sound: Sound) -> None:
        """Add a sound at ``start`` s; sounds come in order and do not overlap."""
        self._silence(start)
        self._add(sound.at_rate(RATE).samples.astype("<i2").tobytes())

    def close(self, captions: Iterable[Caption], t: float) -> None:
        """Fill up with silence until ``t`` s, and put both files in place.

        Raises:
            OutputError: they could not be written; nothing is left of them.
        """
        self._silence(t)
        subtitles = self._path.with_suffix(".vtt")
        part = subtitles.with_name(subtitles.name + ".part")
        try:
            self._file.close()
            if self._error is not None:
                raise self._error
            part.write_text(_webvtt(captions), encoding="utf-8")
            self._part.replace(self._path)
            part.replace(subtitles)
        except (OSError, wave.Error) as error:
            for left in (self._part, part):
                with suppress(OSError):
                    left.unlink(missing_ok=True)
            raise self._failed(error) from error

    def _silence(self, until: float) -> None:
        while self._error is None and (missing := round(until * RATE) - self._at) > 0:
            self._add(bytes(2 * min(missing, 60 * RATE)))

    def _add(self, samples: bytes) -> None:
        if self._error is not None:
            return
        try:
            self._file.writeframes(samples)
        except (OSError, wave.Error) as error:
            self._error = error
        self._at += len(samples) // 2

    def _failed(self, error: Exception) -> OutputError:
        return OutputError(f"cannot write the voice to {self._path} ({error}). Name another file, or make room")


def _webvtt(captions: Iterable[Caption]) -> str:
    rows = ["WEBVTT", ""]
    for start, end, text in captions:
        rows += [f"{_clock(start)} --> {_clock(end)}", text, ""]
    return "\n".join(rows)


def _clock(t: float) -> str:
    ms = round(1000 * t)
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"
