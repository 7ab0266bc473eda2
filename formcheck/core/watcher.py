"""From what is seen in a frame to a body with everything that is known of it."""

from dataclasses import replace
from math import hypot

import numpy as np

from formcheck.core.body import Body
from formcheck.core.landmarks import Landmark, Part
from formcheck.core.pose import Pose, Sight
from formcheck.core.tilt import TiltMeter
from formcheck.core.tracking import BodyTracker

_JUMP = 0.10
_JUMP_PER_S = 1.0
"""Trunk lengths, and trunk lengths a second, by which most of the joints move at once only where the film was cut, the
camera was pushed, or another person is seen."""
_STILL = 2
"""All of the eight but two: two legs that scissor are still one person."""
_GAP_S = 0.5
_LIMBS = [part.on(side) for part in (Part.SHOULDER, Part.HIP, Part.KNEE, Part.ANKLE) for side in ("left", "right")]


class Watcher:
    """Feed it every frame of one session."""

    def __init__(self) -> None:
        self._tracker = BodyTracker()
        self._tilt = TiltMeter()
        self._last: Pose | None = None

    def step(self, sight: Sight) -> Body | None:
        """Return the person, or None where nobody can be trusted to be seen."""
        pose = sight.pose
        if pose is None:
            return None
        anew = self._last is not None and _jumped(self._last, pose)
        self._last = pose
        if anew:
            self._tracker, self._tilt = BodyTracker(), TiltMeter()
        body = self._tracker.step(pose)
        return body and replace(body, tilt=self._tilt.step(sight, body), anew=anew, memo={}, twins=[])


def _jumped(last: Pose, pose: Pose) -> bool:
    """Whether the person is somewhere else all at once."""
    dt = pose.t - last.t
    if dt > _GAP_S:
        return False
    trunk = hypot(*(last.xy[Landmark.LEFT_SHOULDER] - last.xy[Landmark.LEFT_HIP]))
    steps = pose.xy[_LIMBS] - last.xy[_LIMBS]
    moved = sorted(np.hypot(steps[:, 0], steps[:, 1]).tolist())[_STILL]
    return bool(moved > (_JUMP + _JUMP_PER_S * dt) * max(trunk, 1.0))
