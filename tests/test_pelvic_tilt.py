"""The pelvic tilt: its degrees and their error, and its fault table: what must fire, and what must stay silent."""

from math import isnan

import pytest

from formcheck.exercises import find
from formcheck.session.session import Session
from formcheck.session.summary import Result
from tests.figure import Camera, Lift, faults, judged, sights
from tests.lying import Rock, begun, rocks

NAME = "pelvic_tilt"
FLATTEN = Rock(along=0.0, up=-0.024)
REAL = Rock(along=0.028, up=-0.012)  # a real pelvis rolls on the sacrum: the hips go toward the feet, and down


@pytest.mark.parametrize(
    ("rock", "expected"),
    [
        pytest.param(Rock(along=0.009), ["small_tilt"], id="small_tilt"),
        pytest.param(Rock(along=0.0, up=-0.0075), ["small_tilt"], id="small_tilt: the other way"),
        pytest.param(Rock(along=0.0, pitch=10), ["hips_lifted"], id="hips_lifted: a small bridge"),
        pytest.param(Rock(pitch=10), ["hips_lifted"], id="hips_lifted: and a tilt"),
        pytest.param(Rock(knee=12), ["knees_moved"], id="knees_moved"),
        pytest.param(Rock(out=0.4), ["too_fast"], id="too_fast: out"),
        pytest.param(Rock(back=0.4), ["too_fast"], id="too_fast: back"),
    ],
)
@pytest.mark.parametrize("head_right", [True, False], ids=["head right", "head left"])
def test_a_fault_is_named_on_its_rep_and_no_other(rock: Rock, expected: list[str], head_right: bool) -> None:
    judge, _ = judged(NAME, rocks([Rock(), rock, Rock()], head_right=head_right))
    assert faults(judge) == [[], expected, []]


def test_not_returned_is_on_the_rep_that_did_not_come_back() -> None:
    judge, _ = judged(NAME, rocks([Rock(), Rock(left=0.55, rest=0.2), Rock(), Rock()]))
    assert faults(judge)[:2] == [[], ["not_returned"]]


@pytest.mark.parametrize(
    ("rock", "how"),
    [
        pytest.param(Rock(), {}, id="arches"),
        pytest.param(FLATTEN, {}, id="flattens"),
        pytest.param(REAL, {}, id="rolls on the sacrum"),
        pytest.param(Rock(along=0.016), {}, id="a stiff back"),
        pytest.param(Rock(out=4, back=4, hold=3), {}, id="very slow"),
        pytest.param(Rock(), {"stuck": True}, id="a drawn arrow over the hip"),
        pytest.param(Rock(), {"texture": False}, id="nothing to be followed"),
        pytest.param(Rock(), {"breath": 0.012}, id="breathes"),
        pytest.param(Rock(), {"fps": 10}, id="10 fps"),
        pytest.param(Rock(), {"fps": 60}, id="60 fps"),
        pytest.param(Rock(), {"camera": Camera(off_side=15)}, id="15 degrees off"),
        pytest.param(Rock(), {"camera": Camera(above=15)}, id="from above"),
        pytest.param(Rock(), {"noise": 0.4}, id="noise"),
    ],
)
def test_a_clean_set_stays_clean(rock: Rock, how: dict[str, object]) -> None:
    judge, _ = judged(NAME, rocks([rock] * 4, **how))  # type: ignore[arg-type]
    assert faults(judge) == [[]] * 4


def result(rock: Rock, **how: object) -> Result:
    session = Session(find(NAME))
    for sight in rocks([rock] * 3, **how):  # type: ignore[arg-type]
        session.step(sight)
    return session.finish()


@pytest.mark.parametrize(
    ("rock", "degrees"),
    [
        pytest.param(Rock(), 12.2, id="anterior is positive"),
        pytest.param(Rock(along=-0.026), -12.2, id="posterior is negative"),
        pytest.param(FLATTEN, -17.3, id="flat back, hips pinned"),
        pytest.param(Rock(along=0.0, up=0.02), 14.4, id="arched, hips pinned"),
    ],
)
def test_the_direction_and_the_degrees_are_told_with_their_error(rock: Rock, degrees: float) -> None:
    for rep in result(rock).reps:
        assert rep.measures["tilt_deg"] == pytest.approx(degrees, abs=1.5)
        assert 0.2 * abs(degrees) < rep.measures["tilt_error_deg"] < 0.6 * abs(degrees)


def test_zero_is_the_posture_before_the_first_rep() -> None:
    series = result(Rock()).series
    before = [v for t, v in zip(series.t, series.values["pelvic_tilt_deg"], strict=True) if 1.2 < t < 2.0]
    assert before == pytest.approx([0.0] * len(before), abs=0.3)


def test_one_cue_alone_is_less_sure() -> None:
    alone, all_of_them = (result(Rock(), texture=texture).reps[0].measures for texture in (False, True))
    assert alone["tilt_error_deg"] > all_of_them["tilt_error_deg"] + 1


def test_a_tilt_within_the_noise_is_counted_but_its_degrees_are_not_told() -> None:
    unsure = result(Rock(along=0.009), noise=0.6, texture=False)
    assert len(unsure.reps) == 3
    assert all(isnan(rep.measures["tilt_deg"]) for rep in unsure.reps)
    assert "tilt_not_measurable" in [warn.key for warn in unsure.warnings]


@pytest.mark.parametrize(
    ("start", "degrees"),
    [
        pytest.param(2.6, -12, id="on the way out: what is rest first is the far end"),
        pytest.param(3.0, -12, id="past the middle of the way out"),
        pytest.param(3.7, -12, id="at the far end"),
        pytest.param(5.2, 12, id="on the way back"),
        pytest.param(5.8, 12, id="late on the way back"),
    ],
)
@pytest.mark.parametrize("rock", [Rock(), FLATTEN], ids=["arches", "flattens"])
@pytest.mark.parametrize("texture", [True, False], ids=["patches", "landmarks alone"])
def test_a_film_that_begins_in_mid_movement_counts_none_twice(
    start: float, degrees: float, rock: Rock, texture: bool
) -> None:
    session = Session(find(NAME))
    for sight in begun(rocks([rock] * 4, texture=texture), start):
        session.step(sight)
    reps = session.finish().reps
    sign = -1 if rock is FLATTEN else 1
    assert [[fault.key for fault in rep.faults] for rep in reps] == [[]] * 3
    assert all(sign * rep.measures["tilt_deg"] * degrees > 0 for rep in reps)


@pytest.mark.parametrize("rock", [Rock(), FLATTEN], ids=["arches", "flattens"])
def test_where_it_begins_to_move_at_once_the_patches_know_where_it_rested(rock: Rock) -> None:
    judge, _ = judged(NAME, begun(rocks([rock] * 4), 1.2))
    assert faults(judge) == [[]] * 4


def test_hips_that_are_up_when_the_film_begins_are_no_tilt() -> None:
    judge, _ = judged(NAME, begun(rocks([Rock(along=0.0, pitch=10), Rock(), Rock()]), 3.7))
    assert faults(judge) == [[], []]


@pytest.mark.parametrize(
    "filmed",
    [
        pytest.param(lambda: rocks([Rock(along=0.0)] * 4), id="lies still"),
        pytest.param(lambda: rocks([Rock(along=0.0)] * 4, breath=0.015), id="breathes"),
        pytest.param(lambda: rocks([Rock(along=0.0)] * 4, noise=0.5), id="noise"),
        pytest.param(lambda: rocks([Rock(along=0.003, up=0.002)] * 4), id="braces"),
        pytest.param(lambda: rocks([Rock(out=0.08, hold=0.1, back=0.08)] * 3), id="the measuring leaps"),
        pytest.param(
            lambda: rocks([Rock(along=0.0, pitch=9, out=0.7, hold=0.6, back=0.7)] * 3), id="lies down better, hips up"
        ),
    ],
)
def test_what_is_no_tilt_counts_nothing(filmed: object) -> None:
    judge, _ = judged(NAME, filmed())  # type: ignore[operator]
    assert judge.found.done == ()


def test_bridges_are_no_clean_tilts() -> None:
    judge, _ = judged(NAME, sights([Lift()] * 3))
    assert all("hips_lifted" in keys for keys in faults(judge))
