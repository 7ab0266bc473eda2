"""Where panels go: in a corner, clear of the body and of each other."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.core.signals import HIP_ANGLE
from formcheck.io.overlay.body import stretches
from formcheck.io.overlay.style import Scale
from formcheck.session.moment import Moment

_STEPS = 6
_FLESH = 0.1
"""How far a body reaches beyond the lines between its joints, in trunk lengths."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the picture, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """First column beyond it."""
        return self.x + self.width

    @property
    def low(self) -> int:
        """First row beyond it."""
        return self.y + self.height


class Person:
    """The person as points along the body, to keep panels clear of.

    Args:
        moment: whose body.
    """

    def __init__(self, moment: Moment) -> None:
        body = moment.body
        self._flesh = 0.0 if body is None else _FLESH * body.trunk
        along = np.linspace(0.0, 1.0, _STEPS)[:, None]
        pieces = [
            np.array(a) + along * (np.array(b) - np.array(a))
            for name, a, b in (stretches(body) if body is not None else ())
            if name != "arm" and a is not None and b is not None  # the hands may be anywhere
        ]
        self._points: NDArray[np.float64] = np.concatenate(pieces) if pieces else np.zeros((0, 2))

    def hidden(self, box: Box) -> int:
        """Return how much of the person a panel there would hide."""
        x, y = self._points[:, 0], self._points[:, 1]
        across = (x > box.x - self._flesh) & (x < box.right + self._flesh)
        return int((across & (y > box.y - self._flesh) & (y < box.low + self._flesh)).sum())


def steady(moment: Moment, size: tuple[int, int], scale: Scale) -> Box:
    """Return where the counter goes: an upper corner that no leg comes near during the whole exercise.

    A straight leg rises on the feet's side, a knee drawn up on the head's; a panel that got out of its way would jump.
    """
    body, exercise = moment.body, moment.exercise
    on_the_right = False
    if body is not None and exercise.guide.kind == "leg" and moment.certain:
        on_the_right = body.head_right != (exercise.charted is HIP_ANGLE)
    return Box(scale.width - scale.margin - size[0] if on_the_right else scale.margin, scale.margin, *size)


def beside(counter: Box, size: tuple[int, int], person: Person, scale: Scale) -> Box:
    """Return where a dial goes: the other upper corner, under the counter, or below, wherever it hides least."""
    width, height = size
    left, right, low = scale.margin, scale.width - scale.margin - width, scale.height - scale.margin - height
    own, opposite = (left, right) if counter.x == scale.margin else (right, left)
    places = [(opposite, scale.margin), (own, counter.low + scale.margin), (opposite, low), (own, low)]
    boxes = [Box(x, y, width, height) for x, y in places]
    return min([box for box in boxes if not _meet(box, counter)] or boxes, key=person.hidden)


def _meet(a: Box, b: Box) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.low and b.y < a.low


def rooms(taken: list[Box], scale: Scale) -> tuple[Box, Box]:
    """Return what the panels in the corners leave free at the top and at the bottom: the columns between them.

    In a tall picture there are too few columns at the top, so it is the rows under them.
    """
    third = scale.height / 3
    up, down = ([box for box in taken if box.y < third], [box for box in taken if box.low > 2 * third])
    low = _between(down, scale)
    if scale.width > scale.height:
        return _between(up, scale), low
    top = max([box.low for box in up], default=0) + scale.margin
    return Box(scale.margin, top, scale.width - 2 * scale.margin, scale.height - top - scale.margin), low


def _between(boxes: list[Box], scale: Scale) -> Box:
    """All rows of the columns that the boxes leave free in the middle."""
    left, right = scale.margin, scale.width - scale.margin
    for box in boxes:
        if 2 * box.x < scale.width - box.width:
            left = max(left, box.right + scale.margin)
        else:
            right = min(right, box.x - scale.margin)
    return Box(left, scale.margin, max(1, right - left), scale.height - 2 * scale.margin)
