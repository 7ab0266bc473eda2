"""The one correction between what MediaPipe's landmarks measure and what is reported.

MediaPipe's hip is not the anatomical joint centre, and it moves over the pelvis with the thigh. Fitted on rendered
bodies with exact truth; every threshold in formcheck is in reported degrees, and nothing else corrects angles.

- Hips lifted: the shoulder-hip-knee angle reads 208 for a true 190, 185..194 for 180, 155 for 152, 116..120 for 118.
  One line through four bridges and a resting person leaves 2.2 to 3.4 degrees of mean error per body.
- Thigh drawn to the chest: it reads true within 1 degree on two bodies, 5 too much on a third. The line crosses the
  identity at 109 degrees; below, a second one takes off 2 degrees at 60.
- A straight leg raised: the hip is seen too low in the seat. The angle reads 8 to 14 too much, the thigh 3 to 8 too
  low.
- Knee: bent, it reads some 3 degrees too straight; straight, 3 to 6 too bent.
"""

HIP_SLOPE = 0.89
HIP_OFFSET_DEG = 12.0
_HIP_TRUE_DEG = HIP_OFFSET_DEG / (1 - HIP_SLOPE)
_HIP_CLOSE_SLOPE = 1.04
_BENT_DEG, _BENT_OFFSET_DEG = 120.0, -3.2
_STRAIGHT_DEG, _STRAIGHT_OFFSET_DEG = 165.0, 4.0
_RAISED_HIP_DEG, _RAISED_THIGH_DEG = -10.0, 5.0


def straight_raise(knee: float, elevation: float) -> float:
    """Return how much a leg is raised and straight, 0..1, from the measured knee angle and slope of the thigh."""
    return min(1.0, max(0.0, (knee - 100) / 50)) * min(1.0, max(0.0, (elevation - 20) / 40))


def reported_hip_angle(measured: float, raised: float = 0.0) -> float:
    """Return the hip angle to report for a measured one, both in degrees (180 = in line).

    Args:
        measured: degrees.
        raised: ``straight_raise`` of the same leg.
    """
    slope = HIP_SLOPE if measured > _HIP_TRUE_DEG else _HIP_CLOSE_SLOPE
    line = _HIP_TRUE_DEG + slope * (measured - _HIP_TRUE_DEG)
    return line + raised * _RAISED_HIP_DEG


def reported_knee_angle(measured: float) -> float:
    """Return the knee angle to report for a measured one, both in degrees (180 = straight)."""
    share = min(1.0, max(0.0, (measured - _BENT_DEG) / (_STRAIGHT_DEG - _BENT_DEG)))
    return min(180.0, measured + _BENT_OFFSET_DEG + share * (_STRAIGHT_OFFSET_DEG - _BENT_OFFSET_DEG))


def reported_elevation(measured: float, raised: float = 0.0) -> float:
    """Return the slope of the thigh to report for a measured one, both in degrees (0 = level, 90 = upright)."""
    return measured + raised * _RAISED_THIGH_DEG
