"""Small signs on panels, drawn as shapes: what kind of message it is must show without reading and without colour."""

from typing import Literal

import cv2
import numpy as np

from formcheck.core.frame import Image

Icon = Literal["correct", "praise", "lost", "wait", "pause", "flag"]
"""Something to correct (triangle), well done (disc and check), not seen (crossed eye), not yet (three dots), the clock
stands (two bars), the end (a flag)."""


def icon(kind: Icon, side: int) -> Image:
    """Return the cover of a sign, 0..255, (side, side): drawn four times as large, then averaged."""
    n = 4 * max(4, side)
    sheet = np.zeros((n, n), np.uint8)

    def at(x: float, y: float) -> tuple[int, int]:
        return round(x * n), round(y * n)

    thick = max(1, round(0.10 * n))
    if kind == "correct":
        corners = np.array([at(0.5, 0.10), at(0.06, 0.88), at(0.94, 0.88)], np.int32)
        cv2.fillPoly(sheet, [corners], 255)
        cv2.polylines(sheet, [corners], True, 255, thick)
        cv2.line(sheet, at(0.5, 0.40), at(0.5, 0.62), 0, thick)
        cv2.circle(sheet, at(0.5, 0.78), thick // 2 + 1, 0, -1)
    elif kind == "praise":
        cv2.circle(sheet, at(0.5, 0.5), round(0.48 * n), 255, -1)
        cv2.polylines(sheet, [np.array([at(0.28, 0.52), at(0.44, 0.68), at(0.73, 0.34)], np.int32)], False, 0, thick)
    elif kind == "lost":
        cv2.ellipse(sheet, at(0.5, 0.5), (round(0.46 * n), round(0.28 * n)), 0, 0, 360, 255, thick * 2 // 3)
        cv2.circle(sheet, at(0.5, 0.5), round(0.14 * n), 255, -1)
        cv2.line(sheet, at(0.14, 0.90), at(0.86, 0.10), 0, 2 * thick)
        cv2.line(sheet, at(0.14, 0.90), at(0.86, 0.10), 255, thick * 2 // 3)
    elif kind == "pause":
        for x in (0.22, 0.60):
            cv2.rectangle(sheet, at(x, 0.12), at(x + 0.18, 0.88), 255, -1)
    elif kind == "flag":
        cv2.rectangle(sheet, at(0.14, 0.06), at(0.24, 0.96), 255, -1)
        corners = np.array([at(0.24, 0.08), at(0.92, 0.30), at(0.24, 0.56)], np.int32)
        cv2.fillPoly(sheet, [corners], 255)
    else:
        for x in (0.18, 0.5, 0.82):
            cv2.circle(sheet, at(x, 0.5), round(0.12 * n), 255, -1)
    return np.asarray(cv2.resize(sheet, (side, side), interpolation=cv2.INTER_AREA), np.uint8)
