"""Set-up help: what keeps a set from being judged well, one hint at a time, until the person can begin.

A hint that only costs accuracy gives way after a while: nobody who lies alone on a mat must be locked out by a camera
that cannot be placed better.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

import numpy as np

from formcheck.core.body import Body
from formcheck.core.landmarks import Part
from formcheck.core.pose import FloatArray, Sight
from formcheck.core.signals import FACE_RISE, KNEE_EXTENSION, TRUNK_PITCH, Limit
from formcheck.exercises.vocabulary import Condition, Exercise, Holds
from formcheck.session.live.view import View, view
from formcheck.session.viewing import DARK, OFF_SIDE_DEG, SMALL_PX, TOO_FAR_ROUND_DEG

_TRUNK_SHARE = 0.07
"""Trunk lengths in the picture's width: a person at 4 m, seen by a wide lens."""
_HIGH_DEG = 28.0
"""Cameras at mat height read 3 to 14 degrees here, one a metre high 18 to 25: beyond that, hips are hidden by ribs."""
_TILTED_DEG = 12.0
"""Slope of a resting trunk: cushions and camera height make up to 7."""
_LEG_ROOM = 0.95
_LYING = (Condition(TRUNK_PITCH, Limit(-30, 30)),)
_WINDOW_S = 1.0
_STILL = 0.06
"""Trunk lengths by which joints may wander in a second of keeping still; breathing and noise stay under 0.03."""
_LASTS_S = 0.7
"""A hint that flickers is none."""
_PATIENCE_S = 20.0
SOFT = frozenset({"dark", "several", "too_far", "turn_feet", "turn_head", "high", "tilted", "leg_room"})
"""Hints that only cost accuracy."""
_JOINTS = (Part.SHOULDER, Part.HIP, Part.KNEE, Part.ANKLE)


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the set can begin.

    Attributes:
        hint: what to mend first, a key of the ``setup`` texts; None where nothing is known to be wrong.
        ready: everything holds, and has for a second.
        gave_way: a hint has just been given up: it costs accuracy, and no more.
    """

    hint: str | None
    ready: bool
    gave_way: bool = False


class SetupCheck:
    """Feed it every frame before a set.

    Args:
        exercise: whose starting position is asked for; None where it is to be recognised: lying is enough.
        strict: also advise on what only costs accuracy.
    """

    def __init__(self, exercise: Exercise | None, *, strict: bool = True) -> None:
        self._exercise = exercise
        self._given_up: set[str] = set() if strict else set(SOFT)
        self._views: deque[tuple[float, View]] = deque()
        self._places: deque[tuple[float, FloatArray]] = deque()
        self._brightness: float | None = None
        self._others = 0
        self._since: dict[str, float] = {}
        self._shown: str | None = None
        self._soft_since: dict[str, float] = {}
        self._good_since: float | None = None

    def step(self, sight: Sight, body: Body | None) -> Readiness:
        """Take one frame; ``body`` is the person in it, None where nobody can be trusted to be seen."""
        t = sight.t
        if sight.brightness is not None:
            self._brightness = sight.brightness
        if sight.others is not None:
            self._others = sight.others
        wrong = list(self._wrong(sight, body))
        self._since = {key: self._since.get(key, t) for key in wrong}
        lasting = [key for key in wrong if t - self._since[key] >= _LASTS_S]
        # one that is shown stays until it is mended, or one that goes before it comes up
        self._shown = lasting[0] if lasting else (self._shown if self._shown in wrong else None)
        gave_way = self._lose_patience(t)
        self._good_since = None if wrong else (t if self._good_since is None else self._good_since)
        ready = self._good_since is not None and t - self._good_since >= _WINDOW_S
        return Readiness(self._shown, ready, gave_way)

    def _lose_patience(self, t: float) -> bool:
        """Give up a soft hint that was shown for long enough."""
        key = self._shown
        if key is None or key not in SOFT:
            return False
        if t - self._soft_since.setdefault(key, t) < _PATIENCE_S:
            return False
        self._given_up.add(key)
        self._shown = None
        return True

    def _wrong(self, sight: Sight, body: Body | None) -> Iterator[str]:
        """Everything that is wrong now, the most limiting first."""
        for key in self._seen_wrong(sight, body):
            if key not in self._given_up:
                yield key

    def _seen_wrong(self, sight: Sight, body: Body | None) -> Iterator[str]:
        dark = self._brightness is not None and self._brightness < DARK
        if body is None or sight.pose is None:
            self._views.clear()
            self._places.clear()
            yield "dark" if dark else "nobody"
            return
        self._remember(sight.t, view(sight.pose, body), _places(sight.pose.xy, body))
        lying = all(c.limit.kept(c.signal.read(body)) is not False for c in _LYING)
        if dark:
            yield "dark"
        yield from self._framing(lying=lying)
        if not lying:
            yield "lie_down"
            return
        yield from self._camera(body)
        yield from self._posture(body)
        if self._moves():
            yield "keep_still"

    def _framing(self, *, lying: bool) -> Iterator[str]:
        latest = self._views[-1][1]
        if lying and (latest.head_out or latest.feet_out):
            both = latest.head_out and latest.feet_out
            yield "cut_both" if both else ("cut_head" if latest.head_out else "cut_feet")
        if self._median("trunk_share") < _TRUNK_SHARE or self._median("trunk_px") < SMALL_PX:
            yield "too_far"
        if self._others:
            yield "several"

    def _camera(self, body: Body) -> Iterator[str]:
        """Where the camera should go, or the person: who lies down can turn more easily than move a camera."""
        round_by = self._median("toward_feet")
        if abs(round_by) > TOO_FAR_ROUND_DEG:
            yield "square_on"
        elif abs(round_by) > OFF_SIDE_DEG:
            yield "turn_feet" if round_by > 0 else "turn_head"
        if self._median("above") > _HIGH_DEG:
            yield "high"
        pitch = TRUNK_PITCH.read(body)
        if abs(pitch) > _TILTED_DEG:
            yield "tilted"
        if self._exercise is not None and _raises_straight_leg(self._exercise) and self._median("leg_room") < _LEG_ROOM:
            yield "leg_room"

    def _posture(self, body: Body) -> Iterator[str]:
        if self._exercise is None:
            return
        legs = (False, True) if self._exercise.both_legs else (False,)
        for condition in (*self._exercise.posture, *self._exercise.ready):
            if any(condition.limit.kept(condition.signal.read(body.working(far=far))) is False for far in legs):
                yield _HINT_OF.get(condition.signal.key, "bend_knees")
                return

    def _remember(self, t: float, seen: View, places: FloatArray) -> None:
        self._views.append((t, seen))
        self._places.append((t, places))
        for recent in (self._views, self._places):
            while t - recent[0][0] > _WINDOW_S:
                recent.popleft()

    def _median(self, name: str) -> float:
        return float(median(getattr(seen, name) for _, seen in self._views))

    def _moves(self) -> bool:
        """Whether a joint that is seen has wandered during the last second."""
        track = np.stack([places for _, places in self._places])
        low, high = np.quantile(track, (0.1, 0.9), axis=0)
        moved = np.hypot(*(high - low).T)
        return bool(np.any(moved[~np.isnan(moved)] >= _STILL))


_HINT_OF = {TRUNK_PITCH.key: "lie_down", FACE_RISE.key: "turn_over"}


def _raises_straight_leg(exercise: Exercise) -> bool:
    plan = exercise.counts
    if not isinstance(plan, Holds):
        return False
    return any(c.signal is KNEE_EXTENSION and c.limit.low > 140 for c in plan.position)


def _places(xy: FloatArray, body: Body) -> FloatArray:
    """Where the near side's joints are, in trunk lengths; NaN where they are not to be trusted."""
    indices = [part.on(body.side) for part in _JOINTS]
    places = xy[indices] / body.trunk
    places[[body.points[i] is None for i in indices]] = np.nan
    return places
