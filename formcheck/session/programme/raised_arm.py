"""A raised arm: the answer of somebody who lies on the mat and reaches no key."""

from math import inf

from formcheck.core.body import Body
from formcheck.core.geometry import Point, angle
from formcheck.core.landmarks import Part

_UP, _DOWN = 0.60, 0.40
"""Trunk lengths that the wrist is above the shoulder: an arm that points straight up reads about 1. Lying, a hand on
the hip or behind the head reads under 0.2, arms that hold a drawn-up knee 0.3 to 0.5."""
_STRAIGHT, _BENT = 145.0, 120.0
"""Degrees at the elbow: hands behind the head, or that scratch the nose, are bent."""
_FOR_S = 0.3
"""As long it has to stay up, or down, to have been meant."""
_UNSEEN_S = 0.5
"""Unseen for longer, an arm has to be seen lowered before it can be raised anew."""


class RaisedArm:
    """Feed it every frame; it tells when an arm is raised that was down before.

    Up is up in the picture, so it works lying, sitting and standing, and with either arm.
    """

    def __init__(self) -> None:
        self._up: bool | None = None  # None: not known, and an arm that is up already is no answer
        self._contrary_since: float | None = None
        self._seen_at = -inf

    def step(self, t: float, body: Body | None) -> bool:
        """Return True in the one frame in which an arm counts as raised.

        Args:
            t: s.
            body: the person, or None where nobody is to be seen.
        """
        seen = None if body is None else self._raised(body)
        if seen is None:
            if t - self._seen_at > _UNSEEN_S:
                self._up, self._contrary_since = None, None
            return False
        self._seen_at = t
        if seen is self._up:
            self._contrary_since = None
            return False
        if self._contrary_since is None:
            self._contrary_since = t
        if t - self._contrary_since < _FOR_S:
            return False
        before, self._up, self._contrary_since = self._up, seen, None
        return seen and before is False

    def _raised(self, body: Body) -> bool | None:
        """Whether one arm at least is up; None where neither can be seen."""
        arms = [self._arm(body, far=far) for far in (False, True)]
        return None if arms == [None, None] else True in arms

    def _arm(self, body: Body, *, far: bool) -> bool | None:
        parts = (body.at(part, far=far) for part in (Part.SHOULDER, Part.ELBOW, Part.WRIST))
        shoulder, elbow, wrist = parts
        if shoulder is None or elbow is None or wrist is None:
            return None
        # what is up needs less to stay up: an arm that wavers at the threshold is raised once, not five times
        high, straight = (_DOWN, _BENT) if self._up else (_UP, _STRAIGHT)
        return _above(wrist, shoulder) >= high * body.trunk and angle(shoulder, elbow, wrist) >= straight


def _above(a: Point, b: Point) -> float:
    return b[1] - a[1]
