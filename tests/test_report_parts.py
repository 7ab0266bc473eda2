"""What the report draws besides the chart: phases, movements over each other, tempo, the best and worst, the trend."""

import re
from dataclasses import replace
from math import isnan, nan

import numpy as np
import pytest

from formcheck.core.events import Fault, Hold, Rep
from formcheck.exercises import all_exercises, find
from formcheck.exercises.catalogue.bridge import EXERCISE as BRIDGE
from formcheck.exercises.vocabulary import Exercise
from formcheck.io.report import trend as report_trend
from formcheck.io.report.axis import around
from formcheck.io.report.chart import chart
from formcheck.io.report.chosen import best, worst
from formcheck.io.report.overlaid import WIDTH, grid, overlaid, resampled, spread_of
from formcheck.io.report.page import render
from formcheck.io.report.ranges import ranges, tempo
from formcheck.io.report.trend import drawings
from formcheck.session.progress import Point, Trend, trend
from formcheck.session.summary import Result, Series
from tests.pages import Page
from tests.test_report_html import SOURCE, legs, of, sample, several, stills, tilts


def bridge(n: int, peak: float, *faults: str, knee: float = 80.0) -> Rep:
    t = 5.0 * n
    measures = {"hip_angle_deg": peak, "knee_angle_deg": knee, "head_lift_deg": 12.0}
    found = tuple(Fault(key, t + 1, BRIDGE.rule(key).say) for key in faults)
    return Rep(n, t, t + 1, t + 1.5, t + 2, t + 3, 130.0, measures, found)


@pytest.mark.parametrize(
    ("done", "first", "last"),
    [
        pytest.param((bridge(1, 172), bridge(2, 181), bridge(3, 150, "hips_low")), 2, 3, id="nearest to the line"),
        pytest.param((bridge(1, 180), bridge(2, 181)), 1, None, id="all clean"),
        pytest.param((bridge(1, 150, "hips_low"),), None, 1, id="none clean"),
        pytest.param((bridge(1, 150, "hips_low"), bridge(2, 140, "hips_low")), None, 2, id="furthest off"),
        pytest.param((bridge(1, 150, "hips_low"), bridge(2, 192, "hips_high")), None, 2, id="the gravest"),
        pytest.param(
            (bridge(1, 197, "hips_high"), bridge(2, 160, "hips_low", "feet_far")), None, 2, id="the most faults"
        ),
        pytest.param((bridge(1, nan), bridge(2, 175)), 2, None, id="what is known"),
        pytest.param((), None, None, id="nothing done"),
    ],
)
def test_the_best_and_the_worst(done: tuple[Rep, ...], first: int | None, last: int | None) -> None:
    found = (best(BRIDGE, done), worst(BRIDGE, done))
    assert tuple(each and each.number for each in found) == (first, last)


def test_the_best_and_the_worst_come_first_and_no_picture_twice() -> None:
    result = sample()
    page = Page(render(result, SOURCE, stills(result, *range(1, 9))))
    alts = [a["alt"] or "" for tag, a in page.tags if tag == "img"]
    assert len(alts) == len(set(alts)) == 8
    assert "nothing to correct" in alts[0]
    assert "bring your heels closer; slower" in alts[1]  # the only one with two faults
    assert page.text.index("Best.") < page.text.index("To correct first.") < page.text.index("Hip angle over time")


@pytest.mark.parametrize(
    "result",
    [pytest.param(replace(sample(), reps=sample().reps[:1]), id="one"), pytest.param(sample(), id="no picture")],
)
def test_without_a_choice_there_is_no_best(result: Result) -> None:
    assert "Best." not in Page(render(result, SOURCE, stills(result, 1) if len(result.reps) == 1 else {})).text


def test_phases_follow_each_other_without_a_gap() -> None:
    drawing = chart(sample(), 44.0)
    assert drawing is not None
    assert [piece.kind for piece in drawing.phases] == ["up", "hold", "down"] * 8
    for a, b in zip(drawing.phases[0::3], drawing.phases[1::3], strict=True):
        assert a.x + a.width == pytest.approx(b.x)
    assert drawing.phases[0].said == "1, up: 2.0 s"


def test_a_hold_is_one_phase() -> None:
    drawing = chart(of(find("towel_stretch")))
    assert drawing is not None
    assert [piece.kind for piece in drawing.phases] == ["hold", "hold"]


def series(exercise: Exercise, *values: float, rate: float = 10.0) -> Series:
    found = Series()
    for i, value in enumerate(values):
        found.t.append(i / rate)
        found.of(exercise.charted.key).append(value)
        found.phases.append(0)
    return found


def triangles(*heights: float) -> Result:
    """Bridges of two seconds each that rise from 120 to so much, one after another."""
    values = [120 + (h - 120) * (1 - abs(i / 10 - 1)) for h in heights for i in range(20)] + [120.0]
    reps = tuple(
        Rep(n + 1, 2.0 * n, 2.0 * n + 0.9, 2.0 * n + 1, 2.0 * n + 1.1, 2.0 * n + 2, 120.0, {})
        for n in range(len(heights))
    )
    return replace(sample(), reps=reps, unfinished=(), series=series(BRIDGE, *values))


def test_each_repetition_is_laid_over_its_own_length() -> None:
    result = triangles(180, 160)
    at = grid(BRIDGE, result.done)
    for each, height in zip(result.done, (180, 160), strict=True):
        row = resampled(result.series, "hip_angle_deg", each, at)
        assert row[[0, 50, 100]] == pytest.approx([120, height, 120])


def test_what_the_camera_could_not_tell_stays_empty() -> None:
    result = triangles(180)
    for i in range(8, 14):
        result.series.values["hip_angle_deg"][i] = nan
    row = resampled(result.series, "hip_angle_deg", result.done[0], grid(BRIDGE, result.done))
    assert np.isnan(row[50])
    assert not np.isnan(row[[0, 30, 80, 100]]).any()


def test_a_short_hold_is_not_drawn_into_the_next() -> None:
    towel = find("towel_stretch")
    holds = (Hold(1, "left", 3.0, 8.0, 5.0, {}), Hold(2, "left", 12.0, 32.0, 20.0, {}))
    result = of(towel, holds=holds, series=series(towel, *[70.0] * 350))
    at = grid(towel, holds)
    row = resampled(result.series, towel.charted.key, holds[0], at)
    assert at[-1] == pytest.approx(20.5)
    assert np.isnan(row[at > 5.6]).all()
    assert row[at < 5.4] == pytest.approx(70.0)


@pytest.mark.parametrize(
    ("heights", "spread"),
    [pytest.param((180, 180, 180), 0.0, id="the same"), pytest.param((180, 160), 7.0, id="different")],
)
def test_consistency_is_told_in_the_signals_unit(heights: tuple[float, ...], spread: float) -> None:
    drawing = overlaid(triangles(*heights))
    assert drawing is not None
    assert drawing.spread == pytest.approx(spread, abs=0.2)
    assert f"on average they lie {max(1, spread):.0f}° around their middle" in drawing.said


def test_both_ways_of_a_tilt_have_no_common_middle() -> None:
    tilt = find("pelvic_tilt")
    reps = tilts(9.0, -11.0).reps
    drawing = overlaid(of(tilt, reps=reps))
    assert drawing is not None
    assert drawing.middle == ()
    assert isnan(drawing.spread)


@pytest.mark.parametrize(
    "result",
    [
        pytest.param(replace(sample(), exercise=None, reps=()), id="no exercise"),
        pytest.param(replace(sample(), reps=sample().reps[:1]), id="one repetition"),
        pytest.param(replace(sample(), series=Series()), id="no series"),
    ],
)
def test_nothing_is_laid_over_nothing(result: Result) -> None:
    assert overlaid(result) is None


def test_curves_stay_inside_and_faulty_ones_are_labelled() -> None:
    drawing = overlaid(sample())
    assert drawing is not None
    xs = [float(p.split(",")[0]) for curve in drawing.curves for piece in curve.pieces for p in piece.split()]
    assert 0 < min(xs) < max(xs) < WIDTH
    assert [curve.good for curve in drawing.curves] == [True] * 4 + [False] * 4
    assert all(curve.label is None for curve in drawing.curves if curve.good)


def test_spread_needs_two() -> None:
    assert isnan(spread_of([np.array([1.0, nan]), np.array([nan, 2.0])]))


def test_tempo_has_a_bar_for_each_part_that_is_known() -> None:
    found = tempo(sample())
    assert found is not None
    assert [len(bar.pieces) for bar in found.bars] == [2, *[3] * 7]  # the first one's way down is not known
    assert found.bars[1].words == "1.2 · 1.0 · 1.3 s"
    assert max(sum(piece.width for piece in bar.pieces) for bar in found.bars) == pytest.approx(100)
    assert found.dose is None


def test_holds_are_measured_against_their_dose() -> None:
    found = tempo(legs((70.0,), (72.0,)))
    assert found is not None
    assert [bar.name for bar in found.bars] == ["1 left", "2 right"]
    assert found.dose == pytest.approx((100 * 20 / 30, 100.0))


def test_left_and_right_stand_beside_each_other() -> None:
    rows = {row.title: row for row in ranges(legs((70.0, 72.0), (75.0,)))}
    leg = rows["Leg elevation"]
    assert (leg.median, leg.lowest, leg.highest) == ("72°", "70°", "75°")
    assert (leg.left, leg.right, leg.difference, leg.error) == ("71°", "75°", "4°", "10°")


@pytest.mark.parametrize(
    ("values", "least", "ticks"),
    [
        pytest.param((118.0, 197.0), 30.0, ("100°", "200°"), id="angles"),
        pytest.param((1.0, 1.1), 3.0, ("0°", "3°"), id="a narrow range is not blown up"),
        pytest.param((62.0, 68.0), 20.0, ("55°", "75°"), id="round steps"),
    ],
)
def test_an_axis_is_round(values: tuple[float, ...], least: float, ticks: tuple[str, str]) -> None:
    axis = around(values, 10.0, 110.0, least)
    texts = [tick.text for tick in axis.ticks("°")]
    assert (texts[0], texts[-1]) == ticks
    assert (axis(axis.high), axis(axis.low)) == (10.0, 110.0)


def days(*values: float) -> Trend:
    points = [Point(f"2025-09-{1 + 3 * n:02}T18:00:00+02:00", value) for n, value in enumerate(values)]
    return trend(BRIDGE.aims[0], points)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        pytest.param(days(160, 166), "less than the measurement error of 10°: no evidence of a change", id="noise"),
        pytest.param(days(180, 164), "worse by 16°, no less than the measurement error of 10°", id="worse"),
        pytest.param(days(160, 170), "better by 10°, no less", id="just the error"),
        pytest.param(
            days(170, 190), "about as far from 180°, on its other side: no evidence of progress", id="past the line"
        ),
        pytest.param(days(160, nan, 166), "From 160° at first (2025-09-01) to 166° lately (2025-09-07)", id="a gap"),
    ],
)
def test_a_trend_says_what_is_only_error(found: Trend, says: str) -> None:
    (drawn,) = drawings(BRIDGE, [found])
    assert says in drawn.said
    assert drawn.title == "Hip angle at the top"


def test_the_error_is_a_band_around_where_it_began() -> None:
    (drawn,) = drawings(BRIDGE, [days(150, 152, 165, 185)])  # the median of the first two is 151
    high, low = drawn.error
    inside = [high <= dot.y <= low for dot in drawn.dots]
    assert inside == [True, True, False, False]
    assert [dot.change for dot in drawn.dots] == ["−1°", "+1°", "+14°", "+34°"]


@pytest.mark.parametrize("found", [days(160), days(160, nan), days()], ids=["one session", "one known", "none"])
def test_one_session_is_no_trend(found: Trend) -> None:
    assert drawings(BRIDGE, [found]) == []
    assert "Against earlier sessions" not in Page(render(sample(), SOURCE, {}, {"bridge": [found]})).text


def test_dates_do_not_run_into_each_other() -> None:
    points = [Point(f"2025-09-{n:02}T18:00:00+00:00", 170.0) for n in range(1, 29)]
    (drawn,) = drawings(BRIDGE, [trend(BRIDGE.aims[0], points)])
    xs = [day.at for day in drawn.days]
    assert len(xs) > 2
    assert all(b - a > 80 for a, b in zip(xs, xs[1:], strict=False))
    assert all(report_trend.LEFT <= dot.x <= report_trend.WIDTH for dot in drawn.dots)


def test_two_sessions_of_one_day_do_not_lie_on_each_other() -> None:
    points = [Point(f"2025-09-01T{hour}:00:00+00:00", 170.0) for hour in ("09", "18")]
    (drawn,) = drawings(BRIDGE, [trend(BRIDGE.aims[0], points)])
    assert [dot.x for dot in drawn.dots] == [report_trend.LEFT, report_trend.WIDTH - report_trend.RIGHT]


def test_the_trend_is_told_with_the_exercise_it_belongs_to() -> None:
    page = Page(render(several(), SOURCE, {}, {"bridge": [days(160, 190)], "towel_stretch": []}))
    page.named()
    assert page.text.count("Against earlier sessions") == 1
    assert "2025-09-04 190° +30°" in page.text


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda exercise: exercise.key)
def test_a_screen_reader_finds_its_way(exercise: Exercise) -> None:
    result = of(exercise)
    Page(render(result, SOURCE, stills(result, 1, 2))).named()


def test_the_drawing_can_be_zoomed_and_stands_without_it() -> None:
    text = render(sample(), SOURCE, {})
    (bar,) = re.findall(r'<div class="zoom"[^>]*>', text)
    assert " hidden" in bar  # only the script can use it, and shows it
    (zoomed,) = re.findall(r'data-zoom="([^"]*)"', text)
    assert [float(n) for n in zoomed.split()] == [52, 944, 0, 44]
    assert text.count('class="moved"') == 8 + 5  # every number and every flag
    script = text[text.index("<script>") :]
    for used in ("data-do", "stretched", "moved", "times"):
        assert used.removeprefix("data-") in script
