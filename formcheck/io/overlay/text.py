"""Words on translucent panels, rendered once and kept."""

import threading
from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.core.frame import Image
from formcheck.io.overlay.icons import Icon, icon
from formcheck.io.overlay.style import INK, PANEL, PANEL_ALPHA, Colour

_Share = NDArray[np.floating]
_SMALLEST = 6
_own = threading.local()  # a FontFace is not made for use from several threads


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text: size in pixels, weight 100..900."""

    text: str
    size: int
    colour: Colour = INK
    weight: int = 500


@dataclass(frozen=True, slots=True)
class Sign:
    """An icon and its colour, before the first line of a panel."""

    icon: Icon
    colour: Colour


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A rendered panel: what it adds to the picture, and how much of the picture it keeps; both (H, W, 3) uint8."""

    adds: Image
    keeps: Image

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.adds.shape[1], self.adds.shape[0]


Lines = tuple[tuple[Words, ...], ...]


def _font() -> cv2.FontFace:
    if not hasattr(_own, "font"):
        _own.font = cv2.FontFace("sans")
    font: cv2.FontFace = _own.font
    return font


@lru_cache(maxsize=1024)
def width_of(words: Words) -> int:
    """Return how wide a run of text is, in pixels."""
    room = (64 + 2 * words.size * (len(words.text) + 1), 4 * words.size)
    box = cv2.getTextSize(room, words.text, (0, 2 * words.size), _font(), words.size, words.weight)
    return int(box[0]) + int(box[2])


@dataclass(frozen=True, slots=True)
class _Layout:
    """Distances within a panel; all follow its largest type."""

    lines: Lines
    pad: int
    gap: int
    sign: int
    width: int


def _lay_out(lines: Lines, sign: Sign | None, least: int) -> _Layout:
    largest = max(words.size for line in lines for words in line)
    pad, gap = max(3, largest // 3), max(2, largest // 4)
    side = round(1.05 * largest) if sign is not None else 0
    text = max(sum(width_of(words) + gap for words in line) - gap for line in lines)
    return _Layout(lines, pad, gap, side, max(least, text + 2 * pad + (side + gap if side else 0)))


def extent(lines: Lines) -> int:
    """Return how wide a panel with these lines is, in pixels, where there is room."""
    return _lay_out(lines, None, 0).width


@lru_cache(maxsize=64)  # what one repetition shows, and not all that a long session has shown
def panel(lines: Lines, most: int, sign: Sign | None = None, least: int = 0, *, bare: bool = False) -> Sheet:
    """Return a panel with lines of words.

    Args:
        lines: each a row of runs of text.
        most: width in pixels it must not exceed; type is made smaller until it fits.
        sign: stands before the first line.
        least: width in pixels it must have, so that it does not jump when its words change.
        bare: without a ground, for words on a panel that is there already.
    """
    plan = _lay_out(lines, sign, min(least, most))
    while plan.width > most and max(w.size for line in lines for w in line) > _SMALLEST:
        share = max(0.5, min(0.95, most / plan.width))
        lines = tuple(tuple(replace(w, size=max(_SMALLEST, int(w.size * share))) for w in line) for line in lines)
        plan = _lay_out(lines, sign, min(least, most))
    heights = [round(1.25 * max(words.size for words in line)) for line in lines]
    width, height = max(1, min(plan.width, most)), sum(heights) + 2 * plan.pad
    cover = np.zeros((height, width, 3), np.uint8)
    colours = np.zeros((height, width, 3), np.uint8)
    y, left = plan.pad, plan.pad + (plan.sign + plan.gap if sign is not None else 0)
    for line, line_height in zip(lines, heights, strict=True):
        x = left
        baseline = y + line_height // 2 + round(0.36 * max(words.size for words in line))
        for words in line:
            cv2.putText(cover, words.text, (x, baseline), (255, 255, 255), _font(), words.size, words.weight)
            step = width_of(words) + plan.gap
            colours[y : y + line_height + plan.pad, x : x + step] = words.colour
            x += step
        y += line_height
    if sign is not None:
        top = plan.pad + (heights[0] - plan.sign) // 2
        shape = icon(sign.icon, plan.sign)[:, : max(0, width - plan.pad)]
        cover[top : top + plan.sign, plan.pad : plan.pad + shape.shape[1]] = shape[..., None]
        colours[top : top + plan.sign, plan.pad : plan.pad + shape.shape[1]] = sign.colour
    back = np.zeros((height, width), np.float32) if bare else _rounded(width, height, plan.pad)
    return _sheet(cover.astype(np.float32) / 255, colours, back)


@lru_cache(maxsize=8)
def blank(width: int, height: int, radius: int) -> Sheet:
    """Return an empty panel with round corners."""
    nothing = np.zeros((height, width, 3), np.uint8)
    return _sheet(nothing.astype(np.float32), nothing, _rounded(width, height, radius))


def _sheet(cover: _Share, colours: Image, back: _Share) -> Sheet:
    """Lay the words over the panel's ground, ready to be laid over pictures."""
    ground = np.asarray(PANEL, np.float32) * back[..., None]
    adds = np.rint(colours * cover + ground * (1 - cover)).astype(np.uint8)
    keeps = np.rint(255 * (1 - cover) * (1 - back[..., None])).astype(np.uint8)
    adds.setflags(write=False)
    keeps.setflags(write=False)
    return Sheet(adds, keeps)


def _rounded(width: int, height: int, radius: int) -> _Share:
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
