"""The voice."""

from formcheck.io.voice.choose import NO_LOUDSPEAKER, NO_VOICE, engines
from formcheck.io.voice.manner import Manner
from formcheck.ui.doctor.check import Check


def voice() -> Check:
    """Look which engine would speak."""
    first = engines(Manner())[0]
    if first.kind == "speech":
        return Check("voice", "pass", first.name)
    problem, _, remedy = (NO_VOICE if first.kind == "tones" else NO_LOUDSPEAKER).partition(". ")
    return Check("voice", "warn", problem, f"{remedy}.")
