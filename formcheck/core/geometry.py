"""Angles between points of the picture. Points are (x, y) in pixels, x right, y down; angles in degrees."""

from math import atan2, degrees, hypot

Point = tuple[float, float]


def distance(a: Point, b: Point) -> float:
    """Return the distance between two points in pixels."""
    return hypot(b[0] - a[0], b[1] - a[1])


def turn(a: Point, vertex: Point, b: Point) -> float:
    """Return the turn at ``vertex`` from the ray to ``a`` to the ray to ``b``, clockwise as seen, in [0, 360).

    >>> turn((0, 0), (1, 0), (1, 1))
    270.0
    """
    ux, uy = a[0] - vertex[0], a[1] - vertex[1]
    vx, vy = b[0] - vertex[0], b[1] - vertex[1]
    angle = degrees(atan2(ux * vy - uy * vx, ux * vx + uy * vy))
    return angle + 360 if angle < 0 else angle


def angle(a: Point, vertex: Point, b: Point) -> float:
    """Return the unsigned angle at ``vertex``, in [0, 180].

    >>> angle((0, 0), (1, 0), (1, 1))
    90.0
    """
    full = turn(a, vertex, b)
    return min(full, 360 - full)


def hip_angle(shoulder: Point, hip: Point, knee: Point, *, head_right: bool) -> float:
    """Return the signed hip angle of somebody lying on the back, in [0, 360).

    180: shoulder, hip and knee in line; below: the hips sag; above: they are over the line. Unsigned, an over-arched
    197 would read 163 and hide the fault.

    Args:
        shoulder: of the side that is measured.
        hip: of the same side.
        knee: of the same side.
        head_right: the head lies toward the picture's right.
    """
    full = turn(knee, hip, shoulder) if head_right else turn(shoulder, hip, knee)
    return full % 360


def pitch(tail: Point, head: Point) -> float:
    """Return how far ``tail`` is above ``head``, as the slope of the line between them, in (-90, 90].

    For a trunk from hip (tail) to shoulder (head): 0 lying, positive with the hips lifted, -90 sitting upright.
    """
    return degrees(atan2(head[1] - tail[1], abs(head[0] - tail[0])))


def elevation(hip: Point, knee: Point, *, head_right: bool) -> float:
    """Return the slope of a thigh, in (-90, 270]: 0 level toward the feet, 90 upright, 180 level toward the head.

    Args:
        hip: of the leg.
        knee: of the leg.
        head_right: the head lies toward the picture's right.
    """
    along = hip[0] - knee[0] if head_right else knee[0] - hip[0]
    full = degrees(atan2(hip[1] - knee[1], along))
    return full + 360 if full <= -90 else full
