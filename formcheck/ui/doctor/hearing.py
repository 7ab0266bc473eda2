"""The voice.

INTEGRATE: a stand-in that only looks for the system's commands. It is to be::

    first = engines(Manner())[0]
    if first.kind == "speech": return Check("voice", "pass", first.name)
    ... "tones" -> warn with NO_VOICE, "silence" -> warn with NO_LOUDSPEAKER
"""

import shutil

from formcheck.ui.doctor.check import Check

_COMMANDS = ("say", "espeak-ng", "spd-say")


def voice() -> Check:
    """Look which engine would speak."""
    found = next((command for command in _COMMANDS if shutil.which(command)), None)
    if found is None:
        return Check("voice", "warn", "no speech engine: tones instead", "Install espeak-ng.")
    return Check("voice", "pass", found)
