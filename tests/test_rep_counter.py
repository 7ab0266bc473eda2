"""Counting: what is a rep, what is none, and what is left unfinished, on bare signals."""

from collections.abc import Iterator
from math import cos, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.events import Unfinished
from formcheck.exercises import find
from formcheck.session.rep_counter import Cycle, RepCounter

PLAN = find("bridge").counts
REST, LINE = 120.0, 180.0


def path(*keys: tuple[float, float], fps: float = 25) -> Iterator[tuple[float, float]]:
    """Samples along (seconds, level) keys, easing between them."""
    t, (_, level) = 0.0, keys[0]
    for seconds, target in keys:
        n = max(1, round(seconds * fps))
        for i in range(1, n + 1):
            yield t + i / fps, level + (target - level) * (0.5 - 0.5 * cos(pi * i / n))
        t, level = t + n / fps, target


def feed(samples: Iterator[tuple[float, float]], witness: float = 0.5) -> list[Cycle | Unfinished]:
    counter = RepCounter(PLAN)
    found = [item for t, x in samples for item in counter.step(t, x, witness * (x - REST))]
    return found + list(counter.finish())


def shape(found: list[Cycle | Unfinished]) -> list[str]:
    return [item.missing if isinstance(item, Unfinished) else "rep" for item in found]


UP, DOWN = (1.5, LINE), (1.5, REST)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        pytest.param([(1, REST), UP, DOWN, (1, REST)], ["rep"], id="one clean"),
        pytest.param([(1, REST), *[UP, DOWN] * 8], ["rep"] * 8, id="eight without a pause"),
        pytest.param([(0.04, REST), *[UP, DOWN] * 3], ["rep"] * 3, id="begins with the movement"),
        pytest.param([(1, REST), UP, (30, LINE), DOWN], ["rep"], id="held for half a minute"),
        pytest.param([(1, REST), UP, (0.5, 165), (0.5, LINE), DOWN], ["rep"], id="a dip at the top"),
        pytest.param([(1, REST), (1.5, 150), DOWN, UP, DOWN], ["rep"] * 2, id="a low one is one"),
        pytest.param([(1, REST), UP, (1, 147), UP, DOWN], ["rep"] * 2, id="not lowered, and again"),
        pytest.param([(1, REST), UP, (1.2, REST + 12), (2, REST + 12), UP, DOWN], ["rep"] * 2, id="settles higher"),
        pytest.param([(1, REST), (0.3, LINE), (0.3, REST), (1, REST)], ["rep"], id="very fast"),
        pytest.param([(5, REST)], [], id="lies still"),
        pytest.param([(1, REST), *[(0.7, REST + 21), (0.7, REST)] * 5], [], id="shifts about under 40 % of the way"),
        pytest.param([(0.04, LINE), DOWN, UP, DOWN], ["lift", "rep"], id="begins at the top"),
        pytest.param([(0.04, LINE), DOWN, (1, REST)], ["lift"], id="only comes down"),
        pytest.param([(1, REST), UP, DOWN, UP, (2, LINE)], ["rep", "lowering"], id="ends at the top"),
        pytest.param([(1, REST), UP, (0.8, 150)], ["lowering"], id="ends half-way down"),
        pytest.param([(1, REST), UP, (1.2, REST + 6)], ["rep"], id="ends nearly down"),
        pytest.param([(0.04, REST + 7), (1.2, LINE), DOWN, (1, REST)], ["rep"], id="begins a little above rest"),
        pytest.param([(0.04, REST + 20), (1.2, LINE), DOWN, (1, REST)], ["lift"], id="begins a third of the way up"),
        pytest.param([(0.04, LINE), DOWN, UP, DOWN, UP, (1, LINE)], ["lift", "rep", "lowering"], id="top to top"),
    ],
)
def test_what_counts(keys: list[tuple[float, float]], expected: list[str]) -> None:
    assert shape(feed(path(*keys))) == expected


def test_moving_the_feet_is_no_lift_and_the_next_one_counts_from_there() -> None:
    counter = RepCounter(PLAN)
    found = []
    for t, x in path((1, REST), (0.5, 150), (2, 150), (1.5, 182), (1.5, 150), (1, 150)):
        found += counter.step(t, x, max(0.0, (x - 150) * 0.5))
    found += counter.finish()
    assert shape(found) == ["rep"]
    assert isinstance(found[0], Cycle)
    assert found[0].rest == pytest.approx(150, abs=2)


tempo = st.floats(0.6, 3.0)


@given(
    st.lists(st.tuples(tempo, st.floats(158, 200), st.floats(0, 2), tempo, st.floats(0, 1.5)), min_size=1, max_size=8),
    st.sampled_from([10, 15, 24, 30, 60]),
    st.floats(100, 140),
)
def test_any_set_of_full_reps_is_counted_exactly(
    lifts: list[tuple[float, float, float, float, float]], fps: float, rest: float
) -> None:
    keys = [(1.0, rest)]
    for up, top, hold, down, pause in lifts:
        keys += [(up, top), (hold + 0.1, top), (down, rest), (pause + 0.1, rest)]
    assert shape(feed(path(*keys, fps=fps))) == ["rep"] * len(lifts)


@given(st.lists(st.floats(REST - 4, REST + 16), min_size=10, max_size=200))
def test_trembling_at_rest_is_never_counted(levels: list[float]) -> None:
    assert feed(iter([(i / 25, x) for i, x in enumerate(levels)])) == []


@given(st.lists(st.floats(60, 220), min_size=1, max_size=150))
def test_whatever_comes_times_stay_in_order(levels: list[float]) -> None:
    found = feed(iter([(i / 25, x) for i, x in enumerate(levels)]))
    for item in found:
        assert 0 <= item.start <= item.end <= len(levels) / 25
    assert [item.end for item in found] == sorted(item.end for item in found)
