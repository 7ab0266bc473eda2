"""What is read from a body, and what may be said of a reading."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isnan, nan

from formcheck.core import correction, geometry
from formcheck.core.body import Body
from formcheck.core.landmarks import Part


@dataclass(frozen=True, slots=True)
class Signal:
    """A named reading of a body, taken by ``reader``."""

    key: str
    title: str
    unit: str
    reader: Callable[[Body], float]

    def read(self, body: Body) -> float:
        """Return the value, NaN where the camera cannot tell; of one body it is worked out only once."""
        return _once(body, self.key, self.reader)


def _once(body: Body, key: str, reader: Callable[[Body], float]) -> float:
    value = body.memo.get(key)
    if value is None:
        value = body.memo[key] = reader(body)
    return value


@dataclass(frozen=True, slots=True)
class Limit:
    """An allowed range, ends included."""

    low: float = -inf
    high: float = inf

    def kept(self, value: float) -> bool | None:
        """Return whether ``value`` is inside; None where it is NaN: the camera cannot tell, no fault and no praise."""
        return None if isnan(value) else self.low <= value <= self.high


def _thigh_slope(body: Body) -> float:
    return _once(body, "thigh_slope", _measured_thigh_slope)


def _measured_thigh_slope(body: Body) -> float:
    hip, knee = body.leg(Part.HIP), body.leg(Part.KNEE)
    return nan if hip is None or knee is None else geometry.elevation(hip, knee, head_right=body.head_right)


def _knee(body: Body) -> float:
    return _once(body, "knee", _measured_knee)


def _measured_knee(body: Body) -> float:
    hip, knee, ankle = (body.leg(part) for part in (Part.HIP, Part.KNEE, Part.ANKLE))
    return nan if hip is None or knee is None or ankle is None else geometry.angle(hip, knee, ankle)


def _raised(body: Body) -> float:
    """How much the working leg is raised and straight; a leg whose knee is not known counts as bent."""
    knee, slope = _knee(body), _thigh_slope(body)
    return 0.0 if isnan(knee) or isnan(slope) else correction.straight_raise(knee, slope)


def hip_angle(body: Body) -> float:
    """Return the reported signed hip angle of the working leg, degrees."""
    # the shoulder of the same side: one of the other lies higher or lower in the picture
    shoulder, hip, knee = (body.leg(part) for part in (Part.SHOULDER, Part.HIP, Part.KNEE))
    if shoulder is None or hip is None or knee is None:
        return nan
    measured = geometry.hip_angle(shoulder, hip, knee, head_right=body.head_right)
    return correction.reported_hip_angle(measured, _raised(body))


def knee_angle(body: Body) -> float:
    """Return the reported knee angle of the working leg, degrees."""
    measured = _knee(body)
    return nan if body.crossed or isnan(measured) else correction.reported_knee_angle(measured)


_CROSSED_KNEE_DEG = 150.0


def knee_extension(body: Body) -> float:
    """Return the knee angle to judge by, degrees: the reported one, and a bound where the ankles are exchanged.

    The model exchanges the ankles of a raised leg only when its knee is bent (rendered: 142); the angle with the ankles
    put right reads up to 20 too straight, so it is taken as at most 150.
    """
    measured = _knee(body)
    if isnan(measured):
        return nan
    reported = correction.reported_knee_angle(measured)
    return min(_CROSSED_KNEE_DEG, reported) if body.crossed else reported


def leg_elevation(body: Body) -> float:
    """Return the reported slope of the working thigh, degrees: 0 flat on the mat, 90 upright, more toward the head."""
    measured = _thigh_slope(body)
    return nan if isnan(measured) else correction.reported_elevation(measured, _raised(body))


def trunk_pitch(body: Body) -> float:
    """Return the trunk's slope, degrees: 0 lying, positive with the hips lifted, negative with the chest up."""
    shoulder, hip = body.at(Part.SHOULDER), body.at(Part.HIP)
    return nan if shoulder is None or hip is None else geometry.pitch(hip, shoulder)


def chest_rise(body: Body) -> float:
    """Return how far the chest is above the hips, as the slope of the trunk, degrees."""
    return -trunk_pitch(body)


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


HEAD_DOWN_AT_MOST = 90.0
"""Above this, in degrees of ``head_pitch``, no head lies on the mat (rendered and real, lying: 62 to 83; kept up: 107
to 135). A head that is up before the leg is drawn up has no rest to be compared with."""


def foot_height(body: Body) -> float:
    """Return how far the ankle is above the shoulder, in trunk lengths: near 0 with the foot on the mat."""
    shoulder, ankle = body.at(Part.SHOULDER), body.leg(Part.ANKLE)
    return nan if shoulder is None or ankle is None else (shoulder[1] - ankle[1]) / body.trunk


def shin_rise(body: Body) -> float:
    """Return how far the knee is above the ankle, in trunk lengths: clearly positive with the foot down, knee bent."""
    knee, ankle = body.leg(Part.KNEE), body.leg(Part.ANKLE)
    return nan if knee is None or ankle is None else (ankle[1] - knee[1]) / body.trunk


def face_rise(body: Body) -> float:
    """Return how far the nose is above the ear, in trunk lengths: positive on the back, negative face down."""
    ear, nose = body.at(Part.EAR), body.points[0]
    return nan if ear is None or nose is None else (ear[1] - nose[1]) / body.trunk


def hip_height(body: Body) -> float:
    """Return how far the hip is above the ankle, in trunk lengths."""
    hip, ankle = body.leg(Part.HIP), body.leg(Part.ANKLE)
    return nan if hip is None or ankle is None else (ankle[1] - hip[1]) / body.trunk


def knee_along(body: Body) -> float:
    """Return how far the knee is from the shoulder toward the feet, in trunk lengths."""
    shoulder, knee = body.at(Part.SHOULDER), body.leg(Part.KNEE)
    if shoulder is None or knee is None:
        return nan
    return (shoulder[0] - knee[0] if body.head_right else knee[0] - shoulder[0]) / body.trunk


def _of_tilt(name: str) -> Callable[[Body], float]:
    """Return the reading of one attribute of the tilt."""
    return lambda body: nan if body.tilt is None else float(getattr(body.tilt, name))


HIP_ANGLE = Signal("hip_angle_deg", "hip angle", "°", hip_angle)
KNEE_ANGLE = Signal("knee_angle_deg", "knee angle", "°", knee_angle)
KNEE_EXTENSION = Signal("knee_extension_deg", "knee extension", "°", knee_extension)
LEG_ELEVATION = Signal("leg_elevation_deg", "leg elevation", "°", leg_elevation)
TRUNK_PITCH = Signal("trunk_pitch_deg", "slope of the trunk", "°", trunk_pitch)
CHEST_RISE = Signal("chest_rise_deg", "rise of the chest", "°", chest_rise)
HEAD_PITCH = Signal("head_pitch_deg", "head", "°", head_pitch)
FOOT_HEIGHT = Signal("foot_height", "height of the foot", " trunk lengths", foot_height)
SHIN_RISE = Signal("shin_rise", "height of the knee over the foot", " trunk lengths", shin_rise)
FACE_RISE = Signal("face_rise", "height of the nose over the ear", " trunk lengths", face_rise)
HIP_HEIGHT = Signal("hip_height", "height of the hips", " trunk lengths", hip_height)
KNEE_ALONG = Signal("knee_along", "place of the knee", " trunk lengths", knee_along)
PELVIC_TILT = Signal("pelvic_tilt_deg", "pelvic tilt", "°", _of_tilt("value"))
TILT_ERROR = Signal("pelvic_tilt_error_deg", "error of the tilt", "°", _of_tilt("error"))
TILT_NOISE = Signal("pelvic_tilt_noise_deg", "noise of the tilt", "°", _of_tilt("noise"))
TILT_SWING = Signal("tilt_swing_deg", "swing of the pelvis", "°", _of_tilt("swing"))
TILT_SINCE = Signal("pelvic_tilt_since_s", "when the tilt's zero was taken", " s", _of_tilt("since"))
HIPS_LIFT = Signal("hips_lift_deg", "lift of the hips", "°", _of_tilt("lift"))
