"""Where one who follows the person may hand over to another who began later: where both see the same.

MediaPipe looks for the joints around where they were in the frame before, so two trackers with different pasts never
agree to the last digit: they stay some tenths of a degree apart, on hard pictures a degree or two, for as long as they
run. What matters is that both follow the same person, turned the same way, with the same leg called left. That holds
where no joint of the two lies further apart than a limb turned by one degree would move it.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import radians

import numpy as np

from formcheck.core.landmarks import Part
from formcheck.core.pose import Pose, Sight

_NEAR = radians(1.0)
"""In lengths of the longest limb."""
COMPARED = 2
"""Frames in a row that must agree: legs whose names are exchanged may pass each other in one."""
_PARTS = (Part.SHOULDER, Part.HIP, Part.KNEE, Part.ANKLE)
_JOINTS = [part.on(side) for part in _PARTS for side in ("left", "right")]
_BONES = [(upper.on(side), lower.on(side)) for upper, lower in pairwise(_PARTS) for side in ("left", "right")]


@dataclass(frozen=True, slots=True)
class Found:
    """What was seen in a frame.

    Attributes:
        sight: what.
        picture: a number made from the picture: another one, and it was another picture.
    """

    sight: Sight
    picture: int


def may_hand_over(old: list[Found], new: list[Found]) -> bool:
    """Whether two who saw the same frames, the last ones first, see the same in them."""
    return len(old) >= COMPARED <= len(new) and all(map(_same, old[:COMPARED], new[:COMPARED]))


def _same(a: Found, b: Found) -> bool:
    if a.picture != b.picture or a.sight.t != b.sight.t:
        return False
    p, q = a.sight.pose, b.sight.pose
    if p is None or q is None:
        return p is q
    apart = np.hypot(*(p.xy[_JOINTS] - q.xy[_JOINTS]).T)
    return float(apart.max()) <= _NEAR * _longest(p)


def _longest(pose: Pose) -> float:
    ends = pose.xy[_BONES]
    return float(np.hypot(*(ends[:, 0] - ends[:, 1]).T).max())
