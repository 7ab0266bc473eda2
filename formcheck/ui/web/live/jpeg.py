"""Pictures as browsers send them. Nothing is decoded before its size is known: a small file can be a huge picture."""

import cv2
import numpy as np

from formcheck.core.frame import Image

MOST_PIXELS = 3840 * 2160
LEAST_EDGE = 16
_NO_SIZE = {0xC4, 0xC8, 0xCC}
"""Markers among those of a picture's start that are none."""
_ALONE = {0x01, *range(0xD0, 0xD9)}
"""Markers without a length."""


class BrokenFrameError(Exception):
    """A picture cannot be used; the message says why."""


def decoded(data: bytes) -> Image:
    """Return a JPEG as a picture, (H, W, 3) uint8 RGB.

    Raises:
        BrokenFrameError: it is none, is cut off, or is too large or too small.
    """
    width, height = size_of(data)
    if min(width, height) < LEAST_EDGE or width * height > MOST_PIXELS:
        raise BrokenFrameError(f"a picture of {width}x{height} pixels cannot be judged")
    if not data.rstrip(b"\0").endswith(b"\xff\xd9"):
        raise BrokenFrameError("the picture is cut off")
    try:
        image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB | cv2.IMREAD_IGNORE_ORIENTATION)
    except cv2.error as error:
        raise BrokenFrameError("the picture cannot be decoded") from error
    if image is None or image.shape != (height, width, 3):
        raise BrokenFrameError("the picture cannot be decoded")
    return np.ascontiguousarray(image, np.uint8)


def size_of(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels, as a JPEG's header says.

    Raises:
        BrokenFrameError: it is no JPEG, or its header is cut off.
    """
    if data[:2] != b"\xff\xd8":
        raise BrokenFrameError("this is no JPEG picture")
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # filling
            at += 1
        elif marker in _ALONE:
            at += 2
        elif 0xC0 <= marker <= 0xCF and marker not in _NO_SIZE:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        else:
            at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4], "big"))
    raise BrokenFrameError("the picture has no size")
