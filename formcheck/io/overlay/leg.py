"""The working leg of a stretch: its angle, and where it should be."""

from dataclasses import dataclass
from math import isnan, nan
from typing import Self

from formcheck.core.frame import Image
from formcheck.core.geometry import Point, distance, elevation
from formcheck.core.landmarks import Part
from formcheck.core.signals import HIP_ANGLE, KNEE_EXTENSION
from formcheck.io.overlay import lines
from formcheck.io.overlay.sheet import put_around
from formcheck.io.overlay.style import INK, TARGET, Scale
from formcheck.io.overlay.text import Words, panel
from formcheck.session.moment import Moment

_Way = tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class _Fan:
    """The angle at the hip that a stretch is about, from its fixed side to the thigh.

    Attributes:
        hip: its vertex.
        knee: end of the thigh.
        value: reported degrees.
        base: turn of the fixed side, degrees clockwise from straight up: level toward the feet, or the trunk.
        thigh: turn of the thigh.
        asked: turn at which the thigh would be just right; NaN where no rule is about it.
    """

    hip: Point
    knee: Point
    value: float
    base: float
    thigh: float
    asked: float

    @classmethod
    def of(cls, moment: Moment) -> Self | None:
        """Return it while a leg is drawn up and all of it is to be trusted."""
        body, exercise = moment.body, moment.exercise
        value = moment.values.get(exercise.charted.key, nan)
        if body is None or moment.phase not in ("up", "hold", "down") or isnan(value):
            return None
        shoulder, hip, knee = (body.leg(part) for part in (Part.SHOULDER, Part.HIP, Part.KNEE))
        if hip is None or knee is None:
            return None

        def turn(slope: float) -> float:
            return slope - 90 if body.head_right else 90 - slope

        slope, base, asked = elevation(hip, knee, head_right=body.head_right), 0.0, nan
        if exercise.charted is HIP_ANGLE:
            if shoulder is None:
                return None
            base = elevation(hip, shoulder, head_right=body.head_right)
            base += 360 if base < slope - 90 else 0  # a trunk whose chest is up has gone once round
            asked = base - exercise.allowed.high if exercise.allowed else nan
        return cls(hip, knee, value, turn(base), turn(slope), turn(asked))

    @property
    def length(self) -> float:
        """Of the thigh, pixels."""
        return distance(self.hip, self.knee)


def draw_leg(image: Image, moment: Moment, scale: Scale) -> None:
    """Draw the angle at the hip, and dashed where thigh and shin should be. It goes under the body."""
    fan = _Fan.of(moment)
    if fan is None:
        return
    width, radius = max(2, scale.line // 2), _radius(fan, scale)
    if moment.exercise.charted is not HIP_ANGLE:  # there the trunk is the other side, and drawn already
        lines.line(image, fan.hip, lines.around(fan.hip, 1.5 * radius, fan.base), INK, width)
    lines.path(image, lines.arc(fan.hip, radius, fan.base, fan.thigh), TARGET, width)
    if not isnan(fan.asked):
        lines.line(image, fan.hip, lines.around(fan.hip, fan.length, fan.asked), TARGET, width, dashed=True)
    if (shin := _shin(fan, moment)) is not None:
        lines.line(image, fan.knee, shin[1], TARGET, width, dashed=True)


def draw_leg_advice(image: Image, moment: Moment, scale: Scale) -> None:
    """Draw the angle in degrees and, in a hold, arrows from where knee and foot are to where they should be."""
    fan = _Fan.of(moment)
    if fan is None:
        return
    allowed = moment.exercise.allowed
    ways = [_shin(fan, moment)]
    if allowed is not None and allowed.kept(fan.value) is False:
        ways.append((fan.knee, lines.around(fan.hip, fan.length, fan.asked)))
    for way in ways:
        if way is not None and moment.hold is not None:
            lines.arrow(image, *way, TARGET, scale.line)
    words = panel(((Words(f"{fan.value:.0f}°", scale.px(5.2), INK, 700),),), scale.width)
    away = _radius(fan, scale) + 0.6 * max(words.size)
    put_around(image, words, lines.around(fan.hip, away, (fan.base + fan.thigh) / 2))


def _radius(fan: _Fan, scale: Scale) -> float:
    return min(float(scale.px(16)), max(float(scale.px(5)), 0.45 * fan.length))


def _shin(fan: _Fan, moment: Moment) -> _Way | None:
    """Where the ankle is, and where it would be with the knee straight, while a rule objects to the knee."""
    ankle = moment.body and moment.body.leg(Part.ANKLE)
    bent = any(moment.exercise.rule(key).measure == KNEE_EXTENSION.key for key in moment.wrong)
    return (ankle, lines.around(fan.knee, distance(fan.knee, ankle), fan.thigh)) if ankle and bent else None
