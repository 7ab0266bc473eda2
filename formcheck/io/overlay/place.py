"""Where panels go: in a corner, clear of the body and of each other."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.io.overlay.body import stretches
from formcheck.io.overlay.style import Scale
from formcheck.session.moment import Moment

_STEPS = 6
_FLESH = 0.15
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


def beside(counter: Box, size: tuple[int, int], person: Person, scale: Scale) -> Box:
    """Return where a dial goes: the upper right corner, under the counter, or below, wherever it hides least."""
    width, height = size
    right, low = scale.width - scale.margin - width, scale.height - scale.margin - height
    places = [Box(right, scale.margin, width, height), Box(scale.margin, counter.low + scale.margin, width, height)]
    places += [Box(x, low, width, height) for x in (right, scale.margin)]
    free = [box for box in places if not _meet(box, counter)]
    return min(free or places, key=person.hidden)


def _meet(a: Box, b: Box) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.low and b.y < a.low


def room(taken: list[Box], scale: Scale) -> Box:
    """Return what panels in the corners leave: the columns between them in a wide picture, the rows in a tall one."""
    left = top = scale.margin
    right, low = scale.width - scale.margin, scale.height - scale.margin
    for box in taken:
        if scale.width > scale.height:
            if 2 * box.x < scale.width - box.width:
                left = max(left, box.right + scale.margin)
            else:
                right = min(right, box.x - scale.margin)
        elif 2 * box.y < scale.height - box.height:
            top = max(top, box.low + scale.margin)
        else:
            low = min(low, box.y - scale.margin)
    return Box(left, top, max(1, right - left), max(1, low - top))
