"""Which leg is which, where the model exchanges their labels: legs move on from where they were, labels need not.

The model sees legs from the side, one behind the other, and now and then puts the near leg's labels on the far one and
the other way round. Whole legs: while the knees are apart, continuity tells; while they are together it does not
matter, and the labels are believed. Feet alone: they glide over to each other, which continuity cannot tell; but a foot
that is given to the other leg makes a shin that is none, where one leg is flat.
"""

from dataclasses import dataclass
from math import nan

import numpy as np

from formcheck.core.geometry import Point
from formcheck.core.landmarks import Part
from formcheck.core.pose import FloatArray

_FORGOTTEN_S = 0.2
"""Unseen for longer than this, a leg may have changed its way."""
_PREFERENCE = 0.3
"""Trunk lengths, over both knees, by which the exchanged legs must fit better than the labels ..."""
_CLEARLY = 3.0
"""... and how many times better: smoothing draws both knees between the legs for a frame or two."""
_INSISTS_S = 0.8
"""Labels that say the opposite for less than this are exchanged; for longer, and longer than before, they are right."""
_TOGETHER = 0.2
"""Trunk lengths between the knees under which they cannot be told apart."""
_STEADY = 0.7
"""How much of its speed a leg keeps until the next frame."""
_NO_SHIN = 0.8
"""Share of the thighs, over both legs, by which exchanged feet must make better shins."""
_OTHER = [1, 0]
_WHOLE = tuple((part.on("left"), part.on("right")) for part in (Part.KNEE, Part.ANKLE, Part.HEEL, Part.TOE))
_FEET = _WHOLE[1:]
_HIPS, _KNEES, _ANKLES = (
    [part.on(side) for side in ("left", "right")] for part in (Part.HIP, Part.KNEE, Part.ANKLE)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Legs:
    """Where the points of both legs belong.

    Attributes:
        points: all 33, those of the legs put right.
        crossed: only the feet had to be exchanged: the model sees them badly.
        renamed: from this frame on each leg has the other one's name: it had the wrong one before.
    """

    points: list[Point]
    crossed: bool = False
    renamed: bool = False


def exchanged(points: list[Point], pairs: tuple[tuple[int, int], ...]) -> list[Point]:
    """Return the points with each pair exchanged."""
    points = list(points)
    for a, b in pairs:
        points[a], points[b] = points[b], points[a]
    return points


class LegLabels:
    """Follows both legs from frame to frame."""

    def __init__(self) -> None:
        self._t = nan
        self._last: FloatArray | None = None  # both knees, trunk lengths
        self._step: FloatArray = np.zeros((2, 2))
        self._raw: list[Point] = []
        self._doubts = False  # the labels are taken to be exchanged
        self._agreed = self._doubted = 0.0  # s for which labels have said the same, and the opposite

    def step(self, t: float, raw: list[Point], trunk: float) -> Legs:
        """Return the legs in a frame.

        Args:
            t: time, s.
            raw: 33 points as the model labels them, pixels.
            trunk: length of the trunk, pixels.
        """
        dt = t - self._t
        if not dt < _FORGOTTEN_S:
            self._last, self._step, dt = None, np.zeros((2, 2)), 0.0
            self._doubts = False
        points, now = raw, _of_legs(raw, trunk)
        labelled = now
        if self._doubts:
            whole = not self._leapt(raw, trunk)
        else:
            whole = self._last is not None and self._jumped(now) > _CLEARLY * self._jumped(now[_OTHER]) + _PREFERENCE
        if whole:
            points, now = exchanged(raw, _WHOLE), now[_OTHER]
        crossed = not whole and _misfit(raw) > _misfit(exchanged(raw, _FEET)) + _NO_SHIN
        if float(np.hypot(*(now[0] - now[1]))) < _TOGETHER:
            self._agreed = self._doubted = 0.0  # from here on they may have been mixed up
        renamed = self._vote(dt, doubted=whole)
        if renamed:
            points, now = raw, labelled
            self._last, self._step = None if self._last is None else self._last[_OTHER], self._step[_OTHER]
        if self._last is not None:
            self._step = _STEADY * (now - self._last)
        self._t, self._last, self._raw, self._doubts = t, now, raw, whole and not renamed
        return Legs(exchanged(points, _FEET) if crossed else points, crossed, renamed)

    def _jumped(self, now: FloatArray) -> float:
        """How far the knees are from where they should have moved on to, trunk lengths."""
        return 0.0 if self._last is None else float(np.hypot(*(now - self._last - self._step).T).sum())

    def _leapt(self, raw: list[Point], trunk: float) -> bool:
        """Whether the labels have changed legs since the last frame: the feet lie apart where the knees do not."""
        was, now = (_of_legs(points, trunk, _KNEES + _ANKLES) for points in (self._raw, raw))
        stayed, changed = (float(np.hypot(*(x - was).T).sum()) for x in (now, now[[1, 0, 3, 2]]))
        return changed < stayed

    def _vote(self, dt: float, *, doubted: bool) -> bool:
        """Whether the labels have said the opposite for longer than not: then they were wrong before."""
        if doubted:
            self._doubted += dt
        else:
            self._agreed += dt
        if not doubted or self._doubted <= max(self._agreed, _INSISTS_S):
            return False
        self._agreed, self._doubted = self._doubted, self._agreed
        return True


def _misfit(points: list[Point]) -> float:
    """How much both shins differ from their thighs, as a share of these."""
    hips, knees, ankles = (np.array([points[i] for i in part]) for part in (_HIPS, _KNEES, _ANKLES))
    thighs, shins = np.hypot(*(knees - hips).T), np.hypot(*(ankles - knees).T)
    return float(np.abs(shins / np.maximum(thighs, 1.0) - 1).sum())


def _of_legs(points: list[Point], trunk: float, indices: list[int] = _KNEES) -> FloatArray:
    """Both knees (or others), left before right, in trunk lengths."""
    return np.array([points[i] for i in indices]) / trunk
