"""A jointed figure lying on a mat, filmed by a pinhole camera: poses whose every angle is known.

It says nothing about how well MediaPipe sees people. It is for what comes after: geometry, counting, judging.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin

import numpy as np
from scipy.optimize import brentq

from formcheck.core import correction, geometry
from formcheck.core.landmarks import Landmark, Part
from formcheck.core.pose import Pose, Sight
from formcheck.core.watcher import Watcher
from formcheck.exercises import find
from formcheck.session.judge import Judge, Start
from formcheck.session.moment import Moment

TRUNK, THIGH, SHIN, NECK = 0.50, 0.42, 0.42, 0.20
_HALF = {Part.SHOULDER: 0.18, Part.ELBOW: 0.22, Part.WRIST: 0.22, Part.EAR: 0.07}
SIZE = (854, 480)


@dataclass(frozen=True)
class Camera:
    """Degrees off the side, degrees above the mat, metres away; the picture's size in pixels."""

    off_side: float = 0.0
    above: float = 8.0
    away: float = 3.0
    size: tuple[int, int] = SIZE


SIDE_ON = Camera()


def _knee(hip: tuple[float, float], ankle: tuple[float, float]) -> tuple[float, float]:
    """The knee above the line from hip to ankle."""
    dx, dy = ankle[0] - hip[0], ankle[1] - hip[1]
    d = min(hypot(dx, dy), THIGH + SHIN - 1e-6)
    along = (THIGH**2 - SHIN**2 + d**2) / (2 * d)
    up = (max(0.0, THIGH**2 - along**2)) ** 0.5
    ux, uy = dx / hypot(dx, dy), dy / hypot(dx, dy)
    return hip[0] + along * ux - up * uy, hip[1] + along * uy + up * ux


def _skeleton(pitch: float, feet: float) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float]]:
    """Hip, knee and ankle (x toward the feet, y up, metres; the shoulder is at 0, 0.1) for a trunk pitch in degrees."""
    hip = (TRUNK * cos(radians(pitch)), 0.1 + TRUNK * sin(radians(pitch)))
    ankle = (TRUNK + feet, 0.08)
    return hip, _knee(hip, ankle), ankle


def _measured(pitch: float, feet: float) -> float:
    hip, knee, _ = _skeleton(pitch, feet)
    flip = lambda p: (p[0], -p[1])  # noqa: E731 - the picture's y points down
    return geometry.hip_angle(flip((0.0, 0.1)), flip(hip), flip(knee), head_right=False)


def pose(
    t: float,
    hip_angle: float | None = None,
    *,
    feet: float = 0.35,
    head: float = 0.0,
    head_right: bool = False,
    camera: Camera = SIDE_ON,
    noise: float = 0.0,
    seed: int = 0,
) -> Pose:
    """A pose with the given *reported* hip angle (None: resting on the mat).

    Args:
        t: time, s.
        hip_angle: reported, degrees.
        feet: distance of the ankles from the resting hips, metres: small = near.
        head: degrees it is lifted.
        head_right: the head lies to the picture's right.
        camera: where it stands.
        noise: standard deviation of each landmark, pixels.
        seed: of the noise.
    """
    if hip_angle is None:
        pitch = 0.0
    else:
        wanted = (hip_angle - correction.HIP_OFFSET_DEG) / correction.HIP_SLOPE
        pitch = brentq(lambda p: _measured(p, feet) - wanted, -20, 70)
    hip, knee, ankle = _skeleton(pitch, feet)
    neck = (-NECK * cos(radians(head)), 0.1 + NECK * sin(radians(head)))
    face = radians(100 + head)
    nose = (neck[0] - 0.11 * cos(pi - face) * -1, neck[1] + 0.11 * sin(face))
    flat = {
        Part.EAR: neck,
        Part.SHOULDER: (0.0, 0.1),
        Part.ELBOW: (0.28, 0.06),
        Part.WRIST: (0.5, 0.04),
        Part.HIP: hip,
        Part.KNEE: knee,
        Part.ANKLE: ankle,
        Part.HEEL: (ankle[0] - 0.05, 0.02),
        Part.TOE: (ankle[0] + 0.18, 0.02),
    }
    points = np.zeros((33, 3))
    points[:] = (*neck, 0.0)
    points[Landmark.NOSE] = (*nose, 0.0)
    for part, (x, y) in flat.items():
        half = _HALF.get(part, 0.1)
        points[part.on("right")] = (x, y, half)  # lying on the back, head left: the right side is near
        points[part.on("left")] = (x, y, -half)
    return _film(t, points, head_right, camera, noise, seed)


def prone_pose(t: float, chest: float, *, hips: float = 0.0, camera: Camera = SIDE_ON, noise: float = 0.0) -> Pose:
    """A pose face down, head to the picture's left.

    Args:
        t: time, s.
        chest: slope of the trunk, degrees.
        hips: how far the hips are off the mat, metres.
        camera: where it stands.
        noise: standard deviation of each landmark, pixels.
    """
    hip = (TRUNK, 0.1 + hips)
    shoulder = (hip[0] - TRUNK * cos(radians(chest)), hip[1] + TRUNK * sin(radians(chest)))
    ear = (shoulder[0] - NECK * cos(radians(chest)), shoulder[1] + NECK * sin(radians(chest)))
    knee = (hip[0] + THIGH, 0.06 + hips / 2)
    ankle = (knee[0] + SHIN, 0.05)
    wrist = (0.02, 0.02)
    flat = {
        Part.EAR: ear,
        Part.SHOULDER: shoulder,
        Part.ELBOW: ((shoulder[0] + wrist[0]) / 2 + 0.1, (shoulder[1] + wrist[1]) / 2),
        Part.WRIST: wrist,
        Part.HIP: hip,
        Part.KNEE: knee,
        Part.ANKLE: ankle,
        Part.HEEL: (ankle[0] + 0.02, 0.1),
        Part.TOE: (ankle[0] + 0.12, 0.02),
    }
    points = np.zeros((33, 3))
    points[:] = (ear[0] - 0.05, ear[1] - 0.09, 0.0)
    for part, (x, y) in flat.items():
        half = _HALF.get(part, 0.1)
        points[part.on("left")] = (x, y, half)  # face down, head left: the left side is near
        points[part.on("right")] = (x, y, -half)
    return _film(t, points, False, camera, noise, 0)


def smooth(keys: list[tuple[float, float]], now: float) -> float:
    """A value that goes from key to key (time, level) as a cosine."""
    for (t0, a0), (t1, a1) in zip(keys, keys[1:], strict=False):
        if now <= t1:
            share = 0.5 - 0.5 * cos(pi * (now - t0) / (t1 - t0)) if t1 > t0 else 1.0
            return a0 + (a1 - a0) * share
    return keys[-1][1]


@dataclass(frozen=True)
class Press:
    """One prone press-up."""

    top: float = 35.0
    up: float = 1.6
    hold: float = 1.0
    down: float = 1.6
    rest: float = 1.0
    bottom: float = 2.0
    hips: float = 0.0


def presses(
    each: Iterable[Press], *, fps: float = 25.0, camera: Camera = SIDE_ON, noise: float = 0.0
) -> Iterator[Sight]:
    """A filmed set of prone press-ups."""
    chest, hips, t = [(0.0, 2.0), (1.0, 2.0)], [(0.0, 0.0), (1.0, 0.0)], 1.0
    for press in each:
        for seconds, level, lift in (
            (press.up, press.top, press.hips),
            (press.hold, press.top, press.hips),
            (press.down, press.bottom, 0.0),
            (press.rest, press.bottom, 0.0),
        ):
            t += seconds
            chest.append((t, level))
            hips.append((t, lift))
    for i in range(int(t * fps) + 1):
        now = i / fps
        pose = prone_pose(now, smooth(chest, now), hips=smooth(hips, now), camera=camera, noise=noise)
        yield Sight(now, pose)


def _film(t: float, points: np.ndarray, head_right: bool, camera: Camera, noise: float, seed: int) -> Pose:
    centre = np.array([0.45, 0.25, 0.0])
    az, el = radians(camera.off_side), radians(camera.above)
    turn = np.array([[cos(az), 0, sin(az)], [0, 1, 0], [-sin(az), 0, cos(az)]])
    tip = np.array([[1, 0, 0], [0, cos(el), -sin(el)], [0, sin(el), cos(el)]])
    seen = (points - centre) @ turn.T @ tip.T
    depth = camera.away - seen[:, 2]
    width, height = camera.size
    focal = 0.9 * max(camera.size) * camera.away / 2.2
    x = width / 2 + focal * seen[:, 0] / depth
    y = height / 2 - focal * seen[:, 1] / depth
    world = np.column_stack((seen[:, 0], -seen[:, 1], -seen[:, 2]))
    world -= (world[Landmark.LEFT_HIP] + world[Landmark.RIGHT_HIP]) / 2
    if head_right:
        x = width - x
        world[:, 0] *= -1
        swap = np.arange(33)
        for part in Part:
            swap[[part.on("left"), part.on("right")]] = part.on("right"), part.on("left")
        x, y, world = x[swap], y[swap], world[swap]
    xy = np.column_stack((x, y))
    if noise:
        xy = xy + np.random.default_rng((seed, round(t * 1000))).normal(0, noise, xy.shape)
    return Pose(t=t, xy=xy, world=world, seen=np.full(33, 0.99), size=camera.size)


@dataclass(frozen=True)
class Lift:
    """One bridge: where it goes, and how."""

    top: float = 180.0
    up: float = 1.6
    hold: float = 1.0
    down: float = 1.6
    rest: float = 1.0
    bottom: float | None = None  # where it is lowered to; None = the mat
    head: float = 0.0


def rest_angle(feet: float = 0.35) -> float:
    """The reported hip angle at rest on the mat."""
    return correction.reported_hip_angle(_measured(0.0, feet))


def course(lifts: Iterable[Lift], feet: float = 0.35, before: float = 1.0) -> Callable[[float], tuple[float, float]]:
    """Hip angle and head lift as a function of time, and its length as attribute ``length``."""
    base = rest_angle(feet)
    keys: list[tuple[float, float, float]] = [(0.0, base, 0.0), (before, base, 0.0)]
    t = before
    for lift in lifts:
        bottom = base if lift.bottom is None else lift.bottom
        for seconds, level, head in (
            (lift.up, lift.top, lift.head),
            (lift.hold, lift.top, lift.head),
            (lift.down, bottom, 0.0),
            (lift.rest, bottom, 0.0),
        ):
            t += seconds
            keys.append((t, level, head))

    def at(now: float) -> tuple[float, float]:
        return smooth([(t0, a) for t0, a, _ in keys], now), smooth([(t0, h) for t0, _, h in keys], now)

    at.length = t  # type: ignore[attr-defined]
    return at


def sights(
    lifts: Iterable[Lift] = (),
    *,
    fps: float = 25.0,
    feet: float = 0.35,
    before: float = 1.0,
    start: float = 0.0,
    end: float | None = None,
    head_right: bool = False,
    camera: Camera = SIDE_ON,
    noise: float = 0.0,
    seed: int = 0,
) -> Iterator[Sight]:
    """A filmed set of bridges, cut to ``start``..``end`` seconds; times begin at 0."""
    at = course(lifts, feet, before)
    stop = at.length if end is None else end  # type: ignore[attr-defined]
    for i in range(int((stop - start) * fps) + 1):
        t = i / fps
        hip, head = at(start + t)
        yield Sight(
            t,
            pose(t, hip, feet=feet, head=head, head_right=head_right, camera=camera, noise=noise, seed=seed),
        )


def judged(exercise: str, sights: Iterable[Sight], start: Start = "posture") -> tuple[Judge, list[Moment]]:
    """Judge sights as an exercise, to the end."""
    judge, watcher = Judge(find(exercise), start), Watcher()
    seen = [judge.step(sight.t, watcher.step(sight)) for sight in sights]
    judge.finish()
    return judge, seen


def faults(judge: Judge) -> list[list[str]]:
    """The fault keys of each movement."""
    return [[fault.key for fault in each.faults] for each in judge.found.done]
