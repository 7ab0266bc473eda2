"""A soft figure drawn as SVG from a pose: on a mat, the far limbs paler, what moves with an arrow."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, sin

from formcheck.io.guide.poses import Drawn, Spot

UNIT = 120.0
"""Drawing units a trunk's length."""
LEFT, RIGHT, UP, DOWN = 0.75, 3.15, 1.95, 0.34
"""How far the drawing reaches from the shoulder and the mat, trunk lengths: the same for all, for one size."""
WIDTH, HEIGHT = (LEFT + RIGHT) * UNIT, (UP + DOWN) * UNIT
_TRUNK, _THIGH, _SHIN, _ARM, _FOOT, _HEAD = 0.34, 0.24, 0.17, 0.11, 0.11, 0.19
_NEAR_MAT, _FAR_MAT = 0.07, 0.16
"""No limb is drawn deeper: what lies behind is higher in the picture."""
_LEAST_ARROW = 0.18


@dataclass(frozen=True, slots=True)
class Stroke:
    """A part of the body: a path, how thick, and its kind (``near``, ``far``, ``shirt``)."""

    path: str
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Everything the template draws, in drawing units.

    Attributes:
        strokes: limbs and trunk, farthest first.
        head: its middle and radius.
        nose: its tip.
        ghost: the pose at rest as thin lines, under the pose at the far end.
        arrow: what moves, from where to where, as a path; empty without.
        towel: from the hands round the foot; empty without.
        pelvis: the pelvis' line and the bow of its turn, for the tilt; empty without.
        top: what is above is empty.
    """

    strokes: tuple[Stroke, ...]
    head: tuple[float, float, float]
    nose: tuple[float, float]
    ghost: tuple[str, ...]
    arrow: str
    towel: str
    pelvis: tuple[str, ...]
    top: float


def figure(pose: Drawn, rest: Drawn | None = None, *, towel: bool = False, arch: float = 0.0) -> Figure:
    """Return the drawing of a pose.

    Args:
        pose: what is drawn.
        rest: where it came from, drawn as a ghost with an arrow to what moved most.
        towel: a towel reaches from the hands round the near foot.
        arch: how far the lower back arches, as a share of what is drawn at most.
    """
    hip, shoulder = _mid(pose.near_leg[0], pose.far_leg[0]), _mid(pose.near_arm[0], pose.far_arm[0])
    hip, shoulder = _above(hip, _TRUNK / 2), _above(shoulder, _TRUNK / 2)
    face = (pose.nose[0] - pose.head[0], pose.nose[1] - pose.head[1])
    long = hypot(*face) or 1.0
    head = _above(pose.head, _HEAD)
    tip = (head[0] + 0.98 * _HEAD * face[0] / long, head[1] + 0.98 * _HEAD * face[1] / long)
    strokes = (
        *_limb(pose.far_arm, (_ARM, _ARM), "far", _FAR_MAT),
        *_leg(pose.far_leg, "far", _FAR_MAT),
        Stroke(_line(head, shoulder), _ARM * UNIT * 1.2, "near"),
        Stroke(_trunk(shoulder, hip, arch), _TRUNK * UNIT, "shirt"),
        *_leg(pose.near_leg, "near", _NEAR_MAT),
        *_limb(pose.near_arm, (_ARM, _ARM), "near", _NEAR_MAT),
    )
    return Figure(
        strokes=strokes,
        head=(*_at(head), _HEAD * UNIT),
        nose=_at(tip),
        ghost=_ghost(rest) if rest is not None and not arch else (),
        arrow=_arrow(rest, pose) if rest is not None and not arch else "",
        towel=_towel(pose) if towel else "",
        pelvis=_pelvis(hip, arch) if arch else (),
        top=_at((0.0, max(y for _, y in (*pose.spots, *(rest.spots if rest is not None else ()))) + 0.35))[1],
    )


def _at(spot: Spot) -> tuple[float, float]:
    return round((spot[0] + LEFT) * UNIT, 1), round((UP - spot[1]) * UNIT, 1)


def _line(*spots: Spot) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in map(_at, spots))


def _mid(a: Spot, b: Spot) -> Spot:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _above(spot: Spot, least: float) -> Spot:
    return spot[0], max(spot[1], least)


def _limb(spots: tuple[Spot, ...], widths: tuple[float, ...], kind: str, mat: float) -> Iterator[Stroke]:
    kept = [_above(spot, mat) for spot in spots]
    for a, b, width in zip(kept, kept[1:], widths, strict=False):
        yield Stroke(_line(a, b), width * UNIT, kind)


def _leg(spots: tuple[Spot, ...], kind: str, mat: float) -> Iterator[Stroke]:
    hip, knee, ankle, heel, toe = (_above(spot, mat) for spot in spots)
    yield Stroke(_line(_above(hip, _TRUNK / 2 - 0.04), knee), _THIGH * UNIT, kind)
    yield Stroke(_line(knee, ankle), _SHIN * UNIT, kind)
    yield Stroke(_line(_mid(ankle, heel), toe), _FOOT * UNIT, kind)


def _trunk(shoulder: Spot, hip: Spot, arch: float) -> str:
    """From shoulder to hip; arched, the waist rises off the mat."""
    (x0, y0), (x1, y1) = _at(shoulder), _at(hip)
    waist = shoulder[0] + 0.66 * (hip[0] - shoulder[0]), shoulder[1] + 0.66 * (hip[1] - shoulder[1]) + 0.26 * arch
    x, y = _at(waist)
    return f"M{x0} {y0}Q{x} {y} {x1} {y1}"


def _ghost(rest: Drawn) -> tuple[str, ...]:
    hip, shoulder = _above(rest.near_leg[0], _TRUNK / 2), _above(rest.near_arm[0], _TRUNK / 2)
    leg = [_above(spot, _NEAR_MAT) for spot in (*rest.near_leg[1:3], rest.near_leg[4])]
    return (_line(shoulder, hip, *leg),)


def _arrow(rest: Drawn, pose: Drawn) -> str:
    """From where the part that moved most was to where it is, in a bow, stopping short of both."""
    pairs = [(rest.near_leg[i], pose.near_leg[i]) for i in (0, 1, 2)] + [(rest.near_arm[0], pose.near_arm[0])]
    a, b = max(pairs, key=lambda pair: hypot(pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]))
    if hypot(b[0] - a[0], b[1] - a[1]) < _LEAST_ARROW:
        return ""
    (x0, y0), (x1, y1) = _at(a), _at(b)
    bend = ((x0 + x1) / 2 + 0.25 * (y1 - y0), (y0 + y1) / 2 - 0.25 * (x1 - x0))
    return f"M{x0} {y0}Q{bend[0]:.1f} {bend[1]:.1f} {x1} {y1}"


def _towel(pose: Drawn) -> str:
    foot = _mid(pose.near_leg[3], pose.near_leg[4])
    return _line(pose.near_arm[2], foot, pose.far_arm[2])


def _pelvis(hip: Spot, arch: float) -> tuple[str, ...]:
    """The pelvis as a line across, and a bow in the direction it turns: the upper edge toward the feet."""
    lean = 0.35 * arch
    top = (hip[0] + 0.2 * sin(lean), hip[1] + 0.2 * cos(lean))
    low = (hip[0] - 0.2 * sin(lean), hip[1] - 0.2 * cos(lean))
    bow = [(hip[0] + 0.42 * sin(a), hip[1] + 0.42 * cos(a)) for a in (-0.6, -0.3, 0.0, 0.3, 0.6)]
    return _line(top, low), _line(*bow)


def arrow_head(path: str) -> tuple[float, float, float]:
    """Return the end of a path and its direction in degrees, for the tip of an arrow."""
    numbers = [float(n) for n in path.replace("M", " ").replace("L", " ").replace("Q", " ").split()]
    x0, y0, x1, y1 = numbers[-4:]
    return x1, y1, round(degrees(atan2(y1 - y0, x1 - x0)), 1)
