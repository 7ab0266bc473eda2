"""Where something that is watched through several cues comes to rest first: not where it is passed at speed."""

from collections import deque
from collections.abc import Mapping

import numpy as np

from formcheck.core.pose import FloatArray

_GOES_DEG_S = 3.0
"""A slow tilt passes its middle at 5 to 14 degrees a second; landmarks that still glide to their places, at up to 6."""
_SURE = 2.0
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
        self._went = False

    def add(self, t: float, hips: FloatArray, slope: float, patches: Mapping[str, FloatArray]) -> None:
        """Take one frame: where the landmarks and patches are (trunk lengths), and the slope of the trunk."""
        self._slopes.append((t, slope))
        for name, place in {"": hips, **patches}.items():
            rows = self._rows.setdefault(name, deque())
            if np.isfinite(place[0]) and not (rows and name and rows[-1][1] is place):
                rows.append((t, place))
        while t - self._slopes[0][0] > self._over_s:
            self._slopes.popleft()
        for rows in self._rows.values():
            while rows and t - rows[0][0] > self._over_s:
                rows.popleft()

    @property
    def goes(self) -> bool:
        """Whether the cues, at their median, surely move in one of the two directions; if they did, until still."""
        speed, unsure = self._median()
        surely = bool((np.abs(speed) > np.maximum(_GOES_DEG_S, _SURE * unsure)).any())
        self._went = surely or (self._went and not self.still)
        return self._went

    @property
    def still(self) -> bool:
        """Whether they keep still for all that can be seen: less than not surely moving."""
        return bool((np.abs(self._median()[0]) <= _GOES_DEG_S).all())

    def _median(self) -> FloatArray:
        known = [self._speed(rows) for rows in self._rows.values() if len(rows) >= _FEW]
        return np.asarray(np.median(np.array(known), axis=0)) if known else np.zeros((2, 2))

    def _speed(self, rows: deque[tuple[float, FloatArray]]) -> FloatArray:
        """Return a cue's speed along and up, and the standard errors of both, degrees a second."""
        t = np.array([row[0] for row in rows])
        x = np.array([row[1] for row in rows]) * self._scale
        t -= t.mean()
        speed = t @ x / (t @ t)
        left = x - x.mean(axis=0) - np.outer(t, speed)
        return np.array([speed, np.sqrt((left**2).sum(axis=0) / (len(t) - 2) / (t @ t))])

    def place(self) -> tuple[FloatArray, float]:
        """Return where the landmarks are, trunk lengths, and the slope of the trunk there."""
        return self.place_of(""), float(np.median([slope for _, slope in self._slopes]))

    def place_of(self, name: str) -> FloatArray:
        """Return where a cue is, trunk lengths; NaN where it is not known."""
        rows = self._rows.get(name)
        return np.median([row[1] for row in rows], axis=0) if rows else np.full(2, np.nan)
