"""Two sessions side by side: what differs, what is only error, and both videos in one picture."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from math import isnan, nan
from pathlib import Path

import numpy as np
import pytest

from formcheck.core.events import Fault, Hold
from formcheck.errors import CompareError, ReportError
from formcheck.exercises import all_exercises, find
from formcheck.exercises.vocabulary import Exercise
from formcheck.io.compare import film
from formcheck.io.compare.curves import curves
from formcheck.io.compare.differences import counts, faults, measures, said
from formcheck.io.compare.page import pairs, render
from formcheck.io.compare.sessions import Compared, from_folder
from formcheck.io.report import angles as angles_csv
from formcheck.io.report import document as report_json
from formcheck.io.report.overlaid import overlaid
from formcheck.io.video.reader import VideoReader
from formcheck.session.summary import Result, Series
from tests import videos
from tests.conftest import ROOT
from tests.pages import Page, self_contained
from tests.test_report_html import SOURCE, legs, of, sample, several, tilts

GOLDENS = ROOT / "tests" / "goldens"
BRIDGE = find("bridge")


def named(result: Result, name: str = "a.mp4", video: Path | None = None) -> Compared:
    return Compared(name, result, video)


def peaks(*degrees: float) -> Result:
    reps = sample(len(degrees)).reps
    done = tuple(
        replace(rep, measures={**rep.measures, "hip_angle_deg": d}, faults=())
        for rep, d in zip(reps, degrees, strict=True)
    )
    return replace(sample(len(degrees)), reps=done)


@pytest.mark.parametrize(
    ("one", "two", "row"),
    [
        pytest.param(170.0, 174.0, ("170°", "174°", "+4°", "10°", "within the error"), id="noise"),
        pytest.param(170.0, 160.0, ("170°", "160°", "−10°", "10°", "a difference"), id="a difference"),
        pytest.param(170.0, 179.0, ("170°", "179°", "+9°", "10°", "within the error"), id="just within"),
        pytest.param(170.0, 170.3, ("170°", "170°", "0°", "10°", "within the error"), id="nothing"),
        pytest.param(170.0, nan, ("170°", "–", "–", "10°", ""), id="one not known"),
    ],
)
def test_a_difference_is_held_against_its_error(one: float, two: float, row: tuple[str, ...]) -> None:
    first = next(iter(measures(BRIDGE, peaks(one), peaks(two))))
    assert first.title == "Hip angle at the top, median"
    assert (first.one, first.two, first.difference, first.error, first.judged) == row


def test_what_states_a_small_error_is_still_judged_by_the_usual_one() -> None:
    tilt = find("pelvic_tilt")
    first = next(iter(measures(tilt, tilts(9.0, -9.0), tilts(15.0))))  # 3.6 and 3.6
    assert (first.difference, first.error, first.judged) == ("+6°", "8°", "within the error")


def test_what_has_no_known_error_is_not_judged() -> None:
    press = replace(find("prone_press_up"), aims=())
    rows = {row.title: row.judged for row in measures(press, of(press), of(press))}
    assert rows["Chest at the top, median"] == "error not known"


def test_counts_have_no_error() -> None:
    rows = [(row.title, row.one, row.two, row.difference) for row in counts(BRIDGE, sample(), peaks(180, 181))]
    assert rows == [("Repetitions", "8", "2", "−6"), ("Of them clean", "4", "2", "−2")]


def test_holds_are_compared_for_each_leg() -> None:
    towel = find("towel_stretch")
    rows = {row.title: row.difference for row in counts(towel, legs((70.0,), ()), legs((70.0, 72.0), (75.0,)))}
    assert rows == {"Holds": "+2", "Of them clean": "+2", "Held, left leg": "+21 s", "Held, right leg": "+21 s"}


def test_a_left_leg_is_never_held_against_a_right_one() -> None:
    towel = find("towel_stretch")
    rows = {row.title: row for row in measures(towel, legs((70.0,), ()), legs((60.0,), (90.0,)))}
    left, right = (rows[f"Leg elevation, {side} leg, median"] for side in ("left", "right"))
    assert (left.one, left.two, left.judged) == ("70°", "60°", "a difference")
    assert (right.one, right.two, right.difference, right.judged) == ("–", "90°", "–", "")


def test_a_hold_whose_fault_changes_the_measure_is_left_out_as_in_the_trends() -> None:
    towel = find("towel_stretch")
    two = legs((70.0, 95.0), ())
    bent = replace(two.holds[1], faults=(Fault("knee_bent", 1.0, ""),))
    rows = {row.title: row.two for row in measures(towel, two, replace(two, holds=(two.holds[0], bent)))}
    assert rows["Leg elevation, left leg, median"] == "70°"


def test_faults_of_both_are_listed() -> None:
    rows = [(row.rule.key, row.one, row.two) for row in faults(sample(), peaks(180))]
    assert rows[0] == ("hips_low", 2, 0)
    assert [(key, two, one) for key, one, two in rows] == [
        (r.rule.key, r.one, r.two) for r in faults(peaks(180), sample())
    ]


@pytest.mark.parametrize(
    ("two", "says"),
    [
        pytest.param(peaks(170, 171), "differ by less than their error", id="noise"),
        pytest.param(peaks(182, 183), "beyond the measurement error: hip angle at the top +12°", id="a difference"),
        pytest.param(replace(peaks(170), reps=()), "B: 0 repetitions, 0 clean.", id="nothing done"),
    ],
)
def test_what_matters_in_a_sentence(two: Result, says: str) -> None:
    assert says in said(BRIDGE, peaks(170, 171), two)


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda exercise: exercise.key)
def test_the_page_is_well_formed_and_needs_nothing_from_outside(exercise: Exercise) -> None:
    text = render(named(of(exercise)), named(of(exercise, 5.0), "<b>.mp4"))
    self_contained(text)
    page = Page(text)
    page.named()
    assert not {"script", "link", "iframe", "img", "video"} & {tag for tag, _ in page.tags}
    assert "<b>.mp4" in page.text
    assert "nan" not in re.findall(r"[a-z]+", page.text.lower())


def test_the_picture_stands_beside_the_page() -> None:
    page = Page(render(named(sample()), named(sample()), "compare.mp4"))
    (video,) = [a for tag, a in page.tags if tag == "video"]
    assert video["src"] == "compare.mp4"
    assert "A on the left and B on the right" in (video["aria-label"] or "")


def test_the_same_exercises_are_compared_and_the_others_named() -> None:
    page = Page(render(named(several()), named(of(find("towel_stretch")))))
    assert [tag for tag, _ in page.tags].count("section") == 1
    assert page.text.endswith("gives no diagnosis.")
    assert "A : Bridge" in page.text or "A: Bridge" in page.text
    assert "A: Pelvic tilt" in page.text


def test_the_second_of_a_kind_is_compared_with_the_second() -> None:
    first, second = of(BRIDGE), of(BRIDGE, 40.0)
    twice = replace(first, segments=(first, second))
    found = pairs(named(twice), named(twice))
    assert [(a is b) for a, b in found] == [True, True]
    assert len(pairs(named(first), named(twice))) == 1


@pytest.mark.parametrize(
    ("two", "says"),
    [
        pytest.param(of(find("towel_stretch")), "a.mp4 has bridge and b.mp4 has towel stretch", id="another"),
        pytest.param(replace(sample(), exercise=None, reps=()), "b.mp4 has no exercise", id="none"),
    ],
)
def test_nothing_in_common_is_said(two: Result, says: str) -> None:
    with pytest.raises(CompareError, match=says):
        render(named(sample()), named(two, "b.mp4"))


def test_curves_lie_over_each_other_on_one_scale() -> None:
    drawing = curves(BRIDGE, sample(), sample(4))
    assert drawing is not None
    assert (len(drawing.one.thin) >= 8, len(drawing.two.thin) >= 4) == (True, True)
    assert drawing.one.middle
    assert drawing.two.middle
    alone = overlaid(sample())
    assert alone is not None
    assert drawing.values == alone.values


def test_without_a_series_there_is_no_curve() -> None:
    assert curves(BRIDGE, sample(), replace(sample(), series=Series())) is None
    assert "over each other" not in render(named(sample()), named(replace(sample(), series=Series())))


def written(folder: Path, result: Result) -> Path:
    folder.mkdir()
    document = report_json.document(result, SOURCE)
    (folder / "report.json").write_text(report_json.text(document), encoding="utf-8")
    angles_csv.write(folder / "angles.csv", result)
    return folder


@pytest.mark.parametrize(
    "result",
    [
        pytest.param(sample(), id="repetitions"),
        pytest.param(legs((70.0, 72.0), (75.0,)), id="holds"),
        pytest.param(tilts(9.0, -11.0, nan), id="tilts"),
        pytest.param(several(), id="several"),
    ],
)
def test_a_folder_is_read_as_it_was_written(result: Result, tmp_path: Path) -> None:
    again = from_folder(written(tmp_path / "x", result)).result
    assert report_json.document(again, SOURCE) | {"source": 0} == report_json.document(result, SOURCE) | {"source": 0}
    for a, b in zip(again.parts, result.parts, strict=True):
        assert a.series.t == pytest.approx(b.series.t, abs=1e-4)
        if a.reps:
            assert [r.top_from for r in a.reps] == pytest.approx([r.top_from for r in b.reps], abs=0.11)


def test_a_folder_without_angles_has_no_curve_but_all_else(tmp_path: Path) -> None:
    folder = written(tmp_path / "x", sample())
    (folder / "angles.csv").unlink()
    again = from_folder(folder)
    assert len(again.result.reps) == 8
    assert len(again.result.series.t) == 0


def spoil(folder: Path, **changes: object) -> None:
    path = folder / "report.json"
    document = json.loads(path.read_text())
    path.write_text(json.dumps({key: value for key, value in (document | changes).items() if value != "gone"}))


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        pytest.param(lambda f: (f / "report.json").unlink(), "there is no", id="no report"),
        pytest.param(lambda f: (f / "report.json").write_text("{"), "is damaged: it is no JSON", id="cut off"),
        pytest.param(
            lambda f: (f / "report.json").write_text("[]"), "is no report of this version", id="something else"
        ),
        pytest.param(
            lambda f: spoil(f, schema="formcheck.report/9"), "no report of this version", id="another version"
        ),
        pytest.param(lambda f: spoil(f, reps="gone"), "not as formcheck writes it", id="without repetitions"),
        pytest.param(lambda f: spoil(f, source="gone"), "not as formcheck writes it", id="without a source"),
        pytest.param(lambda f: spoil(f, segments=[5]), "not as formcheck writes it", id="a number for a segment"),
        pytest.param(lambda f: spoil(f, exercise=["bridge"]), "not as formcheck writes it", id="a list for a name"),
        pytest.param(lambda f: spoil(f, reps=[{"measures": {"x": "<b>"}}]), "not as formcheck", id="words for numbers"),
        pytest.param(lambda f: spoil(f, exercise="squat"), "no exercise called 'squat'", id="an unknown exercise"),
        pytest.param(lambda f: (f / "angles.csv").write_text("t_s\nx\n"), "angles.csv is damaged", id="damaged angles"),
    ],
)
def test_a_folder_that_cannot_be_read_is_told(harm: object, says: str, tmp_path: Path) -> None:
    folder = written(tmp_path / "x", sample())
    harm(folder)  # type: ignore[operator]
    with pytest.raises((CompareError, ReportError), match=re.escape(says)):
        from_folder(folder)


def flash(path: Path, at: float, *, fps: int, seconds: float, size: tuple[int, int]) -> Path:
    """A dark video that turns bright at one moment."""
    images = [np.full((size[1], size[0], 3), 230 if i / fps >= at else 60, np.uint8) for i in range(int(fps * seconds))]
    return videos.make(path, size=size, fps=fps, frames=len(images), images=images)


@pytest.mark.video
def test_two_videos_meet_at_their_first_movement(tmp_path: Path) -> None:
    one = flash(tmp_path / "a.mp4", 1.0, fps=25, seconds=3, size=(320, 180))
    two = flash(tmp_path / "b.mp4", 2.0, fps=10, seconds=3, size=(120, 240))
    done = film.Side(one, "A  a.mp4", 1.0), film.Side(two, "B  b.mp4", 2.0)
    film.write(tmp_path / "c.mp4", *done)
    left, right, times = [], [], []
    with VideoReader(tmp_path / "c.mp4") as made:
        width, height = made.size
        assert (width, height) == (426 + 4 + 120, 240 + 40)  # the wide one scaled to the tall one's height
        assert made.fps == pytest.approx(25)
        for frame in made:
            times.append(frame.t)
            left.append(frame.image[100:140, 100:140].mean())
            right.append(frame.image[100:140, 470:500].mean())
    bright = [next(t for t, v in zip(times, side, strict=True) if v > 180) for side in (left, right)]
    assert bright == pytest.approx([2.0, 2.0], abs=0.05)
    assert left[10] < 40  # waiting, dimmed
    assert right[10] > 45  # running
    assert right[-1] < 120  # over, dimmed, while the other one runs
    assert left[-1] > 180
    assert times[-1] == pytest.approx(2.0 + 2.0, abs=0.1)


@pytest.mark.parametrize(
    ("two", "says"),
    [
        pytest.param(named(sample(), "b.mp4"), "the video of b.mp4 is not there any more", id="no video"),
        pytest.param(
            named(replace(sample(), reps=()), "b.mp4", Path("b.mp4")), "nothing was counted in b.mp4", id="nothing done"
        ),
    ],
)
def test_a_picture_needs_two_videos_and_a_beginning(two: Compared, says: str) -> None:
    with pytest.raises(CompareError, match=says):
        film.sides(named(sample(), video=Path("a.mp4")), two)


def compare(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "formcheck", "compare", *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=300)


def test_a_trace_and_a_folder_are_compared(tmp_path: Path) -> None:
    folder = written(tmp_path / "earlier", sample())
    run = compare(GOLDENS / "bridge.trace.jsonl.gz", folder.name, "--out", "out", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (0, "")
    assert "Bridge: A: 8 repetitions, 3 clean; B: 8 repetitions, 4 clean." in run.stderr
    assert [str(p.relative_to(tmp_path / "out")) for p in (tmp_path / "out").rglob("*") if p.is_file()] == [
        "bridge-and-earlier/compare.html"
    ]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(("towel_stretch",), "there is nothing to compare", id="another exercise"),
        pytest.param(("bridge", "--video"), "the video of bridge.mp4 is not there any more", id="no video"),
    ],
)
def test_what_cannot_be_compared_leaves_nothing(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    other = GOLDENS / f"{words[0]}.trace.jsonl.gz"
    run = compare(GOLDENS / "bridge.trace.jsonl.gz", other, *words[1:], "--out", "out", cwd=tmp_path)
    assert run.returncode == 1
    assert says in run.stderr.replace("\n", " ")
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.video
def test_videos_are_analysed_and_an_earlier_analysis_is_left_alone(tmp_path: Path) -> None:
    earlier = tmp_path / "out" / "bridge"
    earlier.mkdir(parents=True)
    (earlier / "annotated.mp4").write_bytes(b"mine")
    sample_video = ROOT / "samples" / "bridge.mp4"
    run = compare(GOLDENS / "bridge.trace.jsonl.gz", sample_video, "--out", "out", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "B: 8 repetitions, 3 clean" in run.stderr
    assert (earlier / "annotated.mp4").read_bytes() == b"mine"
    made = tmp_path / "out" / "bridge-and-bridge"
    assert sorted(path.name for path in made.iterdir()) == ["B", "compare.html"]


def test_a_hold_of_both_legs_counts_for_each() -> None:
    both = replace(legs((70.0,), ()), holds=(Hold(1, "both", 0.0, 20.0, 20.0, {}),))
    rows = {row.title: row.one for row in counts(find("towel_stretch"), both, both)}
    assert (rows["Held, left leg"], rows["Held, right leg"]) == ("20 s", "20 s")
    assert not isnan(both.held_s("left"))
