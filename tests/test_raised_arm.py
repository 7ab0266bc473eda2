"""A raised arm, as an answer: what counts as one, and what must not."""

from dataclasses import replace

import pytest

from formcheck.core.body import Body
from formcheck.core.pose import Pose
from formcheck.core.tracking import BodyTracker
from formcheck.session.programme.raised_arm import RaisedArm
from tests import arms, figure, lying

FPS = 20
REST = arms.posed(lying.pose(0.0), -2, sides=("left", "right"))
UPRIGHT = figure.Camera(size=(480, 854))


def _bodies(*spans: tuple[Pose | None, float]) -> list[Body | None]:
    tracker, bodies, t = BodyTracker(), [], 0.0
    for pose, seconds in spans:
        for _ in range(round(seconds * FPS)):
            bodies.append(None if pose is None else tracker.step(replace(pose, t=t)))
            t += 1 / FPS
    return bodies


def _times(*spans: tuple[Pose | None, float]) -> list[float]:
    arm = RaisedArm()
    return [i / FPS for i, body in enumerate(_bodies(*spans)) if arm.step(i / FPS, body)]


def _with(slope: float, elbow: float = 175.0, **kwargs) -> Pose:
    return arms.posed(REST, slope, elbow, **kwargs)


@pytest.mark.parametrize(
    "up",
    [
        pytest.param(_with(90), id="straight up"),
        pytest.param(_with(60), id="toward the knees"),
        pytest.param(_with(120), id="toward the head"),
        pytest.param(_with(90, 155), id="a little bent"),
        pytest.param(_with(90, sides=("left",)), id="the far arm"),
        pytest.param(_with(90, sides=("left", "right")), id="both"),
    ],
)
def test_counts_once(up):
    times = _times((REST, 1.0), (up, 2.0), (REST, 1.0))
    assert len(times) == 1
    assert 1.2 <= times[0] <= 1.5


@pytest.mark.parametrize(
    "held",
    [
        pytest.param(_with(0), id="at the side"),
        pytest.param(_with(178), id="stretched out on the floor overhead"),
        pytest.param(_with(150, 40), id="hands behind the head"),
        pytest.param(_with(30), id="toward a drawn-up knee"),
        pytest.param(_with(70, 60), id="scratching the nose"),
        pytest.param(_with(60, 90), id="hand on the belly"),
    ],
)
def test_stays_silent(held):
    assert _times((REST, 1.0), (held, 3.0), (REST, 1.0)) == []


def test_a_short_swing_is_no_answer():
    assert _times((REST, 1.0), (_with(90), 0.2), (REST, 1.0)) == []


def test_raised_twice_counts_twice():
    up = _with(90)
    assert len(_times((REST, 1.0), (up, 1.0), (REST, 1.0), (up, 1.0))) == 2


def test_an_arm_that_was_up_from_the_beginning_is_no_answer():
    assert _times((_with(90), 3.0), (REST, 1.0)) == []


def test_an_arm_that_wavers_counts_once():
    high, lower = _with(50), _with(30)
    assert len(_times((REST, 1.0), *[(high, 0.5), (lower, 0.5)] * 4)) == 1


def test_a_gap_in_sight_is_no_second_answer():
    up = _with(90)
    assert len(_times((REST, 1.0), (up, 1.0), (None, 2.0), (up, 1.0))) == 1
    assert len(_times((REST, 1.0), (up, 1.0), (None, 0.2), (up, 1.0))) == 1


def test_head_to_the_right_and_upright_pictures():
    for pose in (lying.pose(0.0, head_right=True), lying.pose(0.0, camera=UPRIGHT)):
        down, up = (arms.posed(pose, slope, sides=("left", "right")) for slope in (-2, 85))
        assert len(_times((down, 1.0), (up, 1.0))) == 1
