"""Where something that is watched through several cues comes to rest first: not where it is passed at speed."""

from collections import deque
from collections.abc import Mapping

import numpy as np

from formcheck.core.pose import FloatArray

_GOES_DEG_S = 3.0
"""A slow tilt passes its middle at 5 to 14 degrees a second; landmarks that still glide to their places, at up to 6."""
_SURE = 3.0
"""How many times its own uncertainty a speed must be."""
_FEW = 3


class Arrival:
    """Keeps the last moments of each cue until they agree on a place.

    Args:
        over_s: length of those moments.
        scale: degrees for a movement of one trunk length along and up.
    """

    def __init__(self, over_s: float, scale: tuple[float, float]) -> None:
        self._over_s = over_s
        self._scale = np.array(scale)
        self._rows: dict[str, deque[tuple[float, FloatArray]]] = {}
        self._slopes: deque[tuple[float, float]] = deque()

    def add(self, t: float, hips: FloatArray, slope: float, patches: Mapping[str, FloatArray]) -> None:
        """Take one frame: where the landmarks and patches are (trunk lengths), and the slope of the trunk."""
        self._slopes.append((t, slope))
        for name, place in {"": hips, **patches}.items():
            rows = self._rows.setdefault(name, deque())
            if np.isfinite(place[0]) and not (rows and name and rows[-1][1] is place):
                rows.append((t, place))
        for old in (self._slopes, *self._rows.values()):
            while old and t - old[0][0] > self._over_s:
                old.popleft()

    @property
    def goes(self) -> bool:
        """Whether most of the cues that are known are moving, in the same of the two directions."""
        speeds = [self._speed(rows) for rows in self._rows.values() if len(rows) >= _FEW]
        return bool(speeds) and bool((np.mean(speeds, axis=0) > 0.5).any())

    def _speed(self, rows: deque[tuple[float, FloatArray]]) -> FloatArray:
        """1 for each direction in which a cue surely moves, else 0."""
        t = np.array([row[0] for row in rows])
        x = np.array([row[1] for row in rows]) * self._scale
        t -= t.mean()
        speed = t @ x / (t @ t)
        left = x - x.mean(axis=0) - np.outer(t, speed)
        unsure = np.sqrt((left**2).sum(axis=0) / max(1, len(t) - 2) / (t @ t))
        return np.asarray((np.abs(speed) > np.maximum(_GOES_DEG_S, _SURE * unsure)).astype(np.float64))

    def place(self) -> tuple[FloatArray, float]:
        """Return where the landmarks are, trunk lengths, and the slope of the trunk there."""
        return self.place_of(""), float(np.median([slope for _, slope in self._slopes]))

    def place_of(self, name: str) -> FloatArray:
        """Return where a cue is, trunk lengths; NaN where it is not known."""
        rows = self._rows.get(name)
        return np.median([row[1] for row in rows], axis=0) if rows else np.full(2, np.nan)
