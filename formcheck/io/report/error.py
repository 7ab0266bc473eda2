"""How much a number must change between two sessions before that says anything about the person."""

from math import hypot, isfinite, nan
from statistics import median

from formcheck.io.report.words import TILT

_BETWEEN_SESSIONS = {
    # straight leg raise by phone, another tester or another day: MDC95 10.2
    "leg_elevation_deg": 10.0,
    # what the correction of the model's hip leaves between bodies and camera places, on rendered truth
    "hip_angle_deg": 6.0,
    # one camera against motion capture, published: 7.1 on average
    "knee_angle_deg": 7.0,
    # two estimates of 5.1 degrees each (the mean stated error on rendered truth)
    TILT: 7.2,
    # times of holds were off by 0.38 at most on rendered truth; phases are found the same way
    "hold_s": 0.4,
    "up_s": 0.4,
    "down_s": 0.4,
    "rest_s": 0.4,
    "held_s": 0.4,
}


def between_sessions(key: str, *stated: float) -> float:
    """Return the difference between two sessions up to which it is no evidence, in the measure's unit.

    Args:
        key: of the measure.
        stated: half-widths that the sessions state themselves (the tilt's), where they do.

    Returns:
        NaN where nothing is known of it.
    """
    known = [error for error in stated if isfinite(error)]
    if len(known) > 1:
        return hypot(*known[:2])
    return _BETWEEN_SESSIONS.get(key, nan)


def typical(errors: list[float]) -> float:
    """Return the median of the errors that are known; NaN without any."""
    known = [error for error in errors if isfinite(error)]
    return median(known) if known else nan
