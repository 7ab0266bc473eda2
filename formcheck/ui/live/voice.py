"""The voice of a live session.

INTEGRATE: a stand-in that says nothing. ``open_voice`` is to be::

    desk = open_desk(Manner(speech.language, speech.rate, speech.volume), notice, speech.file)
    speaker = Speaker(desk, muted=speech.mute)
    return Voice(speaker, VoiceSink(texts, speaker))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.io.texts import Texts
from formcheck.session.moment import Moment
from formcheck.session.pipeline import Sink
from formcheck.session.summary import Result
from formcheck.ui.live.choices import Speech


class Speaking(Protocol):
    """What is asked of the speaker."""

    @property
    def muted(self) -> bool:
        """Whether nothing is spoken."""

    @muted.setter
    def muted(self, muted: bool) -> None: ...

    def hush(self) -> None:
        """Stop at once, and forget what waits."""

    def close(self, *, now: bool = False) -> None:
        """End: after what is still to be said, or now."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks, and what is said."""

    speaker: Speaking
    sink: Sink


def open_voice(speech: Speech, texts: Texts, notice: Callable[[str], None]) -> Voice:
    """Return a voice that works: speech, else tones, else silence with a notice."""
    del texts, notice
    return Voice(_Silent(speech.mute), _SaysNothing())


class _Silent:
    def __init__(self, muted: bool) -> None:
        self._muted = muted

    @property
    def muted(self) -> bool:
        """Whether nothing is spoken."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted

    def hush(self) -> None:
        """Nothing to stop."""

    def close(self, *, now: bool = False) -> None:
        """Nothing to end."""


class _SaysNothing:
    def take(self, frame: Frame | None, sight: Sight, moment: Moment) -> None:
        """Say nothing."""

    def finish(self, result: Result) -> None:
        """Nothing to write."""

    def abort(self) -> None:
        """Nothing to let go."""
