"""Which engine speaks: the system's own first; tones where there is none; silence where nothing can be heard."""

from collections.abc import Callable
from pathlib import Path

from formcheck.io.voice.desk import Desk, LiveDesk
from formcheck.io.voice.engines import Engine, Played, Silence, SpeechDispatcher
from formcheck.io.voice.file import FileDesk
from formcheck.io.voice.manner import Manner
from formcheck.io.voice.players import players
from formcheck.io.voice.tones import Tones
from formcheck.io.voice.voices import Voice, espeak, sapi, say

NO_VOICE = (
    "no voice is installed: tones are played instead of words. "
    "Install espeak-ng (Debian and Ubuntu: sudo apt-get install espeak-ng)"
)
NO_LOUDSPEAKER = (
    "no loudspeaker is found: nothing will be heard. Connect one, or install what plays sound "
    "(Debian and Ubuntu: sudo apt-get install libportaudio2 alsa-utils)"
)


def voices(manner: Manner) -> list[Voice]:
    """Return the voices there are, the best first; tones are always among them."""
    found = (say(manner), sapi(manner), espeak(manner))
    return [*(voice for voice in found if voice is not None), Tones()]


def engines(manner: Manner) -> list[Engine]:
    """Return the engines there are, the best first, ending with silence."""
    *speech, tones = ([Played(voice, player, manner.volume) for player in players()] for voice in voices(manner))
    dispatcher = SpeechDispatcher.find(manner)
    rendered = [engine for each in speech for engine in each]
    return [*rendered, *([dispatcher] if dispatcher else []), *tones, Silence()]


def open_desk(manner: Manner, notice: Callable[[str], None], voice_file: Path | None = None) -> Desk:
    """Open a desk that works: it speaks, or plays tones, or is silent, and says which in a notice.

    Args:
        manner: how is spoken.
        notice: is told, in words for the person, where there is less than speech, and when an engine dies; then from
            the desk's thread.
        voice_file: a WAV file that takes the loudspeaker's place.

    Raises:
        OutputError: the voice file cannot be written.
    """
    if voice_file is not None:
        found = voices(manner)
        if found[0].kind != "speech":
            notice(NO_VOICE)
        return FileDesk(voice_file, [*found, Silence()], notice, manner.volume)
    chosen = engines(manner)
    if chosen[0].kind == "silence":
        notice(NO_LOUDSPEAKER)
    elif chosen[0].kind == "tones":
        notice(NO_VOICE)
    return LiveDesk(chosen, notice)
