"""Engines: each brings a line to the person's ears."""

from shutil import which
from threading import Event
from typing import Protocol

import numpy as np

from formcheck.io.voice.command import run
from formcheck.io.voice.kind import Kind
from formcheck.io.voice.line import Line
from formcheck.io.voice.manner import Manner
from formcheck.io.voice.players import Player
from formcheck.io.voice.sound import Sound
from formcheck.io.voice.voices import Voice

_WITHIN_S = 30.0
_NOTHING = Sound(np.zeros(0, np.int16))


class Engine(Protocol):
    """Speaks, or does something in its place."""

    @property
    def name(self) -> str:
        """What it is called in messages."""

    @property
    def kind(self) -> Kind:
        """What it gives to hear."""

    def speak(self, line: Line, stopped: Event) -> None:
        """Say a line and return when it has been said or ``stopped`` is set.

        Raises:
            VoiceError: it does not work.
        """


class Played:
    """A voice heard through a player.

    Args:
        voice: renders.
        player: plays.
        volume: 0..1.
    """

    def __init__(self, voice: Voice, player: Player, volume: float = 1.0) -> None:
        self._voice, self._player, self._volume = voice, player, volume
        self.kind: Kind = voice.kind
        self.name = f"{voice.name} through {player.name}"

    def speak(self, line: Line, stopped: Event) -> None:
        """Render a line and play it."""
        sound: Sound = self._voice.render(line).louder(self._volume)
        if not stopped.is_set():
            self._player.play(sound, stopped)


class SpeechDispatcher:
    """The desktop's speech service: its voice is the one the person has chosen there.

    Args:
        program: ``spd-say``.
        manner: how is spoken.
    """

    name = "speech-dispatcher"
    kind: Kind = "speech"

    def __init__(self, program: str, manner: Manner) -> None:
        self._program = program
        rate, volume = round(100 * (manner.rate - 1)), round(200 * manner.volume) - 100  # each -100 to 100
        self._options = ["--wait", "-l", manner.language, "-r", str(rate), "-i", str(volume)]

    @classmethod
    def find(cls, manner: Manner) -> "SpeechDispatcher | None":
        """Return it; None where it is not installed."""
        program = which("spd-say")
        return None if program is None else cls(program, manner)

    def speak(self, line: Line, stopped: Event) -> None:
        """Say a line."""
        run([self._program, *self._options, "--", line.text], stopped, _WITHIN_S)
        if stopped.is_set():  # the service speaks on when who asked it has gone
            run([self._program, "--cancel"], Event(), _WITHIN_S)


class Silence:
    """Says nothing, and cannot fail: the last of every succession."""

    name = "silence"
    kind: Kind = "silence"

    def speak(self, line: Line, stopped: Event) -> None:
        """Say nothing."""

    def render(self, line: Line) -> Sound:
        """Return no sound."""
        del line
        return _NOTHING
