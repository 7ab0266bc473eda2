"""Progress: only what is more than the measurement's error is called so."""

from math import isnan, nan

import pytest

from formcheck.core.events import Fault, Hold, Rep
from formcheck.exercises import all_exercises, find
from formcheck.exercises.vocabulary import Aim
from formcheck.session.progress import Point, point, trend

UP, DOWN = Aim("x", "up", 10, "here"), Aim("x", "down", 10, "here")
LINE = Aim("x", "toward", 10, "here", toward=180)


def points(*values: float) -> list[Point]:
    return [Point(f"2026-01-{i:02}T10:00:00Z", value) for i, value in enumerate(values, 1)]


@pytest.mark.parametrize(
    ("aim", "values", "verdict", "change"),
    [
        pytest.param(UP, (50, 62), "improving", 12, id="more than the error"),
        pytest.param(UP, (50, 59.9), "no_evidence", 9.9, id="less than the error"),
        pytest.param(UP, (62, 50), "worse", -12, id="the other way"),
        pytest.param(DOWN, (80, 65), "improving", 15, id="less is better"),
        pytest.param(DOWN, (65, 80), "worse", -15, id="less is better, and it grew"),
        pytest.param(LINE, (165, 178), "improving", 13, id="nearer to the line"),
        pytest.param(LINE, (170, 190), "no_evidence", 0, id="as far on the other side of the line"),
        pytest.param(LINE, (178, 195), "worse", -13, id="past the line"),
        pytest.param(UP, (50, 50, 55, 69), "improving", 12, id="four sessions: the median of two"),
        pytest.param(UP, (50, nan, 62), "improving", 12, id="a day that could not be told"),
        pytest.param(UP, (50, 51, 52, 49, 63, 64, 90), "improving", 13, id="seven sessions: the median of three"),
        pytest.param(UP, (50, 52, 51, 53, 52, 99), "no_evidence", 2, id="one odd day is no trend"),
    ],
)
def test_a_change_is_judged_against_the_error(aim: Aim, values: tuple[float, ...], verdict: str, change: float) -> None:
    found = trend(aim, points(*values))
    assert (found.verdict, found.change) == (verdict, pytest.approx(change))


@pytest.mark.parametrize("values", [(), (50.0,), (nan, 60.0)], ids=["none", "one", "one known"])
def test_without_two_sessions_there_is_no_trend(values: tuple[float, ...]) -> None:
    found = trend(UP, points(*values))
    assert (found.verdict, found.change, found.first) == ("no_evidence", None, None)


def hold(value: float, *faults: str, side: str = "left") -> Hold:
    return Hold(1, side, 0, 25, 25, {"leg_elevation_deg": value}, tuple(Fault(key, 0, "") for key in faults))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("done", "side", "expected"),
    [
        pytest.param([hold(60), hold(70), hold(95)], None, (70, 3), id="the median"),
        pytest.param([hold(60), hold(90, "knee_bent")], None, (60, 1), id="a bent knee lifts higher"),
        pytest.param([hold(60), hold(64, "hold_short")], None, (62, 2), id="a short hold is as high as a long one"),
        pytest.param([hold(60), hold(80, side="right")], "left", (60, 1), id="one leg"),
        pytest.param([hold(60), hold(80, side="both")], "left", (70, 2), id="both count for each"),
        pytest.param([hold(nan), hold(61)], None, (61, 1), id="not known"),
    ],
)
def test_a_session_is_its_median(done: list[Hold], side: str | None, expected: tuple[float, int]) -> None:
    towel = find("towel-stretch")
    found = point(towel, towel.aims[0], "", done, side)  # type: ignore[arg-type]
    assert (found.value, found.n) == expected


def test_nothing_known_is_no_value() -> None:
    towel = find("towel-stretch")
    found = point(towel, towel.aims[0], "", [hold(90, "knee_bent")])
    assert isnan(found.value)
    assert found.n == 0


def test_arching_and_flattening_count_by_their_size() -> None:
    tilt = find("pelvic-tilt")
    done = [Rep(i, 0, 0, 0, 0, 1, 0, {"tilt_deg": deg}) for i, deg in enumerate((-9.0, 11.0), 1)]
    found = point(tilt, tilt.aims[0], "", done)
    assert (found.value, found.n) == (10, 2)


@pytest.mark.parametrize(
    ("stated", "error"),
    [
        pytest.param((3.0, 4.0), 8.0, id="surer than usual"),
        pytest.param((6.0, 8.0), 10.0, id="less sure than usual"),
        pytest.param((9.0, nan), 8.0, id="one does not say"),
    ],
)
def test_sessions_that_are_less_sure_than_usual_widen_the_error(stated: tuple[float, float], error: float) -> None:
    tilt = find("pelvic-tilt")
    sessions = [
        point(tilt, tilt.aims[0], "", [Rep(1, 0, 0, 0, 0, 1, 0, {"tilt_deg": deg, "tilt_error_deg": e})])
        for deg, e in zip((8.0, 17.0), stated, strict=True)
    ]
    found = trend(tilt.aims[0], sessions)
    assert (found.error, found.verdict) == (error, "improving" if error <= 9 else "no_evidence")
    assert tilt.error_of("tilt_deg", *stated) == error  # what reports and comparisons go by


def test_an_aim_is_the_only_place_of_its_measures_error() -> None:
    for exercise in all_exercises():
        for aim in exercise.aims:
            assert isnan(exercise.measure(aim.measure).error)
            assert exercise.error_of(aim.measure) == aim.error


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda exercise: exercise.key)
def test_every_aim_is_about_a_measure_and_faults_that_exist(exercise: object) -> None:
    keys = {rule.key for rule in exercise.rules}  # type: ignore[attr-defined]
    for aim in exercise.aims:  # type: ignore[attr-defined]
        assert exercise.measure(aim.measure).title, "a trend is shown, so its measure has a title"  # type: ignore[attr-defined]
        assert set(aim.spoiled_by) <= keys
        assert aim.error > 0
        assert aim.source
        assert (aim.better == "toward") is not isnan(aim.toward)


def test_under_ten_degrees_of_leg_elevation_is_no_evidence() -> None:
    aim = find("towel-stretch").aims[0]
    assert (aim.measure, aim.error) == ("leg_elevation_deg", 10)
