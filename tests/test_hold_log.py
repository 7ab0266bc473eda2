"""What is measured of a hold, for any course of the limb."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.exercises.hold_log import HoldLog


def log(t: np.ndarray, x: np.ndarray, fits: np.ndarray | None = None) -> HoldLog:
    return HoldLog(
        t=t,
        values={"leg": x},
        followed="leg",
        rest_values={"leg": float(x[0])},
        in_position=np.ones(t.size, np.bool_) if fits is None else fits,
        rest=float(x[0]),
    )


def course(fps: float, hold: float, *, up: float = 2.0, top: float = 70.0) -> tuple[np.ndarray, np.ndarray]:
    t = np.arange(0, 2 + 2 * up + hold, 1 / fps)
    keys = [0, 1, 1 + up, 1 + up + hold, 1 + 2 * up + hold, 2 + 2 * up + hold]
    share = np.interp(t, keys, [0, 0, 1, 1, 0, 0])
    return t, 10 + (top - 10) * (0.5 - 0.5 * np.cos(np.pi * share))


@given(st.floats(10, 60), st.floats(1.0, 40.0), st.floats(1.0, 5.0), st.floats(40, 110))
def test_rest_lasts_from_arrival_to_letting_go(fps: float, hold: float, up: float, top: float) -> None:
    measured = log(*course(fps, hold, up=up, top=top))
    # a slow way up ends slower than what counts as rest: that much is right to add at both ends
    slack = 0.3 + 2 * up * np.arcsin(min(1.0, 8 * 2 * up / (np.pi * (top - 10)))) / np.pi
    assert hold - 0.3 <= measured.rest_s <= hold + slack
    assert measured.held_s <= measured.rest_s + 1e-9
    assert measured.start < measured.end


@given(st.lists(st.tuples(st.floats(0.5, 8), st.one_of(st.floats(0.1, 0.4), st.floats(0.65, 3.0))), max_size=5))
def test_held_time_is_rest_without_the_longer_lapses(lapses: list[tuple[float, float]]) -> None:
    t, x = course(30, 60)
    fits = np.ones(t.size, np.bool_)
    at, lost = 4.0, 0.0
    for after, seconds in lapses:
        at += after + 0.6
        fits[(t > at) & (t < at + seconds)] = False
        lost += seconds if seconds > 0.5 else 0.0
        at += seconds
    measured = log(t, x, fits)
    assert measured.held_s == pytest.approx(measured.rest_s - lost, abs=0.12 * (len(lapses) + 1))


def test_single_frames_in_position_make_no_hold() -> None:
    t, x = course(25, 20)
    fits = np.zeros(t.size, np.bool_)
    fits[100:160:11] = True  # 0.44 s apart: each lapse by itself would be forgiven
    assert log(t, x, fits).held_s == 0.0


@pytest.mark.parametrize(
    ("swings", "every", "expected"),
    [
        pytest.param(0, 1.0, 0, id="still"),
        pytest.param(4, 1.0, 4, id="four bounces"),
        pytest.param(4, 4.0, 0, id="slow giving way is no bouncing"),
    ],
)
def test_bounces_are_counted(swings: int, every: float, expected: int) -> None:
    t, x = course(30, 30)
    inside = (t >= 8) & (t < 8 + swings * every)
    x = x + np.where(inside, -6 * (0.5 - 0.5 * np.cos(2 * np.pi * (t - 8) / every)), 0)
    assert log(t, x).bounces == pytest.approx(expected, abs=1 if expected else 0)


@given(st.floats(15, 60), st.floats(0.6, 4.0))
def test_a_faster_pull_is_a_faster_pull(fps: float, up: float) -> None:
    slow, fast = (log(*course(fps, 10, up=seconds)).pull_speed for seconds in (2 * up, up))
    assert fast > slow


def test_a_leg_that_is_drawn_on_all_the_time_was_held_where_it_ended() -> None:
    t = np.arange(0, 6, 1 / 30)
    x = np.interp(t, [0, 1, 2.0, 3.2, 4.2, 6], [10, 10, 98, 114, 10, 10])
    assert log(t, x).rest_s == pytest.approx(1.0, abs=0.3)
