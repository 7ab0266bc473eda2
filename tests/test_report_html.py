"""The page: self-contained, escaped, well-formed, and it says what was found."""

import re
from array import array
from dataclasses import replace
from math import cos, isnan, nan, pi

import pytest

from formcheck.core.events import Fault, Hold, Rep, Unfinished, Warn
from formcheck.exercises import all_exercises, find
from formcheck.exercises.catalogue.bridge import EXERCISE
from formcheck.exercises.vocabulary import Exercise, Guide, Holds
from formcheck.io.report import chart as report_chart
from formcheck.io.report.findings import facts, remark, verdict
from formcheck.io.report.page import render
from formcheck.io.report.source_info import SourceInfo
from formcheck.io.report.stills import Key, key_of
from formcheck.io.report.words import columns
from formcheck.session.summary import Result, Series
from tests.pages import Page, seal

SOURCE = SourceInfo("/home/somebody/films/<script>alert(1).mp4", 44.0, 29.97, 854, 480, 1319)
_FAULTS = ("hips_low", "feet_far", "hips_low", "head_lifted", "too_fast")


def _fault(key: str, t: float) -> Fault:
    return Fault(key, t, EXERCISE.rule(key).say)


def sample(reps: int = 8, seconds: float = 44.0, rate: float = 30.0) -> Result:
    """A session with every second repetition faulty, a gap in sight, and an unfinished lift."""
    every = (seconds - 4) / reps
    found = []
    for i in range(reps):
        start = 1 + i * every
        faults = (_fault(_FAULTS[i // 2 % len(_FAULTS)], start + 0.5 * every),) if i % 2 else ()
        if i == 3:
            faults += (_fault("too_fast", start + 0.5 * every),)
        measures = {"hip_angle_deg": 178.4 - 24 * bool(faults), "knee_angle_deg": 80.0, "hold_s": 1.04, "up_s": 1.2}
        measures["down_s"] = nan if i == 0 else 1.31
        top = start + 0.5 * every
        found.append(Rep(i + 1, start, top - 0.5, top, top + 0.5, start + every, 132.0, measures, faults))
    series = Series()
    for i in range(int(seconds * rate)):
        t = i / rate
        turn = (t - 1) % every / every if 1 <= t <= seconds - 3 else 0.0
        series.t.append(t)
        series.of("hip_angle_deg").append(nan if 20 < t < 21 else 155 - 23 * cos(2 * pi * turn))
        series.phases.append(0)
    return Result(
        exercise=EXERCISE,
        recognised=True,
        side="left",
        frames=len(series.t),
        seen_fraction=0.973,
        reps=tuple(found),
        holds=(),
        unfinished=(Unfinished(seconds - 2.5, seconds - 0.5, "lowering"),),
        warnings=(Warn("off_side", "The camera is 20 degrees off the side & angles are less certain."),),
        series=series,
    )


def _series(
    exercise: Exercise, seconds: float, begin: float = 0.0, middle: float = 60.0, swing: float = 50.0
) -> Series:
    """Ten frames a second; every shown signal swings about ``middle``, a stated error is 4."""
    series = Series()
    for i in range(int(10 * seconds)):
        series.t.append(begin + i / 10)
        series.phases.append(0)
        for signal in exercise.shown:
            swinging = middle + swing * cos(i / 20)
            series.of(signal.key).append(4.0 if signal.key.endswith("error_deg") else swinging)
    return series


def of(exercise: Exercise, begin: float = 0.0, **changes: object) -> Result:
    """Two movements of any exercise, the second one with its first two faults."""
    measures = {measure.key: 12.0 + n for n, measure in enumerate(exercise.measures)}
    faults = tuple(Fault(rule.key, begin + 20, rule.say) for rule in exercise.rules[:2])
    reps: tuple[Rep, ...] = ()
    holds: tuple[Hold, ...] = ()
    if isinstance(exercise.counts, Holds):
        holds = (
            Hold(1, "left", begin + 3, begin + 13, 9.6, measures),
            Hold(2, "right", begin + 17, begin + 27, 8.2, measures, faults),
        )
    else:
        reps = (
            Rep(1, begin + 3, begin + 5, begin + 6, begin + 7, begin + 9, 0.0, measures),
            Rep(2, begin + 17, begin + 19, begin + 20, begin + 21, begin + 23, 0.0, measures, faults),
        )
    result = Result(
        exercise=exercise,
        recognised=True,
        side="left",
        frames=300,
        seen_fraction=1.0,
        reps=reps,
        holds=holds,
        unfinished=(),
        warnings=(),
        series=_series(exercise, 30, begin),
    )
    return replace(result, **changes)  # type: ignore[arg-type]


def several() -> Result:
    """Three exercises one after another; a warning of the recording, and one of the second exercise only."""
    camera, tilt = Warn("off_side", "The camera is off the side."), Warn("tilt", "The tilt cannot be told.")
    parts = (
        of(find("bridge"), 0.0, warnings=(camera,)),
        of(find("pelvic_tilt"), 30.0, warnings=(camera, tilt)),
        of(find("towel_stretch"), 60.0, warnings=(camera,)),
    )
    return replace(parts[0], segments=parts)


def tilts(*degrees: float) -> Result:
    """Pelvic tilts of so many degrees, give or take 3.6."""
    reps = tuple(
        Rep(n, 4.0 * n, 4.0 * n + 1, 4.0 * n + 1.5, 4.0 * n + 2, 4.0 * n + 3, 0.0, {"tilt_deg": x, "tilt_error_deg": e})
        for n, (x, e) in enumerate([(x, nan if isnan(x) else 3.6) for x in degrees], 1)
    )
    return of(find("pelvic_tilt"), reps=reps)


def legs(left: tuple[float, ...], right: tuple[float, ...]) -> Result:
    """Clean towel stretches with these leg elevations."""
    both = [("left", x) for x in left] + [("right", x) for x in right]
    holds = tuple(
        Hold(n, side, 30.0 * n, 30.0 * n + 21, 21.0, {"leg_elevation_deg": x})  # type: ignore[arg-type]
        for n, (side, x) in enumerate(both, 1)
    )
    return of(find("towel_stretch"), holds=holds)


def stills(result: Result, *numbers: int) -> dict[Key, bytes]:
    """A picture for these movements of each exercise."""
    return {
        key_of(part.exercise.key, each): b"\xff\xd8jpeg"
        for part in result.parts
        for each in part.done
        if part.exercise and each.number in numbers
    }


_VARIANTS = [
    pytest.param(sample(), id="ordinary"),
    pytest.param(replace(sample(), exercise=None, reps=(), unfinished=()), id="no exercise"),
    pytest.param(replace(sample(), reps=(), unfinished=()), id="no repetition"),
    pytest.param(replace(sample(), series=Series()), id="no series"),
    pytest.param(replace(sample(), side=None, seen_fraction=0.0, warnings=()), id="nobody"),
    pytest.param(sample(reps=60, seconds=600), id="long"),
    pytest.param(
        replace(sample(), reps=tuple(replace(r, measures=dict.fromkeys(r.measures, nan)) for r in sample().reps)),
        id="nothing measured",
    ),
    *(pytest.param(of(exercise), id=exercise.key) for exercise in all_exercises()),
    pytest.param(of(find("pelvic_tilt"), series=Series()), id="tilt without a series"),
    pytest.param(of(find("towel_stretch"), holds=()), id="no hold"),
    pytest.param(tilts(nan, nan), id="tilt that cannot be told"),
    pytest.param(several(), id="several exercises"),
]


@pytest.mark.parametrize("result", _VARIANTS)
def test_the_page_is_well_formed_and_needs_nothing_from_outside(result: Result) -> None:
    text = render(result, SOURCE, stills(result, 1, 2))
    page = Page(text)
    assert "http:" not in text
    assert "https:" not in text
    assert not re.search(r"url\((?!#)", text)
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    pointed_at = set(re.findall(r"url\(#(.*?)\)", text))
    for tag, attributes in page.tags:
        assert tag not in {"link", "iframe", "object"}
        for name in ("src", "srcset"):
            assert (attributes.get(name) or "data:").startswith("data:")
        assert (attributes.get("href") or "#").startswith("#")
        pointed_at |= set((attributes.get("aria-labelledby") or "").split())
        pointed_at |= {attributes["href"][1:]} if attributes.get("href") else set()  # type: ignore[index]
    assert pointed_at <= set(ids)
    policy = [a["content"] for tag, a in page.tags if tag == "meta" and "http-equiv" in a]
    (script,) = re.findall("<script>(.*?)</script>", text, re.DOTALL)  # one, without attributes, allowed by its hash
    allowed = f"script-src '{seal(script)}'"
    assert policy == [f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; {allowed}"]
    assert "nan" not in re.findall(r"[a-z]+", page.text.lower())
    assert not re.search(r'="[^"]*\bnan\b', text)


def test_names_are_escaped_and_folders_left_out() -> None:
    text = render(replace(sample(), warnings=(Warn("x", "<b>bold</b> & so on"),)), SOURCE, {})
    assert text.count("<script") == 1  # our own
    assert "&lt;script&gt;alert(1).mp4" in text
    assert "<b>bold" not in text
    assert "&lt;b&gt;bold" in text
    assert "somebody" not in text


@pytest.mark.parametrize("path", ["/home/me/private/a.mp4", "C:\\Users\\me\\private\\a.mp4", "a.mp4"])
def test_only_the_file_name_is_told(path: str) -> None:
    text = render(sample(), replace(SOURCE, path=path), {})
    assert "private" not in text
    assert "a.mp4" in text


def test_it_says_what_was_found() -> None:
    page = Page(render(sample(), SOURCE, {}))
    assert "8 repetitions of the bridge, 4 of them clean. Most often: lift a little higher (2 of 8)." in page.text
    assert "The camera is 20 degrees off the side" in page.text
    assert "no medical device" in page.text
    assert "Pain: stop when it gets worse" in page.text
    for rule in map(EXERCISE.rule, ("hips_low", "feet_far", "head_lifted")):
        assert rule.why in page.text
    assert "97 %" in page.text


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        pytest.param([(), ()], "2 repetitions of the bridge, all of them clean.", id="clean"),
        pytest.param(
            [("hips_low",)],
            "1 repetition of the bridge, not clean. To correct: lift a little higher (1 of 1).",
            id="one",
        ),
        pytest.param(
            [("too_fast",), ("hips_low",), ("hips_low",), ()], "lift a little higher (2 of 4)", id="most often"
        ),
        pytest.param([("hips_low", "hips_low"), ()], "lift a little higher (1 of 2)", id="twice in one repetition"),
        pytest.param([()], "1 repetition of the bridge, and it was clean.", id="one clean"),
        pytest.param(
            [("too_fast",), ("hips_high",)], "To correct: not so high, keep the ribs down (1 of 2)", id="safety first"
        ),
        pytest.param([], "No complete repetition of the bridge was seen.", id="none"),
    ],
)
def test_the_verdict(keys: list[tuple[str, ...]], said: str) -> None:
    reps = tuple(
        replace(rep, faults=tuple(_fault(key, 1.0) for key in each))
        for rep, each in zip(sample().reps, keys, strict=False)
    )
    assert said in verdict(replace(sample(), reps=reps))


def test_without_an_exercise_it_says_so_and_still_warns() -> None:
    page = Page(render(replace(sample(), exercise=None, reps=(), unfinished=()), SOURCE, {}))
    assert "None of the exercises that formcheck knows was recognised" in page.text
    assert "The camera is 20 degrees" in page.text
    assert not any(tag == "table" for tag, _ in page.tags)


def test_what_is_not_known_is_a_dash() -> None:
    page = Page(render(sample(), SOURCE, {}))
    assert "–" in page.words


@pytest.mark.parametrize(
    ("result", "said"),
    [
        pytest.param(sample(), ("Top of repetition 2 at 8.5 s", "154°", "lift a little higher"), id="bridge"),
        pytest.param(tilts(9.0, -11.0), ("Top of repetition 2 at 9.5 s", "flattened 11° ± 4°"), id="tilt"),
        pytest.param(legs((70.0,), (80.0,)), ("Hold 2 at 70.5 s, right leg", "leg elevation 80°"), id="stretch"),
    ],
)
def test_pictures_say_what_is_in_them(result: Result, said: tuple[str, ...]) -> None:
    pictures = stills(result, 2) | {("squat", 8.5): b"of no repetition"}
    (picture,) = [a for tag, a in Page(render(result, SOURCE, pictures)).tags if tag == "img"]
    for words in said:
        assert words in (picture["alt"] or "")


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda exercise: exercise.key)
def test_every_exercise_is_told_in_its_own_words(exercise: Exercise) -> None:
    page = Page(render(of(exercise), SOURCE, {}))
    mine, others = ("hold", "repetition") if isinstance(exercise.counts, Holds) else ("repetition", "hold")
    assert f"2 {mine}s of the {exercise.title.lower()}, 1 of them clean." in page.text
    assert f"2 {others}" not in page.text
    assert f"Every {others}" not in page.text
    assert f"{exercise.charted.title.capitalize()} over time" in page.text
    for measure in columns(exercise):
        assert measure.title in page.words
    assert ("line to reach" in page.text) == (not isnan(exercise.target))
    assert ("The band across" in page.text) == (exercise.allowed is not None)


def test_an_exercise_yet_unknown_needs_nothing_here() -> None:
    new = replace(find("towel_stretch"), key="new", title="Something new", guide=Guide("none"), rules=())
    assert "2 holds of the something new" in Page(render(of(new), SOURCE, {})).text


def _rows(page: str) -> list[list[str]]:
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    return [
        [re.sub("<.*?>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in body.split("</tr>")
        if "<tr>" in row
    ]


def test_holds_are_listed_with_leg_and_time() -> None:
    rows = _rows(render(of(find("towel_stretch")), SOURCE, {}))
    assert [row[:5] for row in rows] == [
        ["1", "✓ clean", "left", "3.0 s", "9.6 s"],
        ["2", "▲ ease off, no bouncing; rest your head", "right", "17.0 s", "8.2 s"],
    ]


def test_a_tilt_is_told_with_its_direction_and_error() -> None:
    rows = _rows(render(tilts(9.4, -11.0, nan), SOURCE, {}))
    assert [row[3] for row in rows] == ["arched 9° ± 4°", "flattened 11° ± 4°", "cannot tell"]


def told(result: Result) -> dict[str, tuple[str, str]]:
    return {fact.words: (fact.number, fact.small) for fact in facts(result)}


def test_tilts_of_both_ways_do_not_cancel_out() -> None:
    assert told(tilts(9.0, -11.0, 10.0, nan))["tilt, median"] == ("10° ± 4°", "9–11°, 2 arched, 1 flattened")


def test_holds_come_to_a_time_for_each_leg() -> None:
    found = told(legs((70.0, 72.0), (75.0,)))
    assert [found[words][0] for words in ("holds", "of them clean", "held, left leg", "held, right leg")] == [
        "3", "3", "42 s", "21 s",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("result", "difference", "says"),
    [
        pytest.param(
            legs((70.0, 72.0), (75.0,)), ("4°", "left 71°, right 75°"), ("5 ± 3.5", "12", "10"), id="both legs"
        ),
        pytest.param(legs((70.0,), ()), None, ("under 10 degrees is no evidence",), id="one leg"),
        pytest.param(legs((70.0,), (nan,)), None, ("under 10 degrees is no evidence",), id="one not known"),
        pytest.param(legs((), ()), None, (), id="nothing done"),
        pytest.param(of(find("knee_to_chest")), None, (), id="no norm for it"),
        pytest.param(sample(), None, (), id="repetitions"),
    ],
)
def test_legs_are_compared_where_that_means_something(
    result: Result, difference: tuple[str, str] | None, says: tuple[str, ...]
) -> None:
    assert told(result).get("between left and right") == difference
    for words in says:
        assert words in remark(result)
    assert bool(remark(result)) == bool(says)
    assert ("asymmetry" in remark(result)) == (difference is not None)


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda exercise: exercise.key)
def test_the_dose_is_the_aim(exercise: Exercise) -> None:
    aim = Page(render(of(exercise), SOURCE, {})).text
    assert "The aim: " + str(exercise.dose).replace("-", "–") in aim


def test_several_exercises_are_told_one_after_another() -> None:
    page = Page(render(several(), SOURCE, {}))
    assert "Bridge, then pelvic tilt, then towel stretch" in page.text
    for says in (
        "0–30 s: 2 repetitions of the bridge",
        "30–60 s: 2 repetitions of the pelvic tilt",
        "60–90 s: 2 holds",
    ):
        assert says in page.text
    names = [tag for tag, _ in page.tags]
    assert (names.count("h1"), names.count("section"), names.count("svg"), names.count("table")) == (1, 3, 6, 6)
    assert names.count("footer") == 1
    links = [a["href"] for tag, a in page.tags if tag == "a"]
    assert [f"#{a['aria-labelledby']}" for tag, a in page.tags if tag == "section"] == links


def test_a_warning_is_said_once_where_it_belongs() -> None:
    text = Page(render(several(), SOURCE, {})).text
    assert text.count("The camera is off the side.") == text.count("The tilt cannot be told.") == 1
    bridge, tilt, towel = (text.index(f" {span} s 2 ") for span in ("0–30", "30–60", "60–90"))
    assert text.index("The camera is off the side.") < bridge
    assert tilt < text.index("The tilt cannot be told.") < towel


def test_tables_and_drawings_are_named() -> None:
    page = Page(render(sample(), SOURCE, {}))
    names = [tag for tag, _ in page.tags]
    assert names.count("h1") == 1
    assert names.count("caption") == names.count("table") == 2
    assert all("scope" in a for tag, a in page.tags if tag == "th")
    drawings = [a for tag, a in page.tags if tag == "svg"]
    ids = {a.get("id") for _, a in page.tags}
    assert len(drawings) == 2
    for svg in drawings:
        assert svg["role"] == "img"
        assert set((svg["aria-labelledby"] or "").split()) <= ids


def test_faults_and_unfinished_movements_are_marked_in_the_chart() -> None:
    drawing = report_chart.chart(sample(), 44.0)
    assert drawing is not None
    assert len(drawing.flags) == 5
    assert {flag.word for flag in drawing.flags} == {"hips low", "feet far", "too fast", "head lifted"}
    assert len(drawing.unfinished) == 1
    assert len(drawing.lines) == 2  # before and after the second in which nobody was seen


def test_words_in_the_chart_never_cover_each_other() -> None:
    drawing = report_chart.chart(sample(reps=60, seconds=120), 120.0)
    assert drawing is not None
    worded = [flag for flag in drawing.flags if flag.word]
    assert 10 < len(worded) < len(drawing.flags)
    assert [band.label for band in drawing.done if band.label] == [str(n) for n in range(5, 61, 5)]
    for lane in {flag.word_y for flag in worded}:
        row = sorted((flag.word_x, len(flag.word)) for flag in worded if flag.word_y == lane)
        for (x0, n0), (x1, n1) in zip(row, row[1:], strict=False):
            assert x1 - x0 > 3.5 * (n0 + n1)


def test_long_recordings_are_thinned_and_keep_their_peaks() -> None:
    result = sample(reps=40, seconds=1800)
    spike = 12_345
    result.series.values["hip_angle_deg"][spike] = 203.0
    drawing = report_chart.chart(result, 1800.0)
    assert drawing is not None
    points = [tuple(map(float, p.split(","))) for line in drawing.lines for p in line.split()]
    assert len(points) <= 1600
    top = min(points, key=lambda p: p[1])
    span = report_chart.WIDTH - report_chart.LEFT - report_chart.RIGHT
    assert top[0] == pytest.approx(report_chart.LEFT + span * result.series.t[spike] / 1800, abs=1)


def test_the_same_result_makes_the_same_page() -> None:
    assert render(sample(), SOURCE, stills(sample(), 1)) == render(sample(), SOURCE, stills(sample(), 1))


def _drawn(result: Result, end: float | None = None) -> report_chart.Chart:
    drawing = report_chart.chart(result, end)
    assert drawing is not None
    return drawing


def _level(y: float, drawing: report_chart.Chart) -> float:
    """The value at a height of the drawing, by its lowest and highest tick."""
    low, high = drawing.values[0], drawing.values[-1]
    bottom, top = (float(tick.text.rstrip("°").replace("−", "-")) for tick in (low, high))
    return bottom + (top - bottom) * (low.at - y) / (low.at - high.at)


@pytest.mark.parametrize(
    ("exercise", "middle", "swing", "ticks"),
    [
        pytest.param("pelvic_tilt", 0.0, 12.0, ("−20°", "20°"), id="tilt, with its error"),
        pytest.param("pelvic_tilt", 0.0, 0.5, ("−15°", "15°"), id="tilt, hardly any"),
        pytest.param("towel_stretch", 60.0, 57.0, ("0°", "120°"), id="leg elevation"),
        pytest.param("knee_to_chest", 100.0, 15.0, ("70°", "120°"), id="hip angle, with what is asked for"),
        pytest.param("bridge", 150.0, 30.0, ("120°", "200°"), id="hip angle, with the allowed band"),
    ],
)
def test_the_drawing_covers_what_was_seen_and_what_is_asked_for(
    exercise: str, middle: float, swing: float, ticks: tuple[str, str]
) -> None:
    result = of(find(exercise))
    drawing = _drawn(replace(result, series=_series(find(exercise), 30, 0.0, middle, swing)))
    assert (drawing.values[0].text, drawing.values[-1].text) == ticks
    assert 4 <= len(drawing.values) <= 10


def test_somebody_who_gets_up_does_not_flatten_the_drawing() -> None:
    result = of(find("towel_stretch"))
    for i in range(250, 300):
        result.series.values["leg_elevation_deg"][i] = -90.0
        result.series.phases[i] = -1
    drawing = _drawn(result)
    assert drawing.values[0].text == "0°"
    below = max(float(point.split(",")[1]) for line in drawing.lines for point in line.split())
    assert below > report_chart.HEIGHT - report_chart.BOTTOM  # outside, not a value at the edge


@pytest.mark.parametrize(
    ("exercise", "target", "allowed"),
    [
        pytest.param("bridge", 180.0, (191.0, 168.0), id="bridge"),
        pytest.param("pelvic_tilt", None, None, id="tilt"),
        pytest.param("towel_stretch", None, None, id="towel"),
        pytest.param("knee_to_chest", None, (75.0, 0.0), id="open below"),
        pytest.param("prone_press_up", 35.0, (120.0, 20.0), id="open above"),
    ],
)
def test_line_and_band_are_drawn_where_the_exercise_has_them(
    exercise: str, target: float | None, allowed: tuple[float, float] | None
) -> None:
    drawing = _drawn(of(find(exercise)))
    assert (drawing.target and _level(drawing.target.at, drawing)) == (target and pytest.approx(target))
    levels = drawing.allowed and tuple(_level(y, drawing) for y in drawing.allowed)
    assert levels == (allowed and pytest.approx(allowed))


def test_the_error_of_the_tilt_is_drawn_around_the_line() -> None:
    result = of(find("pelvic_tilt"), series=_series(find("pelvic_tilt"), 30, 0.0, 0.0, 10.0))
    result.series.values["pelvic_tilt_error_deg"][100:150] = array("d", [nan] * 50)
    drawing = _drawn(result)
    assert len(drawing.error) == 2  # none where it is not known
    places = [tuple(map(float, p.split(","))) for p in drawing.error[0].split()]
    first, last = places[0], places[-1]  # up along the upper edge, back along the lower one
    assert first[0] == last[0]
    assert (_level(first[1], drawing), _level(last[1], drawing)) == pytest.approx((14.0, 6.0), abs=0.1)


@pytest.mark.parametrize("exercise", ["bridge", "towel_stretch", "knee_to_chest"])
def test_what_states_no_error_is_drawn_without(exercise: str) -> None:
    assert _drawn(of(find(exercise))).error == ()


def test_a_later_exercise_is_drawn_from_where_it_begins() -> None:
    drawing = _drawn(several().segments[2])
    assert drawing.times[0].text == "60"
    assert drawing.times[0].at == pytest.approx(report_chart.LEFT)
    assert [band.label for band in drawing.done] == ["1 left ✓", "2 right ▲"]
    (one, two) = drawing.done
    assert report_chart.LEFT < one.x < one.x + one.width < two.x < report_chart.WIDTH


def test_many_holds_are_labelled_as_far_as_there_is_room() -> None:
    labels = {}
    for n in (2, 16, 60):
        every = 30 / n
        holds = tuple(Hold(i, "right", every * (i - 1), every * (i - 0.5), 0.1, {}) for i in range(1, n + 1))
        labels[n] = [band.label for band in _drawn(of(find("towel_stretch"), holds=holds)).done]
    assert labels[2][0] == "1 right ✓"
    assert labels[16][0] == "1 ✓"
    assert [label for label in labels[60] if label] == [str(n) for n in range(5, 61, 5)]


def test_the_drawing_has_no_room_for_words_that_are_not_there() -> None:
    clean, faulty = replace(sample(), reps=sample().reps[:1]), sample(reps=60, seconds=120)
    assert _drawn(clean).height < _drawn(faulty).height <= report_chart.HEIGHT
