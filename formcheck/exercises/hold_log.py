"""What one attempt at a hold looked like, laid out for measuring."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from formcheck.core.filters import GRID_S
from formcheck.core.pose import FloatArray
from formcheck.exercises.movement import Movement

REST_SPEED = 8.0
"""Slower than this, in degrees a second, the limb is at rest in the stretch ..."""
SPEED_OVER_S = 0.25
"""... over this time: the model's landmarks tremble."""
_PULL_OVER_S = 0.5
"""A pull's speed is taken over this time: shorter, the landmarks' trembling adds to it. Rendered pulls of 2.5 s read 23
to 36 degrees a second near the end, the same played in 1 s 47 to 71."""
_PLATEAU = 12.0
"""A rest this far below the stretch, in degrees, is a rest on the way."""
LEAST_S = 0.7
"""A shorter rest is not a hold."""
_DWELL = 12.0
"""A leg that is drawn on all the time, and stays this near to its end in degrees, was held all the same: people who
change legs quickly keep none of them still (real: 12 to 16 degrees a second at the end of the way)."""
_NEAR_END = 0.15
"""Share of the way up that is its end."""
FORGIVEN_S = 0.5


@dataclass(frozen=True)
class HoldLog(Movement):
    """One attempt, from before the limb left rest to after it came back; its slope is the signal followed.

    Attributes:
        in_position: (n,) whether the clock may run, frame by frame.
        rest: where the followed signal rests.
    """

    in_position: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    rest: float

    def _speed(self, over_s: float) -> FloatArray:
        """Speed of the limb on the even grid over so many seconds, degrees a second."""
        x = self.course[1]
        half = min(max(1, round(over_s / 2 / GRID_S)), max(1, x.size // 2))
        padded = np.pad(x, half, mode="edge")
        return (padded[2 * half :] - padded[: x.size]) / (2 * half * GRID_S)

    @cached_property
    def _at_rest(self) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Where on the grid the limb rests in the stretch; where it never quite does, where it dwells at its end."""
        x = self.course[1]
        still = np.abs(self._speed(SPEED_OVER_S)) < REST_SPEED
        still &= x > self.rest + 0.5 * (float(x.max()) - self.rest)
        if still.any():
            still &= x > float(np.median(x[still])) - _PLATEAU
        if still.sum() * GRID_S < LEAST_S:
            still = x > float(x.max()) - _DWELL
        return np.asarray(still, np.bool_)

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
        top = float(np.median(x[self._at_rest])) if self._at_rest.any() else float(x.max())
        late = (t < self.start) & (x > top - _NEAR_END * (top - self.rest))
        return float(self._speed(_PULL_OVER_S)[late].max()) if late.any() else 0.0

    @property
    def bounces(self) -> int:
        """How often the limb swung up and down in the stretch by 5 degrees or more within a second and a half."""
        t, x = self.course
        inside = (t >= self.start) & (t <= self.end)
        turns = _turning_points(t[inside], x[inside], 5.0)
        return sum(b - a <= 0.75 for a, b in pairwise(turns)) // 2


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
