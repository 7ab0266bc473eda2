"""Old pictures are passed over for fresh ones, seldom enough to cost few of them."""

from itertools import pairwise

import pytest

from formcheck.io.camera.fresh import Freshness

PERIOD = 1 / 30


def judged(loop_s: float, *, waiting: bool, frames: int = 3000) -> list[float]:
    """How old each picture is that a loop of ``loop_s`` judges, where a camera gives one every period."""
    fresh, ages = Freshness(), list[float]()
    t, last = 0.0, -1
    while last < frames:
        newest = int(t / PERIOD + 1e-9)
        if newest <= last:
            newest, t = last + 1, (last + 1) * PERIOD
        if waiting and fresh.wait_s(newest * PERIOD, t, PERIOD):
            newest, t = newest + 1, (newest + 1) * PERIOD
        ages.append(t - newest * PERIOD)
        last, t = newest, t + loop_s
    return ages


@pytest.mark.parametrize(
    ("loop_ms", "share"),
    [
        pytest.param(33.5, 0.3, id="just too slow"),
        pytest.param(35.0, 0.5, id="a little too slow"),
        pytest.param(40.0, 0.75, id="too slow by a fifth"),
        pytest.param(47.0, 0.75, id="too slow by two fifths"),
        pytest.param(70.0, 0.75, id="half as fast"),
    ],
)
def test_a_loop_slower_than_the_camera_judges_fresher_pictures_and_hardly_fewer(loop_ms: float, share: float) -> None:
    without = judged(loop_ms / 1000, waiting=False)
    with_waits = judged(loop_ms / 1000, waiting=True)
    assert sum(with_waits) / len(with_waits) < share * sum(without) / len(without)
    assert len(with_waits) > 0.93 * len(without)


@pytest.mark.parametrize("loop_ms", [5, 20, 30, 33])
def test_a_loop_as_fast_as_the_camera_never_waits(loop_ms: float) -> None:
    assert judged(loop_ms / 1000, waiting=True) == judged(loop_ms / 1000, waiting=False)


@pytest.mark.parametrize(
    ("age", "now"),
    [
        pytest.param(0.0, 9.0, id="just taken"),
        pytest.param(1.01 * PERIOD, 9.0, id="the next one is overdue"),
        pytest.param(1.0, 9.0, id="the camera stalls"),
        pytest.param(-0.5, 9.0, id="its time is ahead of the clock"),
        pytest.param(0.4 * PERIOD, 0.1, id="the next one is far and the last wait was just now"),
    ],
)
def test_the_picture_that_is_there_is_taken(age: float, now: float) -> None:
    assert Freshness().wait_s(now - age, now, PERIOD) == 0.0


def test_the_longer_no_wait_was_the_longer_one_may_be() -> None:
    waits = [Freshness().wait_s(now - PERIOD / 2, now, PERIOD) > 0 for now in (0.1, 0.2, 0.3, 0.5, 1.0)]
    assert waits[0] is False
    assert waits[-1] is True
    assert all(a <= b for a, b in pairwise(waits))
