"""What a finished movement looked like, laid out for measuring."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from formcheck.core.filters import GRID_S, on_grid
from formcheck.core.pose import FloatArray


@dataclass(frozen=True)
class Movement:
    """The signals of one movement, from the rest before it to the rest after it.

    Attributes:
        t: (n,) s.
        values: signal key -> (n,) values, NaN = not known.
        followed: key of the signal by which the movement was followed.
        rest_values: signal key -> its value while resting, NaN = not known.
    """

    t: FloatArray
    values: Mapping[str, FloatArray]
    followed: str
    rest_values: Mapping[str, float]

    @cached_property
    def course(self) -> tuple[FloatArray, FloatArray]:
        """The followed signal, smoothed on an even time grid: times in s, and values."""
        return on_grid(self.t, self.values[self.followed])

    def smooth(self, key: str) -> FloatArray:
        """Return a signal on the even time grid of the followed one; empty where nothing is known."""
        t, x = on_grid(self.t, self.values[key])
        return np.interp(self.course[0], t, x) if t.size else t

    def known(self, key: str, from_s: float, to_s: float) -> float:
        """Return the share of the frames between two times in which a signal is known."""
        x = self.values[key][(self.t >= from_s) & (self.t <= to_s)]
        return float(np.isfinite(x).mean()) if x.size else 0.0

    def during(self, key: str, from_s: float, to_s: float) -> FloatArray:
        """Return a signal's smoothed values between two times."""
        x = self.smooth(key)
        if not x.size:
            return x
        t = self.course[0]
        return x[(t >= from_s - GRID_S / 2) & (t <= to_s + GRID_S / 2)]

    @property
    def start(self) -> float:
        """When it began, s."""
        raise NotImplementedError

    @property
    def end(self) -> float:
        """When it ended, s."""
        raise NotImplementedError

    @property
    def top(self) -> tuple[float, float]:
        """From when to when it was at its far end, s."""
        raise NotImplementedError
