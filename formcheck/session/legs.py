"""The two legs in a stretch: where each rests, how far it is drawn up, and which foot is whose."""

from collections import deque
from dataclasses import dataclass, field
from math import isnan, nan
from statistics import median

from formcheck.core.body import Body
from formcheck.core.geometry import Point, distance
from formcheck.core.landmarks import Part
from formcheck.core.signals import FOOT_HEIGHT
from formcheck.exercises.vocabulary import Holds

_STILL_S = 1.0
_STILL_DEG = 6.0
"""A limb that keeps within this for a second lies where it rests."""
_FOOT_RISE = 0.25
"""Trunk lengths above its rest from which a foot has left the mat."""
_RAISED_DEG = 10.0
_UP_ALREADY = 0.4
"""Trunk lengths above the shoulder from which a foot that nobody saw leave the mat is up (rendered: at rest under 0.1,
in a stretch 0.6 and more) ..."""
_UP_ALREADY_S = 0.4
"""... once it has been there for so long."""
_AT_REST = 0.2
_APART = 0.35
"""Trunk lengths by which an ankle must have left where it rested for the other one's label to be doubted."""
_ON_IT = 0.12
_NEAR_IT = 0.45
"""Trunk lengths from the near knee, and from the near ankle, within which the model has drawn a far leg on the near
one (rendered: a straight far leg that passes behind the bent near one reads 65 to 140 there)."""


def middle_of(values: list[float]) -> float:
    """Return the median of the known values; NaN without any."""
    known = [value for value in values if not isnan(value)]
    return median(known) if known else nan


@dataclass(slots=True)
class Leg:
    """Where one leg rests.

    Attributes:
        recent: the last second: time, slope, foot, and ankle.
        rest: slope of the thigh at rest, degrees; NaN = not known yet.
        foot: height of the foot at rest, trunk lengths.
        ankle: where it lies at rest.
        up_since: since when the leg has been up, which nobody has seen at rest.
        assumed: where it rests is assumed: it was up when it was first seen.
    """

    recent: deque[tuple[float, float, float, float, float]] = field(default_factory=deque)
    rest: float = nan
    foot: float = nan
    ankle: Point | None = None
    up_since: float | None = None
    assumed: bool = False

    def meet(self, t: float, slope: float, foot: float, plan: Holds) -> bool:
        """Return whether a leg that nobody has seen at rest is up: a recording may begin in a hold.

        Then it is taken to rest as low as it must for being raised to mean both that and above its rest.
        """
        if not isnan(self.rest) or not (slope >= plan.least and foot > _UP_ALREADY):
            self.up_since = None
            return False
        self.up_since = t if self.up_since is None else self.up_since
        if t - self.up_since >= _UP_ALREADY_S:
            self.rest, self.foot, self.assumed = plan.least - plan.least_rise, 0.0, True
        return True

    def see(self, t: float, slope: float, foot: float, ankle: Point | None, least: float) -> None:
        """Take a frame in which it is not drawn up."""
        if isnan(slope):
            return
        self.recent.append((t, slope, foot, *(ankle or (nan, nan))))
        while t - self.recent[0][0] > _STILL_S:
            self.recent.popleft()
        if len(self.recent) < 3 or t - self.recent[0][0] < 0.6 * _STILL_S:
            return
        slopes, feet = ([row[i] for row in self.recent] for i in (1, 2))
        middle, foot_now = middle_of(slopes), middle_of(feet)
        still = max(slopes) - min(slopes) <= _STILL_DEG
        down = not foot_now > self.foot + _FOOT_RISE / 2
        if isnan(self.rest) or middle < self.rest or (still and (down or middle < least)):
            self.rest, self.assumed = middle, False
        if down and (still or isnan(self.foot)):
            self.foot = foot_now
            x, y = (middle_of([row[i] for row in self.recent]) for i in (3, 4))
            self.ankle = self.ankle if isnan(x) else (x, y)

    def by_thigh(self, slope: float, plan: Holds) -> float:
        """Return how far the thigh alone says that it is drawn up, in steps that make it raised."""
        return 0.0 if slope < plan.least else (slope - self.rest) / plan.least_rise

    def lift(self, slope: float, foot: float, plan: Holds) -> float:
        """Return how far it is drawn up: 1 = as far as it takes to be raised; NaN = not known.

        The thigh alone will not do: hips that are lifted turn it as well, with the foot on the mat. Where the foot
        rises far, the thigh need not turn.
        """
        if isnan(slope) or isnan(self.rest):
            return nan
        if slope < plan.least:
            return 0.0
        by_thigh, by_foot = self.by_thigh(slope, plan), (foot - self.foot) / _FOOT_RISE
        return by_thigh if isnan(by_foot) else max(min(by_thigh, by_foot), by_foot / 2)


class LegPair:
    """Both legs, the near one (False) and the far one (True), of somebody on the back.

    Args:
        plan: how far a leg must be drawn up.
    """

    def __init__(self, plan: Holds) -> None:
        self._plan = plan
        self._legs = {False: Leg(), True: Leg()}
        self._exchanged: bool | None = None  # the raised leg whose foot the model has exchanged

    def rest(self, *, far: bool) -> float:
        """Return the slope at which a thigh rests, degrees; NaN = not known yet."""
        return self._legs[far].rest

    def rename(self) -> None:
        """The near leg was the far one, and the other way round."""
        self._legs = {far: self._legs[not far] for far in (False, True)}
        self._exchanged = None if self._exchanged is None else not self._exchanged

    def assumed(self, *, far: bool) -> bool:
        """Return whether a leg was up when it was first seen."""
        return self._legs[far].assumed

    def lifts(self, t: float, body: Body, working: bool | None) -> dict[bool, float]:
        """Return how far each leg is drawn up, see ``Leg.lift``; legs that are not learn where they rest."""
        return {far: self._lift(t, body.working(far=far), works=far is working) for far in (False, True)}

    def by_thigh(self, body: Body) -> float:
        """Return how far the working leg's thigh alone says that it is drawn up, see ``Leg.by_thigh``."""
        return self._legs[body.works_far].by_thigh(self._plan.signal.read(body), self._plan)

    def _lift(self, t: float, body: Body, *, works: bool) -> float:
        leg = self._legs[body.works_far]
        slope, foot = self._plan.signal.read(body), FOOT_HEIGHT.read(body)
        if leg.meet(t, slope, foot, self._plan) and isnan(leg.rest):
            return nan
        lift = leg.lift(slope, foot, self._plan)
        if not works and not lift >= 1:
            leg.see(t, slope, foot, body.leg(Part.ANKLE), self._plan.least)
        return lift

    def put_right(self, body: Body, working: bool | None) -> Body:
        """Give a raised leg back its own foot, where the model has put its label on the one that rests.

        Args:
            body: in this frame.
            working: the leg that is drawn up (True = the far one); None between holds.
        """
        if working is None:
            self._exchanged = None
        for far in (False, True):
            own, rest = self._legs[far].ankle, self._legs[not far].ankle
            mine, others = body.at(Part.ANKLE, far=far), body.at(Part.ANKLE, far=not far)
            if rest is None or own is None or mine is None or others is None:
                continue
            here, there, apart = (distance(p, rest) / body.trunk for p in (mine, others, own))
            if self._exchanged is far:
                # once exchanged, labels wander: they are right again when the foot that rests has its own back
                if there < _APART < here:
                    self._exchanged = None
                else:
                    return body.uncrossed()
            slope = self._plan.signal.read(body.working(far=far))
            if not slope > self._legs[far].rest + _RAISED_DEG or here > 0.6 * distance(mine, own) / body.trunk:
                continue
            if there > _APART and here < (0.6 * there if far is working else _AT_REST):
                self._exchanged = far if far is working else None
                return body.uncrossed()
            if apart > _APART and here < _AT_REST:
                return body.without_foot(far=far)
        return body.without_foot(far=True) if self._behind(body) else body

    def _behind(self, body: Body) -> bool:
        """Whether the far leg is seen where the near one is, though it does not rest beside it: it is hidden there."""
        near, far = self._legs[False].ankle, self._legs[True].ankle
        if near is None or far is None or distance(near, far) < _APART * body.trunk:
            return False
        for part, reach in ((Part.KNEE, _ON_IT), (Part.ANKLE, _NEAR_IT)):
            a, b = body.at(part), body.at(part, far=True)
            if a is None or b is None or distance(a, b) > reach * body.trunk:
                return False
        return True
