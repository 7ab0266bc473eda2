"""Light smoothing by time stamps, never by frame counts: a video may run at 10 or 60 fps, or change its rate."""

from math import isnan, nan, pi

import numpy as np

from formcheck.core.pose import FloatArray


class OneEuro:
    """The 1 Euro filter (Casiez, Roussel, Vogel 2012): steady when slow, quick when fast.

    Args:
        min_cutoff: cut-off for a resting signal, Hz.
        beta: how much the cut-off rises with speed, Hz per unit/s.
        speed_cutoff: cut-off of the speed estimate, Hz.
    """

    def __init__(self, min_cutoff: float, beta: float, speed_cutoff: float = 1.0) -> None:
        self._min_cutoff = min_cutoff
        self._beta = beta
        self._speed_cutoff = speed_cutoff
        self._t = nan
        self.value = nan
        self.speed = 0.0

    def step(self, t: float, x: float) -> float:
        """Take a sample at ``t`` seconds (later than the one before) and return the filtered value."""
        if isnan(self._t):
            self._t, self.value = t, x
            return x
        dt = t - self._t
        self._t = t
        self.speed += self._gain(self._speed_cutoff, dt) * ((x - self.value) / dt - self.speed)
        self.value += self._gain(self._min_cutoff + self._beta * abs(self.speed), dt) * (x - self.value)
        return self.value

    @staticmethod
    def _gain(cutoff: float, dt: float) -> float:
        tau = 1 / (2 * pi * cutoff)
        return dt / (dt + tau)


GRID_S = 1 / 60
"""Step of the even time grid on which finished movements are measured."""


def on_grid(t: FloatArray, x: FloatArray, window_s: float = 0.12) -> tuple[FloatArray, FloatArray]:
    """Return a signal on an even grid, smoothed without lag: single outliers go, turning points stay where they are.

    Args:
        t: (n,) seconds, rising.
        x: (n,) values; NaN = not known, bridged by a straight line.
        window_s: width of the median and of the mean that follows it.

    Returns:
        Two (m,) arrays, times and values; empty where nothing is known.
    """
    known = np.isfinite(x)
    if not known.any():
        return np.empty(0), np.empty(0)
    t, x = t[known], x[known]
    grid = np.arange(t[0], t[-1] + GRID_S / 2, GRID_S)
    even = np.interp(grid, t, x)
    width = max(1, round(window_s / GRID_S))
    steady = np.sort(_windows(even, width), axis=1)[:, width // 2]
    return grid, _windows(steady, width).mean(axis=1)


def _windows(x: FloatArray, width: int) -> FloatArray:
    """A row around each value, ends repeated. SciPy has these two filters, but takes 0.3 s to load."""
    before = width // 2
    padded = np.pad(x, (before, width - 1 - before), mode="edge")
    return np.lib.stride_tricks.sliding_window_view(padded, width)


def sustained(x: FloatArray, for_s: float) -> float:
    """Return the highest level that ``x`` (on the even grid) keeps for ``for_s`` seconds; NaN where it is shorter."""
    width = max(1, round(for_s / GRID_S))
    if x.size < width:
        return nan
    return float(np.lib.stride_tricks.sliding_window_view(x, width).min(axis=1).max())
