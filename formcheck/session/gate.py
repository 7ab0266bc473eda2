"""Opens for the exercise's posture, closes when it is left: nothing is counted while somebody walks in or gets up."""

from collections import deque
from math import isnan

from formcheck.core.body import Body
from formcheck.exercises.vocabulary import Exercise, keeps

_STILL_S = 1.0
_STILL_RANGE = 6.0
"""How much the counted signal may vary while the person holds still, in its unit."""
_LEFT_S = 0.5
"""A posture broken for less than this was a flicker of the landmarks."""


class Gate:
    """Decides frame by frame whether the person is in the exercise.

    Args:
        exercise: whose posture is asked for.
        wait_still: also ask for the starting position held still for a second before opening (live). A recording
            may begin in mid-movement, so there the posture is enough; the counter wants a full cycle anyway.
    """

    def __init__(self, exercise: Exercise, *, wait_still: bool = False) -> None:
        self._exercise = exercise
        self._wait_still = wait_still
        self._recent: deque[tuple[float, float]] = deque()
        self._kept_at: float | None = None
        self._last_far = False
        self.open = False

    def step(self, body: Body, *, may_change_leg: bool) -> Body | None:
        """Return the body to judge, its working leg chosen, or None while the gate is shut or the posture unclear.

        Args:
            body: the person now.
            may_change_leg: between movements the judged leg may change back to the near one.
        """
        chosen = self._posture(body, may_change_leg=may_change_leg)
        if chosen is None:
            self._recent.clear()
            if self._kept_at is None or body.t - self._kept_at > _LEFT_S:
                self.shut()
            return None
        self._kept_at = body.t
        if not self.open:
            self.open = not self._wait_still or self._still(chosen)
        return chosen if self.open else None

    def shut(self) -> None:
        """Close until the exercise's posture is taken again."""
        self.open = False
        self._recent.clear()

    def _posture(self, body: Body, *, may_change_leg: bool) -> Body | None:
        """The near leg if it is on the mat, else the far one; no change in mid-movement."""
        if self._exercise.both_legs:
            return body if all(keeps(self._exercise.posture, body.working(far=far)) for far in (False, True)) else None
        stay = self._last_far and not may_change_leg
        for far in (stay, not stay):
            candidate = body.working(far=far)
            if keeps(self._exercise.posture, candidate):
                self._last_far = far
                return candidate
        return None

    def _still(self, body: Body) -> bool:
        value = self._exercise.counts.signal.read(body)
        if not keeps(self._exercise.ready, body) or isnan(value):
            self._recent.clear()
            return False
        self._recent.append((body.t, value))
        while self._recent[-1][0] - self._recent[0][0] > _STILL_S:
            self._recent.popleft()
        values = [v for _, v in self._recent]
        long_enough = self._recent[-1][0] - self._recent[0][0] >= _STILL_S * 0.9
        return long_enough and max(values) - min(values) <= _STILL_RANGE
