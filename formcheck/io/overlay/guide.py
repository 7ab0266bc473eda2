"""The line to reach and what is missing to it, and where hips belong that have left the mat."""

from math import hypot, isnan, nan, radians

from formcheck.core.frame import Image
from formcheck.core.geometry import Point
from formcheck.core.landmarks import Part
from formcheck.core.signals import HIPS_LIFT
from formcheck.exercises.vocabulary import Reps
from formcheck.io.overlay import lines
from formcheck.io.overlay.body import at
from formcheck.io.overlay.sheet import Sheet, put
from formcheck.io.overlay.style import ENGLISH, INK, PRAISE, TARGET, Scale
from formcheck.io.overlay.text import Sign, Words, panel
from formcheck.io.texts import Texts
from formcheck.session.moment import Moment

_Corners = tuple[Point, Point, Point]


def corners_of(moment: Moment) -> _Corners | None:
    """Return where the guide's three parts are, while the movement goes on and all three are to be trusted."""
    body = moment.body
    if body is None or moment.phase not in ("up", "hold", "down"):
        return None
    a, middle, b = (at(body, part) for part in moment.exercise.guide.parts)
    return None if a is None or middle is None or b is None else (a, middle, b)


def draw_line(image: Image, moment: Moment, scale: Scale) -> None:
    """Draw the line to reach. It goes under the body, so that a body in line simply covers it."""
    if (corners := corners_of(moment)) is not None:
        lines.line(image, corners[0], corners[2], TARGET, max(2, scale.line // 2), dashed=True)


def draw_advice(image: Image, moment: Moment, scale: Scale, texts: Texts = ENGLISH) -> None:
    """Draw, at the top, how far off the line the body is and which way to go, or that it is in line."""
    corners = corners_of(moment)
    if corners is None:
        return
    plan = moment.exercise.counts
    value = moment.values.get(plan.signal.key, nan)
    faulty = any(moment.exercise.rule(key).measure == plan.signal.key for key in moment.wrong)
    up = _upward(corners)
    allowed = moment.exercise.allowed
    if (
        isnan(value)
        or up is None
        or allowed is None
        or not isinstance(plan, Reps)
        or not (moment.phase == "hold" or faulty)
    ):
        return
    hip = corners[1]
    if allowed.kept(value):
        if not faulty:  # judged wrong a moment ago, right now: saying nothing is better than both
            words = _words(texts.of("screen.in_line"), scale)
            _label(image, moment, scale, hip, panel(((words,),), scale.width, Sign("praise", PRAISE)))
        return
    missing = plan.target - value
    reach = _reach(corners, missing)
    if abs(reach) < 5 * scale.line:
        reach = 5.0 * scale.line * (1 if reach > 0 else -1)
    tip = (hip[0] + up[0] * reach, hip[1] + up[1] * reach)
    lines.arrow(image, hip, tip, TARGET, round(1.4 * scale.line))
    text = texts.of("screen.higher" if missing > 0 else "screen.lower", degrees=f"{abs(missing):.0f}")
    _label(image, moment, scale, tip if reach > 0 else hip, panel(((_words(text, scale),),), scale.width))


def draw_down(image: Image, moment: Moment, scale: Scale) -> None:
    """Draw an arrow down to the hip while a rule objects to hips that have left the mat."""
    hip = at(moment.body, Part.HIP) if moment.body else None
    if moment.body is None or hip is None:
        return
    if any(moment.exercise.rule(key).measure == HIPS_LIFT.key for key in moment.wrong):
        tail, tip = ((hip[0], hip[1] - share * moment.body.trunk) for share in (0.55, 0.10))
        lines.arrow(image, tail, tip, TARGET, round(1.4 * scale.line))


def _upward(corners: _Corners) -> Point | None:
    """The direction at right angles to the line that points up in the picture; None where there is no line."""
    (ax, ay), _, (bx, by) = corners
    whole = hypot(bx - ax, by - ay)
    if whole < 1:
        return None
    up = ((by - ay) / whole, -(bx - ax) / whole)
    return up if up[1] < 0 else (-up[0], -up[1])


def _reach(corners: _Corners, missing: float) -> float:
    """How far the middle joint has to move for so many degrees, in pixels.

    Taken from the reported angle, not from the drawn line: the model's hip is not the joint's centre.
    """
    a, middle, b = corners
    upper, lower = hypot(middle[0] - a[0], middle[1] - a[1]), hypot(b[0] - middle[0], b[1] - middle[1])
    return radians(missing) * upper * lower / max(1.0, upper + lower)


def _words(text: str, scale: Scale) -> Words:
    return Words(text, scale.px(5.2), INK, 700)


def _label(image: Image, moment: Moment, scale: Scale, p: Point, sheet: Sheet) -> None:
    """Put a label over ``p``, clear of the belly, on the head's side: there the line falls away and the air is free."""
    body = moment.body
    if body is None:
        return
    height, width = image.shape[:2]
    x = p[0] - (0.2 if body.head_right else 0.8) * sheet.size[0]
    y = p[1] - max(2.0 * scale.line, 0.25 * body.trunk) - sheet.size[1]
    put(
        image,
        sheet,
        round(min(max(0.0, x), width - sheet.size[0])),
        round(min(max(0.0, y), height - sheet.size[1])),
    )
