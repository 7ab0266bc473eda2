"""The picture in the window: what the camera sees, the correction, and the window's own words."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from formcheck.core.frame import Image
from formcheck.io import overlay
from formcheck.io.overlay.sheet import put
from formcheck.io.overlay.style import GREY, INK, Scale
from formcheck.io.overlay.text import Sign, Words, panel
from formcheck.io.texts import Texts
from formcheck.session.moment import Moment

HELP_S = 8.0
"""How long the keys are shown at the start."""
_DIMMED = 0.35
_KEYS = ("pause", "mute", "next", "stop", "numb", "quit", "full_screen", "help")


@dataclass(frozen=True, slots=True)
class State:
    """What the window knows beside the moment.

    Attributes:
        lost: there is no picture from the camera; the last one is shown.
        muted: by the person.
        help: the keys are shown.
    """

    lost: bool = False
    muted: bool = False
    help: bool = False


class Painter:
    """Paints what the window shows.

    Args:
        texts: the words.
        mirror: left and right exchanged, as in a mirror; words stay readable.
    """

    def __init__(self, texts: Texts, *, mirror: bool) -> None:
        self._texts = texts
        self._mirror = mirror

    def paint(self, image: Image, moment: Moment, state: State) -> Image:
        """Return a new picture; ``image`` (H, W, 3) RGB stays as it is."""
        if self._mirror:
            picture = np.asarray(cv2.flip(image, 1), np.uint8)
            moment = mirrored(moment, image.shape[1])
        else:
            picture = image.copy()
        if state.lost:
            picture = np.asarray(cv2.convertScaleAbs(picture, alpha=_DIMMED), np.uint8)
        else:
            overlay.draw(picture, moment, self._texts)
        self._words(picture, state)
        return picture

    def _words(self, picture: Image, state: State) -> None:
        scale = Scale(picture.shape[1], picture.shape[0])
        if state.lost:
            self._banner(picture, "window.lost", Sign("lost", GREY), scale)
        names = _KEYS if state.help else ("help",)
        keys = [self._texts.of(f"window.keys.{name}") for name in names]
        if state.muted:
            keys.insert(0, self._texts.of("window.muted"))
        if state.help:
            lines = tuple((Words(key, scale.px(3.6), INK, 500),) for key in keys)
        else:
            lines = ((Words("  ".join(keys), scale.px(2.6), GREY, 500),),)
        sheet = panel(lines, scale.width)
        low = scale.height - sheet.size[1] - scale.px(1)
        put(picture, sheet, scale.width - sheet.size[0] - scale.px(1), low)

    def _banner(self, picture: Image, key: str, sign: Sign, scale: Scale) -> None:
        sheet = panel(((Words(self._texts.of(key), scale.px(7.5), INK, 700),),), scale.width - 2 * scale.margin, sign)
        put(picture, sheet, (scale.width - sheet.size[0]) // 2, (scale.height - sheet.size[1]) // 2)


def mirrored(moment: Moment, width: int) -> Moment:
    """Return the moment as it is seen in a mirror, ``width`` pixels wide; left and right leg keep their names."""
    body = moment.body
    if body is None:
        return moment
    points = tuple(None if p is None else (width - 1 - p[0], p[1]) for p in body.points)
    return replace(moment, body=replace(body, points=points, head_right=not body.head_right, memo={}, twins=[]))
