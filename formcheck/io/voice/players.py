"""Players: each brings rendered sound to the loudspeaker."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from threading import Event
from time import monotonic
from typing import Any, Protocol

from formcheck.errors import VoiceError
from formcheck.io.voice.command import run
from formcheck.io.voice.sound import Samples, Sound, write_wav

_POLL_S = 0.02
_LATE_S = 5.0
"""How much longer than the sound itself playing may take, before the loudspeaker counts as dead."""
_COMMANDS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))


class Player(Protocol):
    """Plays sound."""

    @property
    def name(self) -> str:
        """What it is called in messages."""

    def play(self, sound: Sound, stopped: Event) -> None:
        """Play it and return when it has been heard or ``stopped`` is set.

        Raises:
            VoiceError: it does not work.
        """


class SoundDevice:
    """PortAudio, through the library sounddevice, which MediaPipe brings."""

    name = "sounddevice"

    def __init__(self, library: Any) -> None:
        self._library = library

    @classmethod
    def find(cls) -> "SoundDevice | None":
        """Return it; None where PortAudio is not installed or knows no loudspeaker."""
        try:
            library = import_module("sounddevice")
            library.query_devices(kind="output")
        except Exception:  # no libportaudio2, no device, a sound server that is down: each has its own error
            return None
        return cls(library)

    def play(self, sound: Sound, stopped: Event) -> None:
        """Play it; raises VoiceError where the device is gone."""
        done, feed = Event(), _Feed(sound.samples, self._library.CallbackStop)
        try:
            stream = self._library.OutputStream(
                samplerate=sound.rate, channels=1, dtype="int16", callback=feed, finished_callback=done.set
            )
            with stream:
                ends = monotonic() + sound.seconds + _LATE_S
                while not done.wait(_POLL_S):
                    if stopped.is_set():
                        stream.abort()
                        return
                    if monotonic() > ends:
                        stream.abort()
                        raise VoiceError("the loudspeaker does not take any sound")
        except VoiceError:
            raise
        except Exception as error:  # PortAudioError, or what a driver raises in its place
            raise VoiceError(f"the loudspeaker does not work ({error})") from error


class _Feed:
    """Hands samples to PortAudio's thread, block by block."""

    def __init__(self, samples: Samples, stop: type[Exception]) -> None:
        self._samples, self._stop, self._at = samples, stop, 0

    def __call__(self, out: Any, frames: int, time: Any, status: Any) -> None:
        del time, status
        part = self._samples[self._at : self._at + frames]
        out[: len(part), 0] = part
        out[len(part) :] = 0
        self._at += frames
        if self._at >= len(self._samples):
            raise self._stop


class CommandPlayer:
    """A program that plays a WAV file.

    Args:
        command: program and options; the file is added.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self.name = Path(command[0]).name

    def play(self, sound: Sound, stopped: Event) -> None:
        """Play it; raises VoiceError where the program fails."""
        with TemporaryDirectory(prefix="formcheck-") as folder:
            path = Path(folder) / "line.wav"
            write_wav(path, sound)
            run([*self._command, str(path)], stopped, sound.seconds + _LATE_S)


def players() -> list[Player]:
    """Return what there is, the best first."""
    device = SoundDevice.find()
    commands = [CommandPlayer(command) for command in _COMMANDS if which(command[0])]
    return [*([device] if device else []), *commands]
