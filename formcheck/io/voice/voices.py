"""Voices: each renders a line into sound."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from platform import system
from shutil import which
from tempfile import TemporaryDirectory
from threading import Event
from typing import Protocol

from formcheck.io.voice.command import output, run
from formcheck.io.voice.kind import Kind
from formcheck.io.voice.line import Line
from formcheck.io.voice.manner import Manner
from formcheck.io.voice.sound import Sound, read_wav

_WITHIN_S = 10.0
_KEPT = 256
"""Sentences kept: numbers and corrections come again and again."""
_ESPEAK_CALLS = {"zh": ("cmn-latn-pinyin", "cmn")}
"""Languages that espeak-ng knows under other names, the best first. Its ``cmn`` of 1.51 reads the pinyin of Chinese
characters by English rules, tone numbers included ("bei four hao three"); the other voice does not."""
_ESPEAK_PACE = {"zh": 1.2}
"""Its Chinese is slower than its English: 3.8 syllables a second at 165 words a minute, where people speak 4 to 5."""
_SAPI = """
Add-Type -AssemblyName System.Speech
[Console]::InputEncoding = [Text.Encoding]::UTF8
$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer
$culture = [Globalization.CultureInfo]'{language}'
$voice.SelectVoiceByHints('NotSet', 'NotSet', 0, $culture)
$voice.Rate = {rate}
$voice.SetOutputToWaveFile('{path}')
$voice.Speak([Console]::In.ReadToEnd())
$voice.Dispose()
"""


class Voice(Protocol):
    """Renders lines."""

    @property
    def name(self) -> str:
        """What it is called in messages."""

    @property
    def kind(self) -> Kind:
        """What it gives to hear."""

    def render(self, line: Line) -> Sound:
        """Return a line as sound.

        Raises:
            VoiceError: it does not work.
        """


class CommandVoice:
    """A program that writes a WAV file from the words on its standard input.

    Args:
        name: what it is called in messages.
        command: program and arguments, for the file it is to write.
    """

    kind: Kind = "speech"

    def __init__(self, name: str, command: Callable[[Path], Sequence[str]]) -> None:
        self.name = name
        self._command = command
        self._spoken = lru_cache(maxsize=_KEPT)(self._speak)

    def render(self, line: Line) -> Sound:
        """Return a line as sound; raises VoiceError where the program fails."""
        return self._spoken(line.text)

    def _speak(self, text: str) -> Sound:
        with TemporaryDirectory(prefix="formcheck-") as folder:
            path = Path(folder) / "line.wav"
            run(self._command(path), Event(), _WITHIN_S, text)
            return read_wav(path)


def espeak(manner: Manner) -> CommandVoice | None:
    """Return espeak-ng; None where it is not installed."""
    if (program := which("espeak-ng")) is None:
        return None
    name = espeak_voice(program, manner.language)
    pace = round(manner.words_a_minute * _ESPEAK_PACE.get(manner.language, 1.0))
    options = [program, "-z", "-b", "1", "-v", name, "-s", str(pace), "--stdin"]
    return CommandVoice("espeak-ng", lambda path: [*options, "-w", str(path)])


def espeak_voice(program: str, language: str) -> str:
    """Return what espeak-ng calls the language."""
    *better, plain = _ESPEAK_CALLS.get(language, (language,))
    listed = output([program, f"--voices={plain}"]).split() if better else []
    return next((name for name in better if name in listed), plain)


def say(manner: Manner) -> CommandVoice | None:
    """Return macOS's own voice for the language; None elsewhere, or where it has none."""
    if system() != "Darwin" or (program := which("say")) is None:
        return None
    if (name := say_voice(output([program, "-v", "?"]), manner.language)) is None:
        return None
    options = [program, "-v", name, "-r", str(manner.words_a_minute), "--file-format=WAVE", "--data-format=LEI16@22050"]
    return CommandVoice("say", lambda path: [*options, "-o", str(path), "-f", "-"])


def say_voice(listed: str, language: str) -> str | None:
    """Return the first voice of a language in what ``say -v '?'`` prints: ``Tingting    zh_CN    # ...``."""
    for row in listed.splitlines():
        name, _, locale = row.partition("#")[0].rstrip().rpartition(" ")
        if locale.replace("_", "-").split("-")[0] == language:
            return name.strip()
    return None


def sapi(manner: Manner) -> CommandVoice | None:
    """Return Windows' own voice, through PowerShell: no library needed, though half a second slower; None elsewhere."""
    if system() != "Windows" or (program := which("powershell")) is None:
        return None
    rate = round(10 * (manner.rate - 1))  # -10 to 10

    def command(path: Path) -> list[str]:
        script = _SAPI.format(language=manner.language, rate=rate, path=str(path).replace("'", "''"))
        return [program, "-NoProfile", "-NonInteractive", "-Command", script]

    return CommandVoice("Windows' voice", command)
