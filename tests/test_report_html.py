"""The page: self-contained, escaped, well-formed, and it says what was found."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from math import cos, nan, pi

import pytest

from formcheck.core.events import Fault, Rep, Unfinished, Warn
from formcheck.exercises.catalogue.bridge import EXERCISE
from formcheck.io.report import chart as report_chart
from formcheck.io.report.page import render, verdict
from formcheck.io.report.source_info import SourceInfo
from formcheck.session.summary import Result, Series

SOURCE = SourceInfo("/home/somebody/films/<script>alert(1).mp4", 44.0, 29.97, 854, 480, 1319)
_FAULTS = ("hips_low", "feet_far", "hips_low", "head_lifted", "too_fast")
_VOID = {"meta", "img", "br", "link", "input", "hr"}


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
    return Result(
        exercise=EXERCISE,
        recognised=True,
        side="left",
        frames=len(series.t),
        seen_fraction=0.973,
        reps=tuple(found),
        unfinished=(Unfinished(seconds - 2.5, seconds - 0.5, "lowering"),),
        warnings=(Warn("off_side", "The camera is 20 degrees off the side & angles are less certain."),),
        series=series,
    )


class _Page(HTMLParser):
    """Checks that every tag is closed in order, and gathers what is there."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


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
]


@pytest.mark.parametrize("result", _VARIANTS)
def test_the_page_is_well_formed_and_needs_nothing_from_outside(result: Result) -> None:
    text = render(result, SOURCE, {1: b"\xff\xd8jpeg", 2: b"\xff\xd8jpeg"})
    page = _Page(text)
    assert "http:" not in text
    assert "https:" not in text
    assert "url(http" not in text
    for tag, attributes in page.tags:
        assert tag not in {"script", "link", "iframe", "object"}
        for name in ("src", "href", "srcset"):
            assert (attributes.get(name) or "data:").startswith("data:")
    policy = [a["content"] for tag, a in page.tags if tag == "meta" and "http-equiv" in a]
    assert policy == ["default-src 'none'; img-src data:; style-src 'unsafe-inline'"]
    assert "nan" not in re.findall(r"[a-z]+", page.text.lower())
    assert not re.search(r'="[^"]*\bnan\b', text)


def test_names_are_escaped_and_folders_left_out() -> None:
    text = render(replace(sample(), warnings=(Warn("x", "<b>bold</b> & so on"),)), SOURCE, {})
    assert "<script" not in text
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
    page = _Page(render(sample(), SOURCE, {}))
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
        pytest.param([("hips_low",)], "1 repetition of the bridge, none of them clean.", id="one"),
        pytest.param(
            [("too_fast",), ("hips_low",), ("hips_low",), ()], "lift a little higher (2 of 4)", id="most often"
        ),
        pytest.param([("hips_low", "hips_low"), ()], "lift a little higher (1 of 2)", id="twice in one repetition"),
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
    page = _Page(render(replace(sample(), exercise=None, reps=(), unfinished=()), SOURCE, {}))
    assert "None of the exercises that formcheck knows was recognised" in page.text
    assert "The camera is 20 degrees" in page.text
    assert not any(tag == "table" for tag, _ in page.tags)


def test_what_is_not_known_is_a_dash() -> None:
    page = _Page(render(sample(), SOURCE, {}))
    assert "–" in page.words


def test_pictures_say_what_is_in_them() -> None:
    page = _Page(render(sample(), SOURCE, {2: b"\xff\xd8jpeg", 99: b"of no repetition"}))
    (picture,) = [a for tag, a in page.tags if tag == "img"]
    assert "repetition 2" in (picture["alt"] or "")
    assert "lift a little higher" in (picture["alt"] or "")


def test_tables_and_drawings_are_named() -> None:
    page = _Page(render(sample(), SOURCE, {}))
    names = [tag for tag, _ in page.tags]
    assert names.count("h1") == 1
    assert names.count("caption") == names.count("table") == 1
    assert all("scope" in a for tag, a in page.tags if tag == "th")
    (svg,) = [a for tag, a in page.tags if tag == "svg"]
    assert svg["role"] == "img"
    ids = {a.get("id") for _, a in page.tags}
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
    assert [band.label for band in drawing.reps if band.label] == [str(n) for n in range(5, 61, 5)]
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
    assert render(sample(), SOURCE, {1: b"x"}) == render(sample(), SOURCE, {1: b"x"})
