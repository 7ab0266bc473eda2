"""Arms for posed figures."""

from dataclasses import replace
from math import cos, radians, sin

import numpy as np

from formcheck.core.landmarks import Part, Side
from formcheck.core.pose import Pose


def posed(pose: Pose, slope: float, elbow: float = 175.0, *, sides: tuple[Side, ...] = ("right",)) -> Pose:
    """The pose with its arms at ``slope`` degrees (0 = along the trunk toward the feet, 90 = straight up), bent at the
    elbow to ``elbow`` degrees."""
    xy = pose.xy.copy()
    trunk = float(np.hypot(*(xy[Part.SHOULDER.on("right")] - xy[Part.HIP.on("right")])))
    for side in sides:
        shoulder = xy[Part.SHOULDER.on(side)]
        feet = np.sign(xy[Part.HIP.on(side)][0] - shoulder[0])

        def limb(degrees: float, feet: float = feet) -> np.ndarray:
            return 0.5 * trunk * np.array([feet * cos(radians(degrees)), -sin(radians(degrees))])

        xy[Part.ELBOW.on(side)] = shoulder + limb(slope)
        xy[Part.WRIST.on(side)] = shoulder + limb(slope) + limb(slope + (180 - elbow))
    return replace(pose, xy=xy)


def raised(pose: Pose, share: float) -> Pose:
    """The pose with the near arm on the mat (0) to straight up (1)."""
    return posed(pose, 90.0 * share - 2)
