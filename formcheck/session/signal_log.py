"""The last seconds of the shown signals, from which finished movements are measured."""

from collections import deque
from collections.abc import Mapping
from math import inf, nan

import numpy as np

from formcheck.exercises.rep_log import RepLog
from formcheck.exercises.vocabulary import Exercise, Reps

_REST_KEPT_S = 3.0
"""How much of the rest before a movement is kept to know where its signals rest."""
_BAND = 0.75
"""How near to its rest level the counted signal must be to count as resting, as a share of its wandering; more with a
wide range."""
_BAND_SHARE = 0.15
_LONGEST_S = 300.0
"""A single movement is cut off here, so that nobody lying with the hips up fills the memory."""


class SignalLog:
    """Keeps what the next finished movement will need, and no more.

    Args:
        exercise: whose shown signals are kept.
        plan: how its repetitions are counted.
    """

    def __init__(self, exercise: Exercise, plan: Reps) -> None:
        self._plan = plan
        self._keys = tuple(signal.key for signal in exercise.shown)
        self._rows: deque[tuple[float, ...]] = deque()

    def add(self, t: float, values: Mapping[str, float]) -> None:
        """Keep one frame's values."""
        self._rows.append((t, *(values[key] for key in self._keys)))
        if t - self._rows[0][0] > _LONGEST_S:
            self._rows.popleft()

    def forget(self, before: float) -> None:
        """Drop what lies further before the last rest than is needed; ``before`` in s, NaN = nothing known yet."""
        while self._rows and self._rows[0][0] < before - _REST_KEPT_S:
            self._rows.popleft()

    def clear(self) -> None:
        """Drop everything."""
        self._rows.clear()

    def rest(self, until: float, level: float) -> dict[str, float]:
        """Return each signal's median while the counted one rested.

        Args:
            until: only frames up to here, s.
            level: where the counted signal rests.
        """
        band = max(_BAND * self._plan.steady, _BAND_SHARE * (self._plan.target - level))
        counted = 1 + self._keys.index(self._plan.signal.key)
        rows = [row for row in self._rows if row[0] <= until and abs(row[counted] - level) <= band]
        if not rows:
            return dict.fromkeys(self._keys, nan)
        table = np.array(rows)
        return {key: _median(table[:, n + 1]) for n, key in enumerate(self._keys)}

    def cut(
        self, start: float, end: float, rest: float, *, saw_start: bool, rest_values: Mapping[str, float], best: float
    ) -> RepLog:
        """Return the rows from ``start`` to ``end`` s as one repetition to measure."""
        table = np.array([row for row in self._rows if start <= row[0] <= end])
        return RepLog(
            t=table[:, 0],
            values={key: table[:, n + 1] for n, key in enumerate(self._keys)},
            followed=self._plan.signal.key,
            rest_values=rest_values,
            rest=rest,
            target=self._plan.target,
            saw_start=saw_start,
            best=best,
        )

    @property
    def since(self) -> float:
        """Time of the oldest row, s; infinite without one."""
        return self._rows[0][0] if self._rows else inf


def _median(x: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    known = x[np.isfinite(x)]
    return float(np.median(known)) if known.size else nan
