"""The body and the line it should make."""

from math import hypot, isnan, radians

from formcheck.core.body import Body
from formcheck.core.frame import Image
from formcheck.core.geometry import Point
from formcheck.core.landmarks import Landmark, Part
from formcheck.exercises.vocabulary import Segment
from formcheck.io.overlay import lines
from formcheck.io.overlay.style import INK, RIGHT, TARGET, WRONG, Scale
from formcheck.io.overlay.text import Words, panel, put
from formcheck.session.moment import Moment

_STRETCHES: tuple[tuple[Segment, Part, Part], ...] = (
    ("arm", Part.SHOULDER, Part.ELBOW),
    ("arm", Part.ELBOW, Part.WRIST),
    ("head", Part.EAR, Part.SHOULDER),
    ("trunk", Part.SHOULDER, Part.HIP),
    ("thigh", Part.HIP, Part.KNEE),
    ("shin", Part.KNEE, Part.ANKLE),
    ("shin", Part.ANKLE, Part.TOE),
)
_LEG = {Part.HIP, Part.KNEE, Part.ANKLE, Part.TOE}


def _at(body: Body, part: Part) -> Point | None:
    return body.leg(part) if part in _LEG else body.at(part)


def draw_body(image: Image, moment: Moment, scale: Scale) -> None:
    """Draw the side toward the camera; what a visible fault concerns is dashed, crossed and in the colour of wrong."""
    body = moment.body
    if body is None:
        return
    wrong = {segment for key in moment.wrong for segment in moment.exercise.rule(key).concerns}
    width = scale.line
    nose, ear = body.points[Landmark.NOSE], body.at(Part.EAR)
    stretches = [(name, _at(body, a), _at(body, b)) for name, a, b in _STRETCHES]
    stretches.append(("head", nose, ear))
    for name, a, b in stretches:
        if a is not None and b is not None:
            bad = name in wrong
            thin = max(2, width // 2) if name in {"arm", "head"} and not bad else width
            lines.line(image, a, b, WRONG if bad else RIGHT, thin, dashed=bad)
    for part in (Part.SHOULDER, Part.HIP, Part.KNEE, Part.ANKLE):
        if (p := _at(body, part)) is not None:
            lines.dot(image, p, INK, max(2, width))
    if "head" in wrong and ear is not None:
        lines.cross(image, ear, WRONG, 2 * width, max(2, width // 2))
    if "shin" in wrong and (ankle := body.leg(Part.ANKLE)) is not None:
        lines.cross(image, ankle, WRONG, 2 * width, max(2, width // 2))


def draw_guide(image: Image, moment: Moment, scale: Scale) -> None:
    """Draw the line to reach; at the top also how far off it is and which way, or that it is right."""
    body = moment.body
    if body is None or moment.phase not in ("up", "hold", "down"):
        return
    a, middle, b = (_at(body, part) for part in moment.exercise.guide.parts)
    if a is None or middle is None or b is None:
        return
    thin = max(2, scale.line // 2)
    lines.line(image, a, b, TARGET, thin, dashed=True)
    plan = moment.exercise.counts
    value = moment.values.get(plan.signal.key, float("nan"))
    limit = moment.exercise.allowed
    faulty = any(moment.exercise.rule(key).measure == plan.signal.key for key in moment.wrong)
    if isnan(value) or not (moment.phase == "hold" or faulty):
        return
    if limit.kept(value):
        lines.tick(image, (middle[0], middle[1] - 4.5 * scale.line), RIGHT, 2.6 * scale.line, thin)
        return
    _correction(image, (a, middle, b), plan.target - value, scale)


def _correction(image: Image, points: tuple[Point, Point, Point], missing: float, scale: Scale) -> None:
    """An arrow from where the middle joint is to where it should be, with the degrees that are missing.

    Its length comes from the reported angle, not from the drawn line: the model's hip is not the joint's centre.
    """
    a, middle, b = points
    upper = hypot(middle[0] - a[0], middle[1] - a[1])
    lower = hypot(b[0] - middle[0], b[1] - middle[1])
    whole = hypot(b[0] - a[0], b[1] - a[1])
    if min(upper, lower, whole) < 1:
        return
    up = ((b[1] - a[1]) / whole, -(b[0] - a[0]) / whole)
    if up[1] > 0:
        up = (-up[0], -up[1])
    reach = radians(missing) * upper * lower / (upper + lower)
    if abs(reach) < 4 * scale.line:
        reach = 4 * scale.line * (1 if reach > 0 else -1)
    tip = (middle[0] + up[0] * reach, middle[1] + up[1] * reach)
    lines.arrow(image, middle, tip, WRONG, max(2, round(scale.line * 0.9)))
    label = f"{abs(missing):.0f}° {'higher' if missing > 0 else 'lower'}"
    sheet = panel(((Words(label, scale.px(5.2), INK, 700),),), None, scale.width)
    height, width = image.shape[:2]
    x = round(middle[0] - sheet.shape[1] / 2)
    y = round(tip[1] - sheet.shape[0] - 2 * scale.line) if reach > 0 else round(tip[1] + 2 * scale.line)
    put(image, sheet, min(max(0, x), width - sheet.shape[1]), min(max(0, y), height - sheet.shape[0]))
