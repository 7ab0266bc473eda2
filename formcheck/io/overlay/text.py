"""Words on translucent panels, rendered once and kept."""

from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np

from formcheck.io.overlay.fonts import font
from formcheck.io.overlay.icons import Icon, icon
from formcheck.io.overlay.sheet import Sheet, laid, rounded
from formcheck.io.overlay.style import INK, Colour
from formcheck.io.overlay.wrap import wrap

_SMALLEST = 6


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


Lines = tuple[tuple[Words, ...], ...]


@lru_cache(maxsize=1024)
def width_of(words: Words) -> int:
    """Return how wide a run of text is, in pixels."""
    room = (64 + 2 * words.size * (len(words.text) + 1), 4 * words.size)
    box = cv2.getTextSize(room, words.text, (0, 2 * words.size), font(words.text), words.size, words.weight)
    return int(box[0]) + int(box[2])


@lru_cache(maxsize=64)
def broken(words: Words, most: int) -> Lines:
    """Return a run of text on as few lines as fit into ``most`` pixels."""
    rows = wrap(words.text, most, lambda row: width_of(replace(words, text=row)))
    return tuple((replace(words, text=row),) for row in rows)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Distances within a panel; all follow its largest type."""

    lines: Lines
    pad: int
    gap: int
    sign: int
    width: int


def _lay_out(lines: Lines, sign: Sign | None, least: int, rim: int | None = None) -> _Layout:
    largest = max(words.size for line in lines for words in line)
    pad, gap = max(3, largest // 3) if rim is None else rim, max(2, largest // 4)
    side = round(1.05 * max(words.size for words in lines[0])) if sign is not None else 0
    text = max(sum(width_of(words) + gap for words in line) - gap for line in lines)
    return _Layout(lines, pad, gap, side, max(least, text + 2 * pad + (side + gap if side else 0)))


@lru_cache(maxsize=64)
def extent(lines: Lines) -> int:
    """Return how wide a panel with these lines is, in pixels, where there is room."""
    return _lay_out(lines, None, 0).width


@lru_cache(maxsize=64)  # what one repetition shows, and not all that a long session has shown
def panel(
    lines: Lines, most: int, sign: Sign | None = None, least: int = 0, *, bare: bool = False, rim: int | None = None
) -> Sheet:
    """Return a panel with lines of words.

    Args:
        lines: each a row of runs of text.
        most: width in pixels it must not exceed; type is made smaller until it fits.
        sign: stands before the first line.
        least: width in pixels it must have, so that it does not jump when its words change.
        bare: without a ground, for words on a panel that is there already.
        rim: width of the ground around the words, where it is not to follow the type.
    """
    plan = _lay_out(lines, sign, min(least, most), rim)
    while plan.width > most and max(w.size for line in lines for w in line) > _SMALLEST:
        share = max(0.5, min(0.95, most / plan.width))
        lines = tuple(tuple(replace(w, size=max(_SMALLEST, int(w.size * share))) for w in line) for line in lines)
        plan = _lay_out(lines, sign, min(least, most), rim)
    heights = [round(1.25 * max(words.size for words in line)) for line in lines]
    width, height = max(1, min(plan.width, most)), sum(heights) + 2 * plan.pad
    cover = np.zeros((height, width, 3), np.uint8)
    colours = np.zeros((height, width, 3), np.uint8)
    y, left = plan.pad, plan.pad + (plan.sign + plan.gap if sign is not None else 0)
    for line, line_height in zip(lines, heights, strict=True):
        x = left
        baseline = y + line_height // 2 + round(0.36 * max(words.size for words in line))
        for words in line:
            cv2.putText(cover, words.text, (x, baseline), (255, 255, 255), font(words.text), words.size, words.weight)
            step = width_of(words) + plan.gap
            colours[y : y + line_height + plan.pad, x : x + step] = words.colour
            x += step
        y += line_height
    if sign is not None:
        top = plan.pad + (heights[0] - plan.sign) // 2
        shape = icon(sign.icon, plan.sign)[:, : max(0, width - plan.pad)]
        cover[top : top + plan.sign, plan.pad : plan.pad + shape.shape[1]] = shape[..., None]
        colours[top : top + plan.sign, plan.pad : plan.pad + shape.shape[1]] = sign.colour
    back = np.zeros((height, width), np.float32) if bare else rounded(width, height, plan.pad)
    return laid(cover.astype(np.float32) / 255, colours, back)


@lru_cache(maxsize=8)
def symbol(sign: Sign, side: int) -> Sheet:
    """Return a sign by itself, without a ground."""
    cover = np.repeat(icon(sign.icon, side)[..., None], 3, axis=2).astype(np.float32) / 255
    return laid(cover, np.full(cover.shape, sign.colour, np.uint8), np.zeros((side, side), np.float32))
