"""Smoothing: by time stamps, without lag where a finished movement is measured."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.ndimage import median_filter, uniform_filter1d

from formcheck.core.filters import GRID_S, OneEuro, on_grid, sustained

steps = st.lists(st.floats(0.005, 0.2), min_size=5, max_size=60)


@given(steps, st.floats(-500, 500))
def test_a_constant_stays_itself(gaps: list[float], level: float) -> None:
    euro, t = OneEuro(3.0, 0.15), 0.0
    for gap in gaps:
        t += gap
        assert euro.step(t, level) == pytest.approx(level)


@given(steps, st.data())
def test_the_filter_stays_within_what_it_was_given(gaps: list[float], data: st.DataObject) -> None:
    values = data.draw(st.lists(st.floats(-180, 180), min_size=len(gaps), max_size=len(gaps)))
    euro, t = OneEuro(3.0, 0.15), 0.0
    for gap, value in zip(gaps, values, strict=True):
        t += gap
        assert min(values) - 1e-6 <= euro.step(t, value) <= max(values) + 1e-6


@pytest.mark.parametrize("fps", [10, 25, 30, 60])
def test_a_swing_is_measured_alike_at_any_frame_rate(fps: int) -> None:
    t = np.arange(0, 4, 1 / fps)
    grid, smooth = on_grid(t, 150 - 30 * np.cos(2 * np.pi * t / 4))
    assert smooth.max() == pytest.approx(180, abs=0.5)
    assert grid[smooth.argmax()] == pytest.approx(2.0, abs=0.06)


def test_a_single_outlier_leaves_no_trace() -> None:
    t = np.arange(0, 2, 1 / 30)
    x = np.full(t.size, 120.0)
    x[30] = 200
    assert on_grid(t, x)[1].max() < 121


@pytest.mark.parametrize("width", [1, 2, 6, 7], ids=lambda width: f"{width} wide")
def test_it_is_a_median_and_then_a_mean(width: int) -> None:
    t = np.arange(0, 1, GRID_S)
    x = np.random.default_rng(7).normal(150, 20, t.size)
    smooth = on_grid(t, x, width * GRID_S)[1]
    expected = uniform_filter1d(median_filter(x, width, mode="nearest"), width, mode="nearest")
    assert smooth == pytest.approx(expected, abs=1e-9)


def test_unknown_values_are_bridged_and_nothing_comes_of_nothing() -> None:
    t = np.arange(0, 1, 0.1)
    x = np.linspace(0, 9, 10)
    x[4:6] = np.nan
    assert np.isfinite(on_grid(t, x)[1]).all()
    assert on_grid(t, np.full(10, np.nan))[1].size == 0


@pytest.mark.parametrize(
    ("x", "for_s", "expected"),
    [
        pytest.param([0, 0, 9, 9, 9, 9, 0], 4 / 60, 9, id="kept long enough"),
        pytest.param([0, 0, 9, 9, 0, 0, 0], 4 / 60, 0, id="too short"),
        pytest.param([5, 5], 4 / 60, np.nan, id="nothing that long"),
    ],
)
def test_sustained(x: list[float], for_s: float, expected: float) -> None:
    assert sustained(np.array(x, dtype=float), for_s) == pytest.approx(expected, nan_ok=True)
