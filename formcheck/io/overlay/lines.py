"""Lines with a halo, dashes, arrows and marks. All take float pixel positions and draw anti-aliased, in place."""

from collections.abc import Sequence
from math import cos, hypot, radians, sin

import cv2
import numpy as np

from formcheck.core.frame import Image
from formcheck.core.geometry import Point
from formcheck.io.overlay.style import HALO, Colour

_SHIFT = 4  # cv2 takes fixed-point positions: 1/16 pixel
_FAR = 30_000.0


def _fixed(p: Point) -> tuple[int, int]:
    """A position for cv2, kept within what its fixed-point numbers hold."""
    x, y = p
    return round(16 * min(_FAR, max(-_FAR, x))), round(16 * min(_FAR, max(-_FAR, y)))


def line(image: Image, a: Point, b: Point, colour: Colour, width: int, *, dashed: bool = False) -> None:
    """Draw a line over its halo; dashed where asked for."""
    halo = width + max(2, width)
    pieces = _dashes(a, b, 3.2 * width + 4) if dashed else [(a, b)]
    for start, end in pieces:
        cv2.line(image, _fixed(start), _fixed(end), HALO, halo, cv2.LINE_AA, _SHIFT)
    for start, end in pieces:
        cv2.line(image, _fixed(start), _fixed(end), colour, width, cv2.LINE_AA, _SHIFT)


def _dashes(a: Point, b: Point, length: float) -> list[tuple[Point, Point]]:
    total = hypot(b[0] - a[0], b[1] - a[1])
    n = min(60, max(1, int(total / (1.8 * length))))

    def at(share: float) -> Point:
        return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share

    return [(at((i + 0.05) / n), at((i + 0.6) / n)) for i in range(n)]


def around(centre: Point, radius: float, turn: float) -> Point:
    """Return the point that far from ``centre``, ``turn`` degrees clockwise from straight up."""
    return centre[0] + radius * sin(radians(turn)), centre[1] - radius * cos(radians(turn))


def arc(centre: Point, radius: float, start: float, end: float) -> list[Point]:
    """Return points along an arc between two turns (degrees clockwise from straight up)."""
    n = max(1, round(abs(end - start) / 5))
    return [around(centre, radius, start + (end - start) * i / n) for i in range(n + 1)]


def path(image: Image, points: Sequence[Point], colour: Colour, width: int, *, halo: bool = True) -> None:
    """Draw a line through all points, over its halo where asked for."""
    shape = [np.array([_fixed(p) for p in points], np.int32)]
    if halo:
        cv2.polylines(image, shape, False, HALO, width + max(2, width), cv2.LINE_AA, _SHIFT)
    cv2.polylines(image, shape, False, colour, width, cv2.LINE_AA, _SHIFT)


def fill(image: Image, points: Sequence[Point], colour: Colour) -> None:
    """Fill the shape that the points enclose."""
    cv2.fillPoly(image, [np.array([_fixed(p) for p in points], np.int32)], colour, cv2.LINE_AA, _SHIFT)


def dot(image: Image, p: Point, colour: Colour, radius: int) -> None:
    """Draw a joint."""
    cv2.circle(image, _fixed(p), round((radius + max(1, radius // 3)) * 16), HALO, -1, cv2.LINE_AA, _SHIFT)
    cv2.circle(image, _fixed(p), round(radius * 16), colour, -1, cv2.LINE_AA, _SHIFT)


def cross(image: Image, p: Point, colour: Colour, radius: int, width: int) -> None:
    """Draw the mark of something wrong."""
    for dx, dy in ((1, 1), (1, -1)):
        line(image, (p[0] - radius * dx, p[1] - radius * dy), (p[0] + radius * dx, p[1] + radius * dy), colour, width)


def arrow(image: Image, tail: Point, tip: Point, colour: Colour, width: int) -> None:
    """Draw a filled arrow that points at ``tip``: one shape, so that it stands out from dashes and lines."""
    length = hypot(tip[0] - tail[0], tip[1] - tail[1])
    if length < 1:
        return
    ux, uy = (tip[0] - tail[0]) / length, (tip[1] - tail[1]) / length
    head = min(3.2 * width, 0.7 * length)
    outline = (
        (0.0, 0.5 * width), (length - head, 0.5 * width), (length - head, 0.6 * head), (length, 0.0),
        (length - head, -0.6 * head), (length - head, -0.5 * width), (0.0, -0.5 * width),
    )  # fmt: skip
    corners = [
        _fixed((tail[0] + ux * along - uy * aside, tail[1] + uy * along + ux * aside)) for along, aside in outline
    ]
    shape = np.array(corners, np.int32)
    cv2.polylines(image, [shape], True, HALO, max(2, width // 2) + 1, cv2.LINE_AA, _SHIFT)
    cv2.fillPoly(image, [shape], colour, cv2.LINE_AA, _SHIFT)
