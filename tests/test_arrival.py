"""Where hip and waist come to rest first."""

import numpy as np
import pytest

from formcheck.core.arrival import Arrival
from tests.figure import smooth
from tests.lying import Keys


def told(hips: float, patches: dict[str, float], noise: float = 0.0, until: float = 0.4) -> Arrival:
    """Cues that move along at so many degrees a second."""
    arrival, random = Arrival(0.4, (1.0, 1.0)), np.random.default_rng(1)
    for i in range(round(until * 25) + 1):
        t = i / 25
        place = lambda v: np.array([v * t, 0.0]) + random.normal(0, noise, 2)  # noqa: E731, B023 - used at once
        arrival.add(t, place(hips), 0.0, {name: place(v) for name, v in patches.items()})
    return arrival


@pytest.mark.parametrize(
    ("hips", "patches", "noise", "goes"),
    [
        pytest.param(8, {"hip": 8, "belly": 8}, 0.0, True, id="all go"),
        pytest.param(-8, {}, 0.0, True, id="landmarks alone"),
        pytest.param(8, {"hip": 0, "belly": 8}, 0.0, True, id="a drawn arrow stands"),
        pytest.param(8, {"hip": 8, "belly": 8}, 0.3, True, id="with noise"),
        pytest.param(6, {"hip": 0, "belly": 0}, 0.0, False, id="landmarks glide to their places"),
        pytest.param(1, {"hip": 1, "belly": 1}, 0.0, False, id="drift"),
        pytest.param(0, {}, 2.0, False, id="noise alone"),
    ],
)
def test_what_goes(hips: float, patches: dict[str, float], noise: float, goes: bool) -> None:
    assert told(hips, patches, noise).goes is goes


def test_what_went_has_arrived_only_when_it_is_still() -> None:
    way: Keys = [(0.0, 0.0), (1.6, 14.0), (3.0, 14.0)]
    arrival, seen = Arrival(0.4, (1.0, 1.0)), {}
    for i in range(76):
        t = i / 25
        arrival.add(t, np.array([smooth(way, t), 0.0]), 0.0, {})
        seen[round(t, 2)] = arrival.goes
    assert seen[0.8]
    assert seen[1.4]
    assert not seen[2.0]
    assert arrival.place()[0] == pytest.approx([14.0, 0.0], abs=0.1)
