"""Where the camera stands, as far as one pose tells: estimates, to advise by and not to measure by."""

from dataclasses import dataclass
from math import atan2, degrees, hypot

from formcheck.core.body import Body
from formcheck.core.landmarks import LANDMARKS, Part, other
from formcheck.core.pose import Pose

_MARGIN = 0.015
"""How near to the picture's edge, as a share of its size, a joint is about to leave it."""
_HEAD = (Part.EAR, Part.SHOULDER)
_FEET = (Part.KNEE, Part.ANKLE, Part.TOE)


@dataclass(frozen=True, slots=True)
class View:
    """What one frame says of the camera's place.

    Attributes:
        toward_feet: how far the camera stands from the side toward the feet, degrees; negative = toward the head.
        above: how far it looks down, degrees.
        trunk_share: length of the trunk as a share of the picture's width.
        trunk_px: the same in pixels.
        head_out: the head leaves the picture, or is about to.
        feet_out: a foot or knee does.
        leg_room: what is left of the picture above the hip, in lengths of the near leg.
    """

    toward_feet: float
    above: float
    trunk_share: float
    trunk_px: float
    head_out: bool
    feet_out: bool
    leg_room: float


def view(pose: Pose, body: Body) -> View:
    """Return what ``pose`` says of the camera's place; ``body`` is the same person, made ready to judge."""
    near, far = body.side, other(body.side)
    across = pose.world[Part.SHOULDER.on(near)] - pose.world[Part.SHOULDER.on(far)]
    # seen from the feet's end, the near shoulder lies nearer to the head than the far one, in the picture
    to_head = float(across[0]) if body.head_right else -float(across[0])
    depth = max(1e-6, -float(across[2]))
    out = _outside(pose)
    hip, knee, ankle = (pose.xy[part.on(near)] for part in (Part.HIP, Part.KNEE, Part.ANKLE))
    leg = hypot(*(knee - hip)) + hypot(*(ankle - knee))
    return View(
        toward_feet=degrees(atan2(to_head, depth)),
        above=degrees(atan2(float(across[1]), depth)),
        trunk_share=body.trunk / pose.size[0],
        trunk_px=body.trunk,
        head_out=any(part.on(near) in out for part in _HEAD),
        feet_out=any(part.on(side) in out for part in _FEET for side in (near, far)),
        leg_room=float(hip[1]) / max(1.0, float(leg)),
    )


def _outside(pose: Pose) -> set[int]:
    width, height = pose.size
    mx, my = width * _MARGIN, height * _MARGIN
    x, y = pose.xy[:, 0], pose.xy[:, 1]
    kept = (mx <= x) & (x <= width - mx) & (my <= y) & (y <= height - my)
    return {i for i in range(LANDMARKS) if not kept[i]}
