"""One picture of a video or camera, with the moment it shows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""A picture: (H, W, 3) RGB."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A picture.

    Attributes:
        t: presentation time in seconds; the only clock there is.
        image: (H, W, 3) uint8, RGB, C-contiguous, upright.

    Raises:
        ValueError: the image has another shape, type or memory layout.
    """

    t: float
    image: Image

    def __post_init__(self) -> None:
        image = self.image
        if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8:
            raise ValueError(f"a frame is (H, W, 3) uint8 RGB, not {image.shape} {image.dtype}")
        if not image.flags.c_contiguous:
            # MediaPipe ignores strides and then silently finds nobody
            raise ValueError("a frame must be C-contiguous; make it so with numpy.ascontiguousarray")

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.image.shape[1], self.image.shape[0]
