"""The body: what is right, and what is not."""

from formcheck.core.body import Body
from formcheck.core.frame import Image
from formcheck.core.geometry import Point
from formcheck.core.landmarks import Landmark, Part
from formcheck.exercises.vocabulary import Segment
from formcheck.io.overlay import lines
from formcheck.io.overlay.style import INK, RIGHT, WRONG, Scale
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


def at(body: Body, part: Part) -> Point | None:
    """Return a trusted point of the side toward the camera, of the working leg below the hip."""
    return body.leg(part) if part in _LEG else body.at(part)


def stretches(body: Body) -> list[tuple[Segment, Point | None, Point | None]]:
    """Return the stretches that are drawn, each with its two ends where they can be trusted."""
    found = [(name, at(body, a), at(body, b)) for name, a, b in _STRETCHES]
    found.append(("head", body.points[Landmark.NOSE], body.at(Part.EAR)))
    return found


def draw_body(image: Image, moment: Moment, scale: Scale) -> None:
    """Draw the side toward the camera and the working leg.

    What a visible fault concerns is dashed, crossed and in the colour of wrong; of an exercise that is not certain no
    fault is shown.
    """
    body = moment.body
    if body is None:
        return
    keys = moment.wrong if moment.certain else ()
    wrong = {segment for key in keys for segment in moment.exercise.rule(key).concerns}
    width = scale.line
    for name, a, b in stretches(body):
        if a is not None and b is not None:
            bad = name in wrong
            thin = max(2, width // 2) if name in {"arm", "head"} and not bad else width
            lines.line(image, a, b, WRONG if bad else RIGHT, thin, dashed=bad)
    for part in (Part.SHOULDER, Part.HIP, Part.KNEE, Part.ANKLE):
        if (p := at(body, part)) is not None:
            lines.dot(image, p, INK, max(2, width))
    if "head" in wrong and (ear := body.at(Part.EAR)) is not None:
        lines.cross(image, ear, WRONG, 2 * width, max(2, width // 2))
    if "shin" in wrong and (ankle := body.leg(Part.ANKLE)) is not None:
        lines.cross(image, ankle, WRONG, 2 * width, max(2, width // 2))
