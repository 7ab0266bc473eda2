from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.pose import Sight
from formcheck.core.watcher import Watcher
from formcheck.exercises import find
from formcheck.session.live.setup import SetupCheck
from tests.figure import Camera, pose, prone_pose
from tests.lying import FLAT
from tests.lying import pose as legs_pose

FPS = 25.0
Posed = Callable[[float], Sight]


def seen(**kwargs) -> Posed:
    return lambda t: Sight(t, pose(t, **kwargs))


def camera(**kwargs) -> Posed:
    return seen(camera=Camera(**kwargs))


def shifted(dx: float, dy: float) -> Posed:
    """The whole person elsewhere in the picture, by shares of its size."""

    def at(t: float) -> Sight:
        posed = pose(t)
        return Sight(t, replace(posed, xy=posed.xy + np.array([dx, dy]) * posed.size))

    return at


def rolled(degrees: float) -> Posed:
    def at(t: float) -> Sight:
        posed = pose(t)
        a, middle = np.radians(degrees), np.array(posed.size) / 2
        turn = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
        return Sight(t, replace(posed, xy=(posed.xy - middle) @ turn.T + middle))

    return at


def sitting(t: float) -> Sight:
    posed = pose(t)
    middle = posed.xy[23]
    turned = (posed.xy - middle) @ np.array([[0.0, -1.0], [1.0, 0.0]]).T * 0.5
    return Sight(t, replace(posed, xy=turned * [1, 1] + middle))


def swaying(t: float) -> Sight:
    return Sight(t, pose(t, 130 + 12 * np.sin(2 * np.pi * t / 1.2)))


def watch(posed: Posed, exercise: str | None = "bridge", seconds: float = 4.0, *, strict: bool = True):
    """What the check says after so many seconds of it."""
    check, watcher = SetupCheck(find(exercise) if exercise else None, strict=strict), Watcher()
    found = None
    for i in range(int(seconds * FPS)):
        sight = posed(i / FPS)
        found = check.step(sight, watcher.step(sight))
    assert found is not None
    return found


HINTS = [
    pytest.param(lambda t: Sight(t, None), "nobody", id="nobody"),
    pytest.param(lambda t: Sight(t, None, brightness=20.0), "dark", id="nobody_in_the_dark"),
    pytest.param(lambda t: Sight(t, pose(t), brightness=20.0), "dark", id="dark"),
    pytest.param(lambda t: Sight(t, pose(t), others=1), "several", id="two_people"),
    pytest.param(shifted(-0.25, 0.0), "cut_head", id="head_out_of_the_picture"),
    pytest.param(shifted(0.28, 0.0), "cut_feet", id="feet_out_of_the_picture"),
    pytest.param(camera(off_side=-22.0), "turn_feet", id="camera_at_the_feet"),
    pytest.param(camera(off_side=22.0), "turn_head", id="camera_at_the_head"),
    pytest.param(camera(off_side=50.0), "square_on", id="camera_far_from_the_side"),
    pytest.param(camera(above=40.0), "high", id="camera_high"),
    pytest.param(rolled(-12.0), "tilted", id="camera_not_level"),
    pytest.param(sitting, "lie_down", id="sitting"),
    pytest.param(lambda t: Sight(t, legs_pose(t, FLAT, FLAT)), "bend_knees", id="legs_flat"),
    pytest.param(swaying, "keep_still", id="moving"),
]


@pytest.mark.parametrize(("posed", "hint"), HINTS)
def test_says_what_to_mend_first(posed: Posed, hint: str) -> None:
    found = watch(posed)

    assert (found.hint, found.ready) == (hint, False)


READY = [
    pytest.param(seen(), "bridge", id="bridge"),
    pytest.param(seen(head_right=True), "bridge", id="head_to_the_right"),
    pytest.param(seen(noise=1.0), "bridge", id="noise"),
    pytest.param(camera(off_side=10.0, above=15.0), "bridge", id="camera_a_little_off"),
    pytest.param(seen(), "pelvic_tilt", id="pelvic_tilt"),
    pytest.param(lambda t: Sight(t, legs_pose(t, FLAT)), "towel_stretch", id="towel_stretch"),
    pytest.param(seen(), "knee_to_chest", id="knee_to_chest"),
    pytest.param(seen(), None, id="to_be_recognised"),
    pytest.param(lambda t: Sight(t, prone_pose(t, 3.0)), "prone_press_up", id="face_down"),
]


@pytest.mark.parametrize(("posed", "exercise"), READY)
def test_is_ready_where_nothing_is_wrong(posed: Posed, exercise: str | None) -> None:
    found = watch(posed, exercise)

    assert (found.hint, found.ready) == (None, True)


def test_readiness_takes_a_second() -> None:
    assert not watch(seen(), seconds=0.8).ready
    assert watch(seen(), seconds=1.3).ready


def test_a_flicker_is_no_hint() -> None:
    check, watcher = SetupCheck(find("bridge")), Watcher()
    hints = []
    for i in range(100):
        sight = Sight(i / FPS, None if 50 <= i < 60 else pose(i / FPS))
        hints.append(check.step(sight, watcher.step(sight)).hint)

    assert hints == [None] * 100


def test_what_only_costs_accuracy_gives_way_and_says_so() -> None:
    posed, check, watcher = camera(off_side=22.0), SetupCheck(find("bridge")), Watcher()
    found = []
    for i in range(int(25 * FPS)):
        sight = posed(i / FPS)
        found.append(check.step(sight, watcher.step(sight)))

    assert [f.gave_way for f in found].count(True) == 1
    assert found[int(15 * FPS)].hint == "turn_head"
    assert (found[-1].hint, found[-1].ready) == (None, True)


@pytest.mark.parametrize(
    "posed", [lambda t: Sight(t, None), shifted(-0.25, 0.0), sitting], ids=["nobody", "cut", "sitting"]
)
def test_what_cannot_be_judged_at_all_does_not_give_way(posed: Posed) -> None:
    assert not watch(posed, seconds=25.0).ready


def test_quick_leaves_out_the_advice_but_not_the_starting_position() -> None:
    assert watch(camera(off_side=22.0), strict=False).ready
    assert watch(lambda t: Sight(t, legs_pose(t, FLAT, FLAT)), strict=False).hint == "bend_knees"


def test_asks_for_room_above_a_leg_that_will_be_raised_straight() -> None:
    low = lambda t: Sight(t, replace(legs_pose(t, FLAT), xy=legs_pose(t, FLAT).xy - [0.0, 150.0]))  # noqa: E731

    assert watch(low, "towel_stretch").hint == "leg_room"
    assert watch(low, "knee_to_chest").hint is None
