"""From poses to bodies: the near side, chosen with hysteresis, and joints believed only while they are plausible.

MediaPipe's own visibility stays near 0.99 for joints nobody can see, so plausibility is tested here: limbs keep their
length, joints have a speed limit, and what lies outside the picture was not seen.
"""

from bisect import bisect_left, insort
from collections import deque
from math import atan2, degrees, hypot, isfinite, nan

import numpy as np

from formcheck.core.body import Body
from formcheck.core.geometry import Point, distance
from formcheck.core.landmarks import Landmark, Part, Side
from formcheck.core.leg_labels import LegLabels
from formcheck.core.pose import Pose

_SEEN_AT_ALL = 0.5
"""Mean visibility of the near trunk and thigh under which the model is guessing a person into the picture."""
_EDGE = 0.01
"""How far outside the picture, as a share of its size, a joint may be drawn."""
_SPEED = 8.0
"""Trunk lengths a second. Floor to bridge top in 0.25 s moves the hip at 2; a label jumping to the other foot 6-30."""
_SPEED_SLACK = 0.15
"""Trunk lengths that noise may add to any step."""
_JUMP_BELIEVED_AFTER_S = 0.5
_LIMB_TOLERANCE = 0.4
"""Relative change of a limb's drawn length: seen from the side it hardly changes; camera height adds some."""
_MEMORY_S = 1.5
"""How long lengths are remembered: after half of it, somebody who lay down has new ones."""
_SIDE_SWITCH_S = 1.0
_CHECKED = (Part.EAR, Part.SHOULDER, Part.HIP, Part.KNEE, Part.ANKLE)
_NEEDED = (Part.SHOULDER, Part.HIP, Part.KNEE, Part.ANKLE)
_LIMBS = ((Part.HIP, Part.KNEE), (Part.KNEE, Part.ANKLE))
_INDICES = tuple(part.on(side) for part in _CHECKED for side in ("left", "right"))


class _Recent:
    """The last seconds of a number, also kept in order: its median is asked for at every frame."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, float]] = deque()
        self._ordered: list[float] = []

    def median_with(self, t: float, value: float) -> float:
        """Add a sample and return the median of the remembered ones."""
        self._samples.append((t, value))
        insort(self._ordered, value)
        while t - self._samples[0][0] > _MEMORY_S:
            del self._ordered[bisect_left(self._ordered, self._samples.popleft()[1])]
        half, odd = divmod(len(self._ordered), 2)
        return self._ordered[half] if odd else (self._ordered[half - 1] + self._ordered[half]) / 2


class BodyTracker:
    """Turns poses into bodies, one by one."""

    def __init__(self) -> None:
        self._side: Side | None = None
        self._side_doubt = 0.0
        self._head_right: bool | None = None
        self._last_t = nan
        self._trunk = _Recent()
        self._limbs: dict[int, _Recent] = {}
        self._believed: dict[int, tuple[float, Point]] = {}
        self._off_side = _Recent()
        self._legs = LegLabels()

    def step(self, pose: Pose) -> Body | None:
        """Return the body in ``pose``, or None where there is no trunk and thigh to be seen."""
        dt = pose.t - self._last_t if isfinite(self._last_t) else 0.0
        self._last_t = pose.t
        side = self._near_side(pose, dt)
        core = [part.on(side) for part in (Part.SHOULDER, Part.HIP, Part.KNEE)]
        if float(pose.seen[core].mean()) < _SEEN_AT_ALL:
            return None
        raw: list[Point] = [(x, y) for x, y in pose.xy.tolist()]
        shoulder, hip = raw[Part.SHOULDER.on(side)], raw[Part.HIP.on(side)]
        length = distance(shoulder, hip)
        trunk = self._trunk.median_with(pose.t, length)
        if trunk < 1:
            return None
        legs = self._legs.step(pose.t, raw, trunk)
        if legs.renamed:
            self._rename()
        raw = legs.points
        points: list[Point | None] = list(raw)
        outside = self._outside(raw, pose.size)
        for index in outside:
            points[index] = None
        self._drop_jumps(pose.t, raw, points, trunk)
        self._drop_odd_limbs(pose.t, raw, points)
        return Body(
            t=pose.t,
            side=side,
            head_right=self._head_side(shoulder, hip, trunk),
            points=tuple(points),
            trunk=trunk,
            off_side=self._view(pose),
            cut=any(part.on(side) in outside for part in _NEEDED),
            crossed=legs.crossed,
            renamed=legs.renamed,
        )

    def _rename(self) -> None:
        """What was remembered of one leg is the other's."""
        for part in (Part.KNEE, Part.ANKLE):
            left, right = part.on("left"), part.on("right")
            for memory in (self._believed, self._limbs):
                kept = {there: memory.pop(here) for here, there in ((left, right), (right, left)) if here in memory}
                memory.update(kept)  # type: ignore[arg-type]

    def _near_side(self, pose: Pose, dt: float) -> Side:
        """The side whose shoulder, hip and knee are nearer; a change needs a second of contrary evidence."""
        z = pose.world[:, 2]
        depth = float(
            z[Landmark.RIGHT_SHOULDER] - z[Landmark.LEFT_SHOULDER]
            + z[Landmark.RIGHT_HIP] - z[Landmark.LEFT_HIP]
            + z[Landmark.RIGHT_KNEE] - z[Landmark.LEFT_KNEE]
        )  # fmt: skip
        nearer: Side = "left" if depth > 0 else "right"
        if self._side is None:
            self._side = nearer
        elif nearer == self._side:
            self._side_doubt = max(0.0, self._side_doubt - dt)
        else:
            self._side_doubt += dt
            if self._side_doubt >= _SIDE_SWITCH_S:
                self._side, self._side_doubt = nearer, 0.0
                self._limbs.clear()
        return self._side

    def _head_side(self, shoulder: Point, hip: Point, trunk: float) -> bool:
        """Which way the head lies; kept while the trunk stands upright in the picture."""
        reach = (shoulder[0] - hip[0]) / trunk
        if self._head_right is None or abs(reach) > 0.3:
            self._head_right = reach > 0
        return self._head_right

    def _view(self, pose: Pose) -> float:
        """How far the shoulders' line is from pointing at the camera, seen from above; a median over seconds."""
        across = np.abs(pose.world[Landmark.LEFT_SHOULDER] - pose.world[Landmark.RIGHT_SHOULDER])
        return self._off_side.median_with(pose.t, degrees(atan2(float(across[0]), float(across[2]))))

    @staticmethod
    def _outside(raw: list[Point], size: tuple[int, int]) -> set[int]:
        width, height = size
        mx, my = width * _EDGE, height * _EDGE
        return {i for i, (x, y) in enumerate(raw) if not (-mx <= x <= width + mx and -my <= y <= height + my)}

    def _drop_jumps(self, t: float, raw: list[Point], points: list[Point | None], trunk: float) -> None:
        """Distrust a joint that moved faster than people do, until it has stayed at the new place for a while."""
        for index in _INDICES:
            here = raw[index]
            last = self._believed.get(index)
            if last is not None:
                away = t - last[0]
                reach = (_SPEED * away + _SPEED_SLACK) * trunk
                if away < _JUMP_BELIEVED_AFTER_S and hypot(here[0] - last[1][0], here[1] - last[1][1]) > reach:
                    points[index] = None
                    continue
            self._believed[index] = (t, here)

    def _drop_odd_limbs(self, t: float, raw: list[Point], points: list[Point | None]) -> None:
        """Distrust the far end of a thigh or shin whose length departs from what it has been."""
        for start, end in _LIMBS:
            for side in ("left", "right"):
                a, b = start.on(side), end.on(side)
                length = distance(raw[a], raw[b])
                usual = self._limbs.setdefault(b, _Recent()).median_with(t, length)
                if abs(length - usual) > _LIMB_TOLERANCE * usual:
                    points[b] = None
