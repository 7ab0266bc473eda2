"""Pictures of one size, whatever size they come in: what follows measures in pixels and must not notice."""

import cv2
import numpy as np

from formcheck.core.frame import Image


def fitted(image: Image, size: tuple[int, int]) -> Image:
    """Return ``image`` (H, W, 3) within ``size`` (width, height), black beside it: angles stay what they are."""
    height, width = image.shape[:2]
    if (width, height) == size:
        return image
    share = min(size[0] / width, size[1] / height)
    inner = max(1, round(width * share)), max(1, round(height * share))
    way = cv2.INTER_AREA if share < 1 else cv2.INTER_LINEAR
    scaled = cv2.resize(image, inner, interpolation=way)
    canvas = np.zeros((size[1], size[0], 3), np.uint8)
    x, y = (size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2
    canvas[y : y + inner[1], x : x + inner[0]] = scaled
    return canvas
