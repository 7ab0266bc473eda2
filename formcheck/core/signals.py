"""What is read from a body, and what may be said of a reading."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isnan, nan

from formcheck.core import correction, geometry
from formcheck.core.body import Body
from formcheck.core.landmarks import Part


@dataclass(frozen=True, slots=True)
class Signal:
    """A named reading; ``read`` returns NaN where the camera cannot tell."""

    key: str
    unit: str
    read: Callable[[Body], float]


@dataclass(frozen=True, slots=True)
class Limit:
    """An allowed range, ends included."""

    low: float = -inf
    high: float = inf

    def kept(self, value: float) -> bool | None:
        """Return whether ``value`` is inside; None where it is NaN: the camera cannot tell, no fault and no praise."""
        return None if isnan(value) else self.low <= value <= self.high


def hip_angle(body: Body) -> float:
    """Return the reported signed hip angle of the working leg, degrees."""
    shoulder, hip, knee = body.at(Part.SHOULDER), body.leg(Part.HIP), body.leg(Part.KNEE)
    if shoulder is None or hip is None or knee is None:
        return nan
    return correction.reported_hip_angle(geometry.hip_angle(shoulder, hip, knee, head_right=body.head_right))


def knee_angle(body: Body) -> float:
    """Return the reported knee angle of the working leg, degrees."""
    hip, knee, ankle = (body.leg(part) for part in (Part.HIP, Part.KNEE, Part.ANKLE))
    if hip is None or knee is None or ankle is None:
        return nan
    return correction.reported_knee_angle(geometry.angle(hip, knee, ankle))


def trunk_pitch(body: Body) -> float:
    """Return the trunk's slope, degrees: 0 lying, positive with the hips lifted, negative with the chest up."""
    shoulder, hip = body.at(Part.SHOULDER), body.at(Part.HIP)
    return nan if shoulder is None or hip is None else geometry.pitch(hip, shoulder)


def head_pitch(body: Body) -> float:
    """Return how far the head is raised, degrees: two parts the slope of the face (ear-nose), one the neck's.

    Neither alone will do: the neck (shoulder-ear) turns little when the chin is tucked, and sinks with the shoulders
    when the hips go up; the face is noisy.
    """
    shoulder, ear, nose = body.at(Part.SHOULDER), body.at(Part.EAR), body.points[0]
    if shoulder is None or ear is None or nose is None:
        return nan
    toward_head = (1.0, 0.0) if body.head_right else (-1.0, 0.0)

    def rise(tail: geometry.Point, tip: geometry.Point) -> float:
        """Slope of the line from tail to tip over the direction toward the head, -180..180."""
        level = (tail[0] + toward_head[0], tail[1])
        full = geometry.turn(tip, tail, level) if body.head_right else geometry.turn(level, tail, tip)
        return full - 360 if full > 270 else full

    return (rise(shoulder, ear) + 2 * rise(ear, nose)) / 3


def foot_height(body: Body) -> float:
    """Return how far the ankle is above the shoulder, in trunk lengths: near 0 with the foot on the mat."""
    shoulder, ankle = body.at(Part.SHOULDER), body.leg(Part.ANKLE)
    return nan if shoulder is None or ankle is None else (shoulder[1] - ankle[1]) / body.trunk


def shin_rise(body: Body) -> float:
    """Return how far the knee is above the ankle, in trunk lengths: clearly positive with the foot down, knee bent."""
    knee, ankle = body.leg(Part.KNEE), body.leg(Part.ANKLE)
    return nan if knee is None or ankle is None else (ankle[1] - knee[1]) / body.trunk


HIP_ANGLE = Signal("hip_angle_deg", "deg", hip_angle)
KNEE_ANGLE = Signal("knee_angle_deg", "deg", knee_angle)
TRUNK_PITCH = Signal("trunk_pitch_deg", "deg", trunk_pitch)
HEAD_PITCH = Signal("head_pitch_deg", "deg", head_pitch)
FOOT_HEIGHT = Signal("foot_height", "trunk lengths", foot_height)
SHIN_RISE = Signal("shin_rise", "trunk lengths", shin_rise)
