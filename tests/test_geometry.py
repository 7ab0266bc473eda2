"""Angles: exact where they are known, and indifferent to where, how large and which way round the picture is."""

from math import cos, radians, sin

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from formcheck.core import geometry
from formcheck.core.geometry import Point

coordinate = st.floats(-2000, 2000)
point = st.tuples(coordinate, coordinate)


def apart(*points: Point) -> bool:
    return all(geometry.distance(a, b) > 1 for i, a in enumerate(points) for b in points[i + 1 :])


@pytest.mark.parametrize(
    ("shoulder", "hip", "knee", "head_right", "expected"),
    [
        pytest.param((0, 0), (10, 0), (20, 0), False, 180, id="in line, head left"),
        pytest.param((20, 0), (10, 0), (0, 0), True, 180, id="in line, head right"),
        pytest.param((0, 0), (10, 0), (10, -10), False, 90, id="thigh upright, head left"),
        pytest.param((20, 0), (10, 0), (10, -10), True, 90, id="thigh upright, head right"),
        pytest.param((0, 0), (10, -10), (20, 0), False, 270, id="hips far over the line, head left"),
        pytest.param((20, 0), (10, -10), (0, 0), True, 270, id="hips far over the line, head right"),
        pytest.param((0, 0), (10, -1), (20, 0), False, 191.42, id="a little over reads over 180, not under"),
        pytest.param((0, 0), (10, 1), (20, 0), False, 168.58, id="a little under reads under 180"),
    ],
)
def test_hip_angle_is_signed(shoulder: Point, hip: Point, knee: Point, head_right: bool, expected: float) -> None:
    assert geometry.hip_angle(shoulder, hip, knee, head_right=head_right) == pytest.approx(expected, abs=0.01)


@given(point, point, point)
def test_hip_angle_is_the_same_in_a_mirror(shoulder: Point, hip: Point, knee: Point) -> None:
    assume(apart(shoulder, hip, knee))
    mirrored = [(-x, y) for x, y in (shoulder, hip, knee)]
    left = geometry.hip_angle(shoulder, hip, knee, head_right=False)
    right = geometry.hip_angle(*mirrored, head_right=True)
    assert (left - right) % 360 == pytest.approx(0, abs=1e-6) or (left - right) % 360 == pytest.approx(360, abs=1e-6)


@given(point, point, point, st.floats(0.1, 10), st.floats(0, 360), point)
def test_an_angle_does_not_depend_on_place_size_and_turn(
    a: Point, vertex: Point, b: Point, scale: float, turn: float, shift: Point
) -> None:
    assume(apart(a, vertex, b))

    def moved(p: Point) -> Point:
        c, s = cos(radians(turn)), sin(radians(turn))
        return scale * (c * p[0] - s * p[1]) + shift[0], scale * (s * p[0] + c * p[1]) + shift[1]

    assert geometry.angle(moved(a), moved(vertex), moved(b)) == pytest.approx(geometry.angle(a, vertex, b), abs=1e-3)


@given(point, point, point)
def test_signed_and_unsigned_agree(a: Point, vertex: Point, b: Point) -> None:
    assume(apart(a, vertex, b))
    turn, back = geometry.turn(a, vertex, b), geometry.turn(b, vertex, a)
    assert 0 <= turn < 360
    assert (turn + back) % 360 == pytest.approx(0, abs=1e-6) or turn + back == pytest.approx(360)
    assert geometry.angle(a, vertex, b) == pytest.approx(min(turn, back))


@pytest.mark.parametrize(
    ("hip", "shoulder", "expected"),
    [
        pytest.param((10, 0), (0, 0), 0, id="lying"),
        pytest.param((10, -10), (0, 0), 45, id="hips lifted"),
        pytest.param((0, 0), (0, -10), -90, id="sitting upright"),
        pytest.param((10, 0), (20, -10), -45, id="half sat up, head right"),
    ],
)
def test_pitch(hip: Point, shoulder: Point, expected: float) -> None:
    assert geometry.pitch(hip, shoulder) == pytest.approx(expected)
