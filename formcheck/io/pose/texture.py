"""How the picture of the pelvis moves: two patches of clothing or skin, each registered on itself at rest.

No landmark lies on the pelvic rim. When the pelvis rocks, the cloth over the hip and over the belly shifts by a few
hundredths of the trunk's length. Each patch is registered as a whole (enhanced correlation coefficient, Evangelidis
and Psarakis 2008) on the picture it was taken from, never on the frame before, so nothing adds up to a drift. Sparse
optical flow was tried first and lost plain cloth; whole patches follow it (``docs/pelvic-tilt.md`` compares).
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from math import hypot

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.core.frame import Image
from formcheck.core.landmarks import Landmark, Part, Side
from formcheck.core.pose import FloatArray, Patch, Pose, Texture

_EVERY_S = 1 / 12
"""The pelvis rocks slowly; looking at every frame would cost more and tell no more."""
_TRUNK_PX = 140.0
"""Trunk length to which larger pictures are reduced: a hundredth of it is still more than a pixel."""
_STILL_S = 0.5
_STILL = 0.012
"""Trunk lengths that the hip may wander in that time for a picture of it to be taken."""
_AWAY = 0.30
"""Trunk lengths from where the picture was taken at which somebody lies elsewhere now."""
_POOR_S = 1.5
_LIKE = 0.85
_PLAIN = 1.5
"""Grey levels of standard deviation under which there is nothing to register."""
_MARGIN = 0.30
_STEPS = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 12, 1e-4)
_ARM = (Part.SHOULDER, Part.ELBOW, Part.WRIST)
_HAND = (Landmark.LEFT_INDEX, Landmark.RIGHT_INDEX)

_Grey = NDArray[np.uint8]
_Warp = NDArray[np.float32]


@dataclass(slots=True)
class _Template:
    """A patch as it was: its grey picture, where its corner is in the crop, and the last registration."""

    grey: _Grey
    corner: tuple[int, int]
    warp: _Warp

    def at_rest(self) -> _Warp:
        return np.array([[1, 0, self.corner[0]], [0, 1, self.corner[1]]], np.float32)


@dataclass(slots=True)
class _Seed:
    """Everything that was taken at one moment."""

    number: int
    hip: FloatArray
    trunk: float
    scale: float
    left: int
    top: int
    right: int
    bottom: int
    patches: tuple[_Template | None, _Template | None]


class PelvisTexture:
    """Watches the two patches through a recording."""

    def __init__(self) -> None:
        self._seed: _Seed | None = None
        self._number = 0
        self._looked_at: float | None = None
        self._recent: deque[tuple[float, float, float]] = deque()
        self._poor_since: float | None = None

    def look(self, image: Image | Callable[[], Image], pose: Pose) -> Texture | None:
        """Return how the patches have moved; None where nobody lies, or between looks.

        Args:
            image: (H, W, 3) uint8 RGB, or what makes it: called only where it is looked at.
            pose: found in it.
        """
        side = _near(pose)
        hip, shoulder = pose.xy[Part.HIP.on(side)], pose.xy[Part.SHOULDER.on(side)]
        trunk = hypot(*(shoulder - hip))
        if trunk < 20 or abs(shoulder[1] - hip[1]) > 0.7 * abs(shoulder[0] - hip[0]):
            self._recent.clear()
            return None
        if self._looked_at is not None and 0 <= pose.t - self._looked_at < _EVERY_S - 1e-6:
            return None
        self._looked_at = pose.t
        still = self._still(pose.t, hip, trunk)
        self._drop_if_useless(pose.t, hip, trunk)
        if self._seed is None:
            if not still:
                return None
            image = image() if callable(image) else image
            self._seed = self._take(image, hip, shoulder, trunk)
        seed = self._seed
        grey = _crop(image() if callable(image) else image, seed)
        free = _without_arms(grey, pose, seed)
        found = [_register(patch, grey, free, seed.scale) for patch in seed.patches]
        if all(patch is None or patch.likeness < _LIKE for patch in found):
            self._poor_since = pose.t if self._poor_since is None else self._poor_since
        else:
            self._poor_since = None
        return Texture(seed.number, found[0], found[1])

    def _still(self, t: float, hip: FloatArray, trunk: float) -> bool:
        self._recent.append((t, float(hip[0]), float(hip[1])))
        while t - self._recent[0][0] > _STILL_S:
            self._recent.popleft()
        rows = np.array(self._recent)
        wander = float(np.ptp(rows[:, 1:], axis=0).max())
        return t - self._recent[0][0] > 0.7 * _STILL_S and wander <= max(1.0, _STILL * trunk)

    def _drop_if_useless(self, t: float, hip: FloatArray, trunk: float) -> None:
        """Forget the patches of somebody who lies elsewhere now, or whose clothes look different."""
        seed = self._seed
        if seed is None:
            return
        moved = hypot(*(hip - seed.hip)) > _AWAY * seed.trunk or not 0.75 < trunk / seed.trunk < 1.33
        poor = self._poor_since is not None and t - self._poor_since > _POOR_S
        if moved or poor:
            self._seed, self._poor_since = None, None

    def _take(self, image: Image, hip: FloatArray, shoulder: FloatArray, trunk: float) -> _Seed:
        self._number += 1
        scale = min(1.0, _TRUNK_PX / trunk)
        along = (shoulder - hip) / trunk
        up = np.array([along[1], -along[0]])
        if up[1] > 0:
            up = -up
        squares = ((hip, 0.20 * trunk), (hip + (0.12 * along + 0.14 * up) * trunk, 0.16 * trunk))
        height, width = image.shape[:2]
        low = np.min([centre - half for centre, half in squares], axis=0) - _MARGIN * trunk
        high = np.max([centre + half for centre, half in squares], axis=0) + _MARGIN * trunk
        left, top = (int(max(0.0, v)) for v in low)
        right, bottom = int(min(width, high[0])), int(min(height, high[1]))
        seed = _Seed(self._number, hip.copy(), trunk, scale, left, top, right, bottom, (None, None))
        if right - left < 16 or bottom - top < 16:
            return seed
        grey = _crop(image, seed)
        corner = np.array([left, top])
        seed.patches = (
            _cut(grey, (squares[0][0] - corner) * scale, squares[0][1] * scale),
            _cut(grey, (squares[1][0] - corner) * scale, squares[1][1] * scale),
        )
        return seed


def _near(pose: Pose) -> Side:
    """The side toward the camera in this frame."""
    z = pose.world[:, 2]
    left = z[Landmark.LEFT_SHOULDER] + z[Landmark.LEFT_HIP]
    return "left" if left < z[Landmark.RIGHT_SHOULDER] + z[Landmark.RIGHT_HIP] else "right"


def _crop(image: Image, seed: _Seed) -> _Grey:
    grey = cv2.cvtColor(image[seed.top : seed.bottom, seed.left : seed.right], cv2.COLOR_RGB2GRAY)
    if seed.scale < 1:
        grey = cv2.resize(grey, None, fx=seed.scale, fy=seed.scale, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.8), np.uint8)


def _cut(grey: _Grey, centre: FloatArray, half: float) -> _Template | None:
    """Cut a square out; None where it leaves the picture or has no texture."""
    x, y = (round(float(v - half)) for v in centre)
    side = round(2 * half)
    if x < 0 or y < 0 or y + side > grey.shape[0] or x + side > grey.shape[1]:
        return None
    piece = grey[y : y + side, x : x + side].copy()
    if float(piece.std()) < _PLAIN:
        return None
    template = _Template(piece, (x, y), np.eye(2, 3, dtype=np.float32))
    template.warp = template.at_rest()
    return template


def _without_arms(grey: _Grey, pose: Pose, seed: _Seed) -> _Grey:
    """Where the crop shows no arm: a sleeve or a hand over the hip must not be taken for the pelvis."""
    free = np.full(grey.shape, 255, np.uint8)
    width = max(1, round(0.16 * seed.trunk * seed.scale))
    for side, hand in zip(("left", "right"), _HAND, strict=True):
        chain = [*(part.on(side) for part in _ARM), int(hand)]  # type: ignore[arg-type]
        points = ((pose.xy[chain] - (seed.left, seed.top)) * seed.scale).clip(-3000, 3000).round().astype(np.int32)
        cv2.polylines(free, [points], False, 0, width)
    return free


def _register(patch: _Template | None, grey: _Grey, free: _Grey, scale: float) -> Patch | None:
    """Return how a patch has moved since it was taken."""
    if patch is None:
        return None
    try:
        likeness, warp = cv2.findTransformECC(patch.grey, grey, patch.warp, cv2.MOTION_EUCLIDEAN, _STEPS, free, 1)
    except cv2.error:  # it does not converge: covered, or moved too far
        patch.warp = patch.at_rest()
        return None
    x, y = patch.corner
    half = patch.grey.shape[0] / 2
    centre = warp[:, :2] @ np.array([half, half]) + warp[:, 2]
    turn = float(np.degrees(np.arctan2(warp[1, 0], warp[0, 0])))
    dx, dy = float(centre[0] - x - half), float(centre[1] - y - half)
    if likeness < _LIKE or abs(turn) > 40 or hypot(dx, dy) > 2 * half:
        patch.warp = patch.at_rest()
    else:
        patch.warp = np.asarray(warp, np.float32)
    return Patch(round(dx / scale, 2), round(dy / scale, 2), round(turn, 2), round(float(likeness), 3))
