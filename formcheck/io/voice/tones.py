"""Tones in place of words: what kind of message it is shows in their number, direction and rhythm."""

import numpy as np

from formcheck.io.voice.kind import Kind
from formcheck.io.voice.line import Line
from formcheck.io.voice.sound import RATE, Samples, Sound
from formcheck.session.coaching import Urgency

_LOUD = 0.35 * 32767
_EDGE_S = 0.012

_Glide = tuple[float, float, float, float]
"""From and to, Hz; how long and how long silent after it, s."""

PATTERNS: dict[Urgency, tuple[_Glide, ...]] = {
    # an alarm: high and low by turns, and long
    Urgency.SAFETY: ((988, 988, 0.16, 0.02), (659, 659, 0.16, 0.02)) * 3,
    # something begins or ends: two long tones, rising
    Urgency.STAGE: ((440, 440, 0.25, 0.05), (660, 660, 0.35, 0.0)),
    # one more: a single short beep
    Urgency.COUNT: ((880, 880, 0.10, 0.0),),
    # something to correct: two short tones, falling
    Urgency.CUE: ((587, 587, 0.14, 0.05), (392, 392, 0.22, 0.0)),
    # breathe: a soft glide up and down
    Urgency.BREATH: ((260, 390, 0.45, 0.0), (390, 260, 0.45, 0.0)),
    # well done: three quick tones, rising
    Urgency.PRAISE: ((523, 523, 0.09, 0.02), (659, 659, 0.09, 0.02), (784, 784, 0.20, 0.0)),
}


class Tones:
    """The voice that needs no engine."""

    name = "tones"
    kind: Kind = "tones"

    def render(self, line: Line) -> Sound:
        """Return the tones of a line's kind of message."""
        return Sound(np.concatenate([_glide(*each) for each in PATTERNS[line.urgency]]))


def _glide(start: float, end: float, seconds: float, silent: float) -> Samples:
    n, edge = round(seconds * RATE), round(_EDGE_S * RATE)
    turns = np.cumsum(np.linspace(start, end, n)) / RATE
    edges = np.minimum(1.0, np.minimum(np.arange(n), np.arange(n)[::-1]) / edge)
    wave = np.rint(_LOUD * edges * np.sin(2 * np.pi * turns)).astype(np.int16)
    return np.concatenate([wave, np.zeros(round(silent * RATE), np.int16)])
