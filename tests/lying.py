"""A jointed figure on its back whose legs are posed one by one, for stretches and tilts; every angle is known.

Angles are the *measured* ones; what is reported of them is ``core/correction.py``'s.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from math import cos, inf, radians, sin

import numpy as np

from formcheck.core.landmarks import Part
from formcheck.core.pose import Patch, Pose, Sight, Texture
from tests.figure import _HALF, NECK, SHIN, SIDE_ON, THIGH, TRUNK, Camera, _film, smooth

Keys = list[tuple[float, float]]


@dataclass(frozen=True)
class Leg:
    """Slope of the thigh and angle of the knee, degrees. Default: foot on the mat, knee bent."""

    thigh: float = 57.0
    knee: float = 73.0


FLAT = Leg(10.0, 172.0)


def pose(
    t: float,
    near: Leg = Leg(),
    far: Leg = Leg(),
    *,
    along: float = 0.0,
    up: float = 0.0,
    pitch: float = 0.0,
    head: float = 0.0,
    head_right: bool = False,
    camera: Camera = SIDE_ON,
    noise: float = 0.0,
    crossed: bool = False,
) -> Pose:
    """A pose on the back.

    Args:
        t: time, s.
        near: leg toward the camera.
        far: leg away from it.
        along: of the hips toward the feet, trunk lengths.
        up: of the hips, trunk lengths.
        pitch: of the trunk, degrees: hips off the mat.
        head: degrees it is lifted.
        head_right: the head lies to the picture's right.
        camera: where it stands.
        noise: standard deviation of each landmark, pixels.
        crossed: the model has put each foot's labels on the other one.
    """
    hip = (TRUNK * (cos(radians(pitch)) + along), 0.1 + TRUNK * (sin(radians(pitch)) + up))
    ear = (-NECK * cos(radians(head)), 0.1 + NECK * sin(radians(head)))
    face = radians(100 + head)
    points = np.zeros((33, 3))
    points[:] = (ear[0] - 0.11 * cos(face), ear[1] + 0.11 * sin(face), 0.0)
    flat = {Part.EAR: ear, Part.SHOULDER: (0.0, 0.1), Part.ELBOW: (0.28, 0.06), Part.WRIST: (0.5, 0.04)}
    for side, sign, leg in (("right", 1, near), ("left", -1, far)):  # head left: the right side is near
        knee = (hip[0] + THIGH * cos(radians(leg.thigh)), hip[1] + THIGH * sin(radians(leg.thigh)))
        shin = radians(leg.thigh - (180 - leg.knee))
        ankle = (knee[0] + SHIN * cos(shin), knee[1] + SHIN * sin(shin))
        parts = {
            **flat,
            Part.HIP: hip,
            Part.KNEE: knee,
            Part.ANKLE: ankle,
            Part.HEEL: (ankle[0] - 0.05, ankle[1] - 0.05),
            Part.TOE: (ankle[0] + 0.15, ankle[1] - 0.05),
        }
        for part, (x, y) in parts.items():
            points[part.on(side)] = (x, y, sign * _HALF.get(part, 0.1))  # type: ignore[arg-type]
    if crossed:
        for part in (Part.ANKLE, Part.HEEL, Part.TOE):
            pair = [part.on("left"), part.on("right")]
            points[pair] = points[pair[::-1]]
    return _film(t, points, head_right, camera, noise, 1)


@dataclass(frozen=True)
class Stretch:
    """One hold: the leg drawn up, kept there, and let down."""

    to: Leg = Leg(72.0, 172.0)
    hold: float = 22.0
    up: float = 2.0
    down: float = 2.0
    rest: float = 2.0
    leg: str = "near"  # near, far or both
    head: float = 0.0
    pitch: float = 0.0
    crossed: bool = False
    wave: Callable[[float], float] = lambda _: 0.0  # degrees added while it is held, by the time since it began
    bend: Callable[[float], float] = lambda _: 0.0  # degrees the knee is bent by then


def stretches(
    each: list[Stretch],
    *,
    resting: Leg = FLAT,
    other: Leg = Leg(),
    fps: float = 20.0,
    before: float = 1.5,
    end: float | None = None,
    head_right: bool = False,
    head: float = 0.0,
    camera: Camera = SIDE_ON,
    noise: float = 0.0,
) -> Iterator[Sight]:
    """A filmed set of holds; the leg that works rests as ``resting``, the other one stays as ``other``, the head up."""
    spans, t = [], before
    for one in each:
        spans.append((t, one))
        t += one.up + one.hold + one.down + one.rest
    for i in range(int((t if end is None else end) * fps) + 1):
        now = i / fps
        begin, one = next((s for s in reversed(spans) if s[0] <= now), spans[0])
        a, b, c = begin + one.up, begin + one.up + one.hold, begin + one.up + one.hold + one.down
        share = smooth([(begin, 0.0), (a, 1.0), (b, 1.0), (c, 0.0)], now) if now >= begin else 0.0
        wave = one.wave(now - a) if a <= now <= b else 0.0
        bend = one.bend(now - a) if a <= now <= b else 0.0
        thigh = resting.thigh + share * (one.to.thigh - resting.thigh) + wave
        drawn = Leg(thigh, resting.knee + share * (one.to.knee - resting.knee) - bend)
        works = {"near": (drawn, other), "far": (other, drawn), "both": (drawn, drawn)}[one.leg]
        yield Sight(
            now,
            pose(
                now, *works, head=head + one.head * share, pitch=one.pitch * share, head_right=head_right,
                camera=camera, noise=noise, crossed=one.crossed and share > 0.5,
            ),
        )  # fmt: skip


def posed(
    keys: list[tuple[float, Leg]], *, other: Leg = Leg(), fps: float = 20.0, noise: float = 0.0
) -> Iterator[Sight]:
    """The near leg goes from key to key (time, pose)."""
    thigh, knee = [(t, leg.thigh) for t, leg in keys], [(t, leg.knee) for t, leg in keys]
    for i in range(int(keys[-1][0] * fps) + 1):
        t = i / fps
        yield Sight(t, pose(t, Leg(smooth(thigh, t), smooth(knee, t)), other))


def moved(sight: Sight, t: float) -> Sight:
    """The same sight at another time."""
    return replace(sight, t=t, pose=sight.pose and replace(sight.pose, t=t))


def cut(sights: Iterable[Sight], begin: float = 0.0, end: float = inf) -> Iterator[Sight]:
    """The sights between two times, which begin at 0 again."""
    return (moved(sight, sight.t - begin) for sight in sights if begin <= sight.t < end)


FOOT = (Part.ANKLE, Part.HEEL, Part.TOE)
LEG = (Part.KNEE, *FOOT)


def exchanged(sights: Iterable[Sight], parts: tuple[Part, ...], when: Callable[[float], bool]) -> Iterator[Sight]:
    """The sights with the labels of both sides exchanged for some parts, at some times."""
    order = np.arange(33)
    for part in parts:
        order[[part.on("left"), part.on("right")]] = part.on("right"), part.on("left")
    for sight in sights:
        there = sight.pose if when(sight.t) else None
        yield replace(sight, pose=replace(there, xy=there.xy[order])) if there else sight


def behind(sights: Iterable[Sight], begin: float, end: float) -> Iterator[Sight]:
    """The sights with the far (left) leg's labels on the near one between two times."""
    for sight in sights:
        if sight.pose is None or not begin <= sight.t < end:
            yield sight
            continue
        xy = sight.pose.xy.copy()
        for part in LEG:
            xy[part.on("left")] = xy[part.on("right")]
        yield replace(sight, pose=replace(sight.pose, xy=xy))


def hidden(sights: Iterable[Sight], begin: float, end: float) -> Iterator[Sight]:
    """The sights with nobody found between two times."""
    return (replace(sight, pose=None) if begin <= sight.t < end else sight for sight in sights)


@dataclass(frozen=True)
class Rock:
    """One pelvic tilt, as hip and waist show it: along the mat and upwards, in trunk lengths."""

    along: float = 0.026
    up: float = 0.0
    out: float = 1.6
    hold: float = 1.2
    back: float = 1.6
    rest: float = 1.2
    pitch: float = 0.0
    left: float = 0.0  # share that is left at the end
    knee: float = 0.0  # degrees the thighs turn with it


def rocks(
    each: list[Rock],
    *,
    fps: float = 25.0,
    before: float = 2.0,
    texture: bool = True,
    stuck: bool = False,
    breath: float = 0.0,
    head_right: bool = False,
    camera: Camera = SIDE_ON,
    noise: float = 0.0,
) -> Iterator[Sight]:
    """A filmed set of pelvic tilts.

    Args:
        each: the tilts.
        fps: pictures a second.
        before: rest before the first, s.
        texture: the picture's texture is followed as well, 12 times a second.
        stuck: a drawn arrow keeps the patch over the hip in its place.
        breath: height by which the belly rises with each breath, trunk lengths.
        head_right: the head lies to the picture's right.
        camera: where it stands.
        noise: standard deviation of each landmark, pixels.
    """
    ways: dict[str, Keys] = {key: [(0.0, 0.0), (before, 0.0)] for key in ("along", "up", "pitch", "knee")}
    t = before
    for one in each:
        for seconds, share in ((one.out, 1.0), (one.hold, 1.0), (one.back, one.left), (one.rest, one.left)):
            t += seconds
            for key, way in ways.items():
                way.append((t, share * float(getattr(one, key))))
    rest = pose(0.0, camera=camera)
    trunk = float(np.hypot(*(rest.xy[Part.SHOULDER.on("right")] - rest.xy[Part.HIP.on("right")])))
    looked = -1.0
    for i in range(int(t * fps) + 1):
        now = i / fps
        along, up, pitch, knee = (smooth(ways[key], now) for key in ("along", "up", "pitch", "knee"))
        leg = Leg(57.0 + knee)
        seen = pose(
            now, leg, leg, along=along, up=up, pitch=pitch, head_right=head_right, camera=camera, noise=noise
        )  # fmt: skip
        found = None
        if texture and now >= 0.5 and now - looked >= 1 / 12 - 1e-6:
            looked = now
            side = -1 if head_right else 1
            height = up + sin(radians(pitch))
            breathing = breath * 0.5 * (1 - cos(2 * 3.14159 * now / 4))

            def patch(x: float, y: float, side: int = side) -> Patch:
                return Patch(side * x * trunk, -y * trunk, 0.0, 0.99)

            hip = patch(0.0, 0.0) if stuck else patch(along, height)
            lost = pitch > 4
            found = Texture(1, None if lost else hip, None if lost else patch(along, height + breathing))
        yield Sight(now, seen, texture=found)


def begun(sights: Iterator[Sight], start: float) -> Iterator[Sight]:
    """A film from ``start`` seconds on; times begin at 0, and patches are taken half a second later."""
    for sight in sights:
        t = sight.t - start
        if t >= 0:
            texture = sight.texture if t >= 0.5 else None
            yield replace(sight, t=t, pose=sight.pose and replace(sight.pose, t=t), texture=texture)
