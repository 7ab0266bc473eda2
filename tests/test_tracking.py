"""Bodies: the near side, and joints believed only while they are plausible."""

from collections.abc import Callable
from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from formcheck.core import signals
from formcheck.core.landmarks import Landmark, Part
from formcheck.core.pose import Pose
from formcheck.core.tracking import BodyTracker
from tests import figure
from tests.figure import Camera


def still(n: int = 40, **how: object) -> list[Pose]:
    return [figure.pose(i / 25, **how) for i in range(n)]  # type: ignore[arg-type]


def swapped(pose: Pose) -> Pose:
    """Near and far exchanged in depth, as MediaPipe does when it is unsure."""
    return replace(pose, world=pose.world * np.array([1, 1, -1]))


@pytest.mark.parametrize("head_right", [True, False], ids=["head right", "head left"])
def test_lying_on_the_back_the_near_side_follows_from_where_the_head_is(head_right: bool) -> None:
    body = BodyTracker().step(figure.pose(0.0, head_right=head_right))
    assert body is not None
    assert body.side == ("left" if head_right else "right")
    assert body.head_right is head_right


def test_a_flicker_of_depth_does_not_change_the_side() -> None:
    tracker = BodyTracker()
    sides = {
        body.side for i, pose in enumerate(still(100)) if (body := tracker.step(swapped(pose) if i % 3 == 1 else pose))
    }
    assert sides == {"right"}


def test_a_second_of_contrary_depth_changes_it() -> None:
    tracker = BodyTracker()
    sides = [
        body.side for i, pose in enumerate(still(60)) if (body := tracker.step(swapped(pose) if i >= 10 else pose))
    ]
    assert sides[30] == "right"
    assert sides[-1] == "left"


def moved(landmark: int, dx: float, dy: float) -> Callable[[Pose], Pose]:
    def change(pose: Pose) -> Pose:
        xy = pose.xy.copy()
        xy[landmark] += dx, dy
        return replace(pose, xy=xy)

    return change


@pytest.mark.parametrize(
    ("change", "part", "trusted"),
    [
        pytest.param(moved(Landmark.RIGHT_ANKLE, 3, 2), Part.ANKLE, True, id="a little noise"),
        pytest.param(moved(Landmark.RIGHT_ANKLE, 100, 0), Part.ANKLE, False, id="jumped in one frame"),
        pytest.param(moved(Landmark.RIGHT_KNEE, 0, -160), Part.KNEE, False, id="thigh grew"),
        pytest.param(moved(Landmark.RIGHT_ANKLE, 700, 0), Part.ANKLE, False, id="outside the picture"),
    ],
)
def test_a_joint_is_believed_only_while_plausible(change: Callable[[Pose], Pose], part: Part, trusted: bool) -> None:
    tracker = BodyTracker()
    body = None
    for i, pose in enumerate(still(40)):
        body = tracker.step(change(pose) if i == 39 else pose)
    assert body is not None
    assert (body.at(part) is not None) is trusted


def test_a_joint_that_stays_where_it_went_is_believed_again() -> None:
    tracker = BodyTracker()
    body = None
    change = moved(Landmark.RIGHT_ANKLE, 100, 0)
    for i, pose in enumerate(still(90)):
        body = tracker.step(change(pose) if i >= 40 else pose)
    assert body is not None
    assert body.at(Part.ANKLE) is not None


def test_what_is_not_trusted_is_not_measured() -> None:
    tracker = BodyTracker()
    poses = still(40)
    for pose in poses[:-1]:
        tracker.step(pose)
    body = tracker.step(moved(Landmark.RIGHT_ANKLE, 900, 0)(poses[-1]))
    assert body is not None
    assert isnan(signals.knee_angle(body))
    assert not isnan(signals.hip_angle(body))
    assert body.cut


def test_a_guessed_person_is_no_body() -> None:
    assert BodyTracker().step(replace(figure.pose(0.0), seen=np.full(33, 0.2))) is None


@pytest.mark.parametrize("off", [0.0, 10.0, 25.0, 60.0])
def test_the_cameras_place_is_seen(off: float) -> None:
    tracker = BodyTracker()
    bodies = [tracker.step(pose) for pose in still(5, camera=Camera(off_side=off))]
    assert bodies[-1] is not None
    assert bodies[-1].off_side == pytest.approx(off, abs=2)


@pytest.mark.parametrize("hip", [115.0, 150.0, 168.0, 180.0, 191.0, 200.0])
@pytest.mark.parametrize("head_right", [True, False], ids=["head right", "head left"])
def test_the_hip_angle_is_read_as_posed(hip: float, head_right: bool) -> None:
    body = BodyTracker().step(figure.pose(0.0, hip, head_right=head_right, camera=Camera(above=0.0)))
    assert body is not None
    assert signals.hip_angle(body) == pytest.approx(hip, abs=0.6)


@pytest.mark.parametrize("lift", [0.0, 15.0, 40.0])
@pytest.mark.parametrize("head_right", [True, False], ids=["head right", "head left"])
def test_the_heads_lift_is_read_as_posed(lift: float, head_right: bool) -> None:
    tracker = BodyTracker()
    flat = tracker.step(figure.pose(0.0, head_right=head_right))
    up = BodyTracker().step(figure.pose(0.0, head=lift, head_right=head_right))
    assert flat is not None
    assert up is not None
    assert signals.head_pitch(up) - signals.head_pitch(flat) == pytest.approx(lift, abs=4)
