"""Numbers that several exercises take of a finished movement."""

from math import nan

import numpy as np

from formcheck.core.filters import sustained
from formcheck.core.signals import Signal
from formcheck.exercises.hold_log import HoldLog
from formcheck.exercises.movement import Movement
from formcheck.exercises.rep_log import RepLog
from formcheck.exercises.vocabulary import Measure

KNEE_ERROR = 7.0
"""Degrees: one camera against motion capture, published, was 7.1 off on average."""
_TIME_ERROR = 0.4
"""Seconds: holds on rendered truth were off by 0.38 at most; phases are found the same way."""
_KNOWN = 0.7
"""Share of the frames that must be known for a value to be told."""


def peak(signal: Signal, title: str = "") -> Measure:
    """Return the measure of the counted signal's highest value."""
    return Measure(signal.key, lambda log: log.peak, title, signal.unit)


def stated_error(key: str) -> str:
    """Return the key of a value's own error, where it states one: ``tilt_deg`` has ``tilt_error_deg``."""
    return key.removesuffix("_deg") + "_error_deg"


def at_top(signal: Signal, title: str = "", error: float = nan) -> Measure:
    """Return the measure of a signal's median while at the top of a rep, or at rest in a stretch."""

    def median(log: Movement) -> float:
        if log.known(signal.key, *log.top) < _KNOWN:
            return nan
        x = log.during(signal.key, *log.top)
        return float(np.median(x)) if x.size else nan

    return Measure(signal.key, median, title, signal.unit, error=error)


def risen(key: str, signal: Signal, for_s: float) -> Measure:
    """Return the measure of how far a signal rose above its value at rest, and stayed for ``for_s`` seconds."""

    def rise(log: Movement) -> float:
        return sustained(log.during(signal.key, log.start, log.end), for_s) - log.rest_values[signal.key]

    return Measure(key, rise)


def _fastest(log: RepLog) -> float:
    return float(np.fmin(log.up_s, log.down_s))


def _rest_s(log: HoldLog) -> float:
    return log.rest_s


TOP_S = Measure("hold_s", lambda log: log.top[1] - log.top[0], "Hold", " s", 1, _TIME_ERROR)
UP_S = Measure("up_s", lambda log: log.up_s, "Up", " s", 1, _TIME_ERROR)
DOWN_S = Measure("down_s", lambda log: log.down_s, "Down", " s", 1, _TIME_ERROR)
FASTEST_S = Measure("fastest_phase_s", _fastest)
LEFT_OVER = Measure("left_over", lambda log: log.left_over)
REST_S = Measure("rest_s", _rest_s, "At rest", " s", 1, _TIME_ERROR)
