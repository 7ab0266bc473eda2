"""The voice: what is said aloud, when, by which engine; tones where there is none, silence where nothing sounds.

The system's own engines are asked to render each sentence into a WAV file, which is then played: ``say`` on macOS, SAPI
on Windows, espeak-ng elsewhere; speech-dispatcher speaks by itself where espeak-ng has no command. Not pyttsx3: on
Linux it drives the same espeak-ng and plays through ``aplay``, with no way of cutting a sentence off; on macOS it wants
the main thread, which belongs to the window; and an event loop of its own that hangs cannot be ended, where a command
that hangs is killed. Rendering also makes the words testable: a file takes the loudspeaker's place, with the same
rules.
"""

from formcheck.io.voice.choose import open_desk
from formcheck.io.voice.desk import Desk
from formcheck.io.voice.line import Line
from formcheck.io.voice.manner import Manner
from formcheck.io.voice.sink import VoiceSink
from formcheck.io.voice.speaker import Speaker

__all__ = ["Desk", "Line", "Manner", "Speaker", "VoiceSink", "open_desk"]
