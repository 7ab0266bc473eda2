"""Panels as pictures with a translucent ground, and how they are laid over a frame."""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.core.frame import Image
from formcheck.io.overlay.style import PANEL, PANEL_ALPHA

Share = NDArray[np.floating]
"""How much of each pixel something covers, 0..1."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A rendered panel: what it adds to the picture, and how much of the picture it keeps; both (H, W, 3) uint8."""

    adds: Image
    keeps: Image

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.adds.shape[1], self.adds.shape[0]


@lru_cache(maxsize=8)
def blank(width: int, height: int, radius: int) -> Sheet:
    """Return an empty panel with round corners."""
    nothing = np.zeros((height, width, 3), np.uint8)
    return laid(nothing.astype(np.float32), nothing, rounded(width, height, radius))


def laid(cover: Share, colours: Image, back: Share) -> Sheet:
    """Lay the words over the panel's ground, ready to be laid over pictures."""
    ground = np.asarray(PANEL, np.float32) * back[..., None]
    adds = np.rint(colours * cover + ground * (1 - cover)).astype(np.uint8)
    keeps = np.rint(255 * (1 - cover) * (1 - back[..., None])).astype(np.uint8)
    adds.setflags(write=False)
    keeps.setflags(write=False)
    return Sheet(adds, keeps)


def rounded(width: int, height: int, radius: int) -> Share:
    """Opacity 0..1 of an empty panel with round corners."""
    mask = np.zeros((height, width), np.uint8)
    radius = min(radius, (width - 1) // 2, (height - 1) // 2)
    cv2.rectangle(mask, (radius, 0), (width - radius - 1, height - 1), 255, -1)
    cv2.rectangle(mask, (0, radius), (width - 1, height - radius - 1), 255, -1)
    for x in (radius, width - radius - 1):
        for y in (radius, height - radius - 1):
            cv2.circle(mask, (x, y), radius, 255, -1, cv2.LINE_AA)
    return mask.astype(np.float32) * np.float32(PANEL_ALPHA / 255)


def put_around(image: Image, sheet: Sheet, p: tuple[float, float]) -> None:
    """Lay a panel over the picture with its middle at ``p``."""
    put(image, sheet, round(p[0] - sheet.size[0] / 2), round(p[1] - sheet.size[1] / 2))


def put(image: Image, sheet: Sheet, x: int, y: int) -> None:
    """Lay a panel over the picture with its upper left corner at x, y; what sticks out is cut off."""
    height, width = image.shape[:2]
    x0, y0, x1, y1 = max(0, x), max(0, y), min(width, x + sheet.size[0]), min(height, y + sheet.size[1])
    if x0 >= x1 or y0 >= y1:
        return
    part = np.s_[y0 - y : y1 - y, x0 - x : x1 - x]
    below = image[y0:y1, x0:x1]
    kept = cv2.multiply(below, np.ascontiguousarray(sheet.keeps[part]), scale=1 / 255)
    below[:] = cv2.add(kept, np.ascontiguousarray(sheet.adds[part]))
