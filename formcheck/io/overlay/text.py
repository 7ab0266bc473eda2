"""Words on translucent panels, rendered once and kept."""

import threading
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from formcheck.core.frame import Image
from formcheck.io.overlay.style import INK, PANEL, PANEL_ALPHA, Colour

_own = threading.local()  # a FontFace is not made for use from several threads


def _font() -> cv2.FontFace:
    if not hasattr(_own, "font"):
        _own.font = cv2.FontFace("sans")
    font: cv2.FontFace = _own.font
    return font


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text: size in pixels, weight 100..900."""

    text: str
    size: int
    colour: Colour = INK
    weight: int = 500


def width_of(words: Words) -> int:
    """Return how wide a run of text is, in pixels."""
    box = cv2.getTextSize((8192, 512), words.text, (0, 256), _font(), words.size, words.weight)
    return int(box[2])


@lru_cache(maxsize=256)
def panel(lines: tuple[tuple[Words, ...], ...], stripe: Colour | None, most: int) -> Image:
    """Return a panel with lines of words as (H, W, 4) uint8: RGB and opacity.

    Args:
        lines: each a row of runs of text.
        stripe: colour of the bar at the left edge, None = no bar.
        most: width in pixels it must not exceed; type is made smaller until it fits.
    """
    while True:
        largest = max(words.size for line in lines for words in line)
        pad = max(3, largest // 3)
        gap = max(2, largest // 4)
        bar = max(3, largest // 5) + gap if stripe is not None else 0
        widths = [sum(width_of(words) + gap for words in line) - gap for line in lines]
        width = max(widths) + 2 * pad + bar
        if width <= most or largest <= 7:
            break
        share = max(0.5, min(0.95, most / width))
        lines = tuple(
            tuple(Words(w.text, max(6, int(w.size * share)), w.colour, w.weight) for w in line) for line in lines
        )
    width = min(width, most)
    heights = [round(1.25 * max(words.size for words in line)) for line in lines]
    height = sum(heights) + 2 * pad - largest // 6
    sheet = np.zeros((height, width, 4), np.uint8)
    sheet[..., :3] = PANEL
    sheet[..., 3] = _rounded(width, height, pad)
    ink = np.zeros((height, width, 3), np.uint8)
    colours = np.zeros((height, width, 3), np.uint8)
    y = pad
    for line, line_height in zip(lines, heights, strict=True):
        x = pad + bar
        baseline = y + round(0.95 * max(words.size for words in line))
        for words in line:
            cv2.putText(ink, words.text, (x, baseline), (255, 255, 255), _font(), words.size, words.weight)
            step = width_of(words)
            colours[y : y + line_height + pad, x : x + step + gap] = words.colour
            x += step + gap
        y += line_height
    if stripe is not None:
        sheet[pad : height - pad, pad // 2 : pad // 2 + bar - gap, :3] = stripe
        sheet[pad : height - pad, pad // 2 : pad // 2 + bar - gap, 3] = 255
    cover = ink[..., :1].astype(np.uint16)
    sheet[..., :3] = (sheet[..., :3] * (255 - cover) + colours * cover) // 255
    sheet[..., 3] = np.maximum(sheet[..., 3], ink[..., 0])
    sheet.setflags(write=False)
    return sheet


def _rounded(width: int, height: int, radius: int) -> Image:
    """Opacity of an empty panel with round corners."""
    mask = np.zeros((height, width), np.uint8)
    level = round(255 * PANEL_ALPHA)
    radius = min(radius, width // 2, height // 2)
    cv2.rectangle(mask, (radius, 0), (width - radius - 1, height - 1), level, -1)
    cv2.rectangle(mask, (0, radius), (width - 1, height - radius - 1), level, -1)
    for x in (radius, width - radius - 1):
        for y in (radius, height - radius - 1):
            cv2.circle(mask, (x, y), radius, level, -1)
    return mask


def put(image: Image, sheet: Image, x: int, y: int) -> None:
    """Lay a panel over the picture with its upper left corner at x, y; what sticks out is cut off."""
    height, width = image.shape[:2]
    x0, y0, x1, y1 = max(0, x), max(0, y), min(width, x + sheet.shape[1]), min(height, y + sheet.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    part = sheet[y0 - y : y1 - y, x0 - x : x1 - x]
    below = image[y0:y1, x0:x1]
    alpha = part[..., 3:].astype(np.uint16)
    below[:] = ((part[..., :3] * alpha + below * (255 - alpha)) // 255).astype(np.uint8)
