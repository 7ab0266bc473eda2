"""What one attempt at a hold looked like, laid out for measuring."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from formcheck.core.filters import GRID_S
from formcheck.core.pose import FloatArray
from formcheck.core.signals import Limit
from formcheck.exercises.movement import Movement

REST_SPEED = 8.0
"""Slower than this, in degrees a second, the limb is at rest in the stretch ..."""
SPEED_OVER_S = 0.25
"""... over this time: the model's landmarks tremble."""
_PULL_OVER_S = 0.5
"""A pull's speed is taken over this time: shorter, the landmarks' trembling adds to it. Rendered pulls of 2.5 s read 23
to 36 degrees a second near the end, the same played in 1 s 47 to 71."""
_PULL_BEFORE_S = 2.0
"""What was faster earlier than this did not pull: a bent knee is drawn up before it is straightened."""
_PLATEAU = 12.0
"""A rest this far below the stretch, in degrees, is a rest on the way ..."""
_STAYED_S = 3.0
"""... unless it lasts: then the leg was held there before it was drawn on, or eased."""
LEAST_S = 0.7
"""A shorter rest is not a hold."""
_DWELL = 12.0
"""A leg that is drawn on all the time, and stays this near to its end in degrees, was held all the same: people who
change legs quickly keep none of them still (real: 12 to 16 degrees a second at the end of the way)."""
_NEAR_END = 0.15
"""Share of the way up that is its end."""
FORGIVEN_S = 0.5
_KNEE_REST_SPEED = 30.0
"""The same for the knee: its angle trembles more than the slope of the thigh."""
_Where: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.bool_]]"


@dataclass(frozen=True)
class HoldLog(Movement):
    """One attempt, from before the limb left rest to after it came back; its slope is the signal followed.

    Attributes:
        in_position: (n,) whether the clock may run, frame by frame.
        rest: where the followed signal rests.
        marks: signal key -> what it keeps in this stretch: a knee kept bent while the towel is put on is none yet.
    """

    in_position: _Where
    rest: float
    marks: Mapping[str, Limit] = field(default_factory=dict)

    @cached_property
    def _ours(self) -> _Where:
        """Where on the grid the limb is as in this stretch; everywhere where it never is."""
        found = np.ones(self.course[0].size, np.bool_)
        for key, limit in self.marks.items():
            x = self.smooth(key)
            if x.size:
                found &= (x >= limit.low) & (x <= limit.high)
        return found if found.any() else np.ones_like(found)

    def _speed(self, over_s: float) -> FloatArray:
        """Speed of the limb on the even grid over so many seconds, degrees a second."""
        return _speed_of(self.course[1], over_s)

    def _from_to(self, still: _Where) -> _Where:
        """Those parts from when to when the rest of the leg is at rest as well: the knee may be straightened last."""
        calm = still.copy()
        for key in self.marks:
            x = self.smooth(key)
            if x.size:
                calm &= np.abs(_speed_of(x, SPEED_OVER_S)) < _KNEE_REST_SPEED
        at = np.flatnonzero(calm)
        if not at.size or (at[-1] - at[0]) * GRID_S < _STAYED_S:
            return still  # changed so quickly that the knee was never still
        inside = np.zeros_like(still)
        inside[at[0] : at[-1] + 1] = True
        return still & inside

    @cached_property
    def _at_rest(self) -> _Where:
        """Where on the grid the limb rests in the stretch; where it never quite does, where it dwells at its end."""
        x = self.course[1]
        highest = float(x[self._ours].max())
        still = self._ours & (np.abs(self._speed(SPEED_OVER_S)) < REST_SPEED)
        still &= x > self.rest + 0.5 * (highest - self.rest)
        if still.any():
            high = x > float(np.median(x[still])) - _PLATEAU
            still &= high | _lasting(still & ~high)
        if still.sum() * GRID_S < LEAST_S:
            still = self._ours & (x > highest - _DWELL)
        return self._from_to(np.asarray(still, np.bool_))

    @cached_property
    def top(self) -> tuple[float, float]:
        """From when to when it was at rest in the stretch, s."""
        t, at = self.course[0], np.flatnonzero(self._at_rest)
        return (float(t[at[0]]), float(t[at[-1]])) if at.size else (float(t[-1]), float(t[-1]))

    @property
    def start(self) -> float:
        """When it came to rest, s."""
        return self.top[0]

    @property
    def end(self) -> float:
        """When it was let go, s."""
        return self.top[1]

    @property
    def rest_s(self) -> float:
        """Time from arrival to letting go, s."""
        return self.end - self.start

    @cached_property
    def held_s(self) -> float:
        """Time at rest and in position, s; lapses under half a second are forgiven."""
        t = self.course[0]
        fits = np.interp(t, self.t, self.in_position.astype(np.float64)) >= 0.5
        runs = self._at_rest & fits
        at = np.flatnonzero(runs)
        if not at.size:
            return 0.0
        parts = np.split(at, np.flatnonzero(np.diff(at) * GRID_S > FORGIVEN_S) + 1)
        # where it is in position only now and then, the lapses are what is true of it
        return sum(float(t[part[-1]] - t[part[0]]) for part in parts if part.size >= (part[-1] - part[0]) / 2)

    @property
    def pull_speed(self) -> float:
        """Fastest pull near the end of the way up, degrees a second."""
        t, x = self.course
        top = float(np.interp(self.start, t, x))  # it may be eased, or drawn on, once it is there
        late = (t < self.start) & (t > self.start - _PULL_BEFORE_S) & (x > top - _NEAR_END * (top - self.rest))
        return float(self._speed(_PULL_OVER_S)[late].max()) if late.any() else 0.0

    @property
    def bounces(self) -> int:
        """How often the limb swung up and down in the stretch by 5 degrees or more within a second and a half."""
        t, x = self.course
        inside = (t >= self.start) & (t <= self.end)
        turns = _turning_points(t[inside], x[inside], 5.0)
        return sum(b - a <= 0.75 for a, b in pairwise(turns)) // 2


def _speed_of(x: FloatArray, over_s: float) -> FloatArray:
    """Speed of a signal on the even grid over so many seconds, degrees a second."""
    half = min(max(1, round(over_s / 2 / GRID_S)), max(1, x.size // 2))
    padded = np.pad(x, half, mode="edge")
    return (padded[2 * half :] - padded[: x.size]) / (2 * half * GRID_S)


def _lasting(where: _Where) -> _Where:
    """Those parts of it that last."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], where, [False])).astype(np.int8)))
    found = np.zeros_like(where)
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        found[begin:end] = (end - begin) * GRID_S >= _STAYED_S
    return found


def _turning_points(t: FloatArray, x: FloatArray, size: float) -> list[float]:
    """Times at which ``x`` turned after a way of at least ``size``."""
    found: list[float] = []
    if not x.size:
        return found
    low = high = 0
    rising: bool | None = None
    for i in range(x.size):
        high = i if x[i] > x[high] else high
        low = i if x[i] < x[low] else low
        if rising is not False and x[high] - x[i] >= size:
            found.append(float(t[high]))
            rising, low = False, i
        elif rising is not True and x[i] - x[low] >= size:
            found.append(float(t[low]))
            rising, high = True, i
    return found
