"""A sparse look at the whole picture: is there more than one person, and which is the larger?"""

from dataclasses import dataclass

import numpy as np

from formcheck.core.frame import Image
from formcheck.core.pose import Pose
from formcheck.io.pose.landmarker import Landmarker, Turn

_MOST = 4
_SAME = 0.3
"""Two findings that overlap by more than this are one person."""
_LEAST_SHARE = 0.25
"""A finding whose box is smaller than this share of the largest is a picture on the wall, or nothing."""
_LEAST_SEEN = 0.6
_MARGIN = 0.15
_GREY = 114


@dataclass(frozen=True, slots=True)
class Box:
    """A person's outline: pixel edges of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        """Size in square pixels."""
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)

    def overlap(self, other: "Box") -> float:
        """Return the shared area as a part of the smaller box, 0..1."""
        shared = Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )
        return shared.area / max(1.0, min(self.area, other.area))

    def only(self, image: Image) -> Image:
        """Return a copy of ``image`` in which all but this box, with a margin, is grey."""
        masked = np.full_like(image, _GREY)
        part = self._part(image)
        masked[part] = image[part]
        return masked

    def paint_over(self, image: Image) -> None:
        """Make this box, with a margin, grey in ``image``."""
        image[self._part(image)] = _GREY

    def _part(self, image: Image) -> tuple[slice, slice]:
        height, width = image.shape[:2]
        mx, my = _MARGIN * (self.right - self.left), _MARGIN * (self.bottom - self.top)
        return (
            slice(max(0, int(self.top - my)), min(height, int(self.bottom + my))),
            slice(max(0, int(self.left - mx)), min(width, int(self.right + mx))),
        )


def box_of(pose: Pose) -> Box:
    """Return the box around a person's landmarks, within the picture."""
    (left, top), (right, bottom) = pose.xy.min(axis=0), pose.xy.max(axis=0)
    width, height = pose.size
    return Box(max(0.0, left), max(0.0, top), min(float(width), right), min(float(height), bottom))


class Scout:
    """Finds everybody in a picture, largest first.

    Args:
        model: bytes of the pose bundle.
    """

    def __init__(self, model: bytes) -> None:
        self._landmarker = Landmarker(model, video=False, people=_MOST)

    def look(self, image: Image, turn: Turn = 0) -> list[Box]:
        """Return a box for each person in ``image`` (H, W, 3), largest first."""
        poses = self._everybody(image, turn)
        boxes: list[Box] = []
        for box in sorted(map(box_of, poses), key=lambda box: -box.area):
            if all(box.overlap(kept) <= _SAME for kept in boxes) and box.area >= _LEAST_SHARE * (
                boxes[0].area if boxes else 0.0
            ):
                boxes.append(box)
        return boxes

    def _everybody(self, image: Image, turn: Turn) -> list[Pose]:
        """Look again with those who were found painted over: beside a large person a smaller one is often missed."""
        poses: list[Pose] = []
        for _ in range(_MOST):
            found = [pose for pose in self._landmarker.find(image, 0.0, turn) if pose.seen.mean() >= _LEAST_SEEN]
            if not found:
                break
            poses += found
            image = image.copy()
            for pose in found:
                box_of(pose).paint_over(image)
        return poses

    def close(self) -> None:
        """Release the networks."""
        self._landmarker.close()
