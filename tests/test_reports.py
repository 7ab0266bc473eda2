"""report.json, angles.csv and the folder they are in."""

import csv
import json
from array import array
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.core.events import Warn
from formcheck.errors import OutputError
from formcheck.exercises import find
from formcheck.io.report import angles as angles_csv
from formcheck.io.report import document as report_json
from formcheck.io.report import page as report_html
from formcheck.io.report.folder import ANGLES, PAGE, REPORT, VIDEO, ResultFolder
from formcheck.io.report.source_info import SourceInfo
from formcheck.session.session import Session
from formcheck.session.summary import Result, Series
from tests import figure
from tests.figure import Lift

SOURCE = SourceInfo("/home/somebody/videos/my bridge <b>.mp4", 17.6, 25.0, 854, 480, 440)
NAN = float("nan")


def result() -> Result:
    session = Session(find("bridge"))
    for sight in figure.sights([Lift(), Lift(top=160), Lift()], end=13.8):
        session.step(sight)
    return session.finish([Warn("damaged_video", "The video is damaged: 17.6 s were analysed.")])


RESULT = result()


def test_the_json_has_every_field_of_the_format() -> None:
    document = report_json.document(RESULT, SOURCE)
    assert json.loads(report_json.text(document)) == document
    assert document["schema"] == "formcheck.report/1"
    assert document["source"] == {
        "path": SOURCE.path, "duration_s": 17.6, "fps": 25.0, "width": 854, "height": 480, "frames": 440,
    }  # fmt: skip
    assert (document["exercise"], document["recognised"], document["side"]) == ("bridge", False, "right")
    assert document["seen_fraction"] == 1.0
    assert [rep["good"] for rep in document["reps"]] == [True, False]
    low = document["reps"][1]
    assert low["number"] == 2
    assert low["start_s"] < low["peak_s"] < low["end_s"]
    assert [(fault["key"], fault["say"]) for fault in low["faults"]] == [("hips_low", "lift a little higher")]
    assert low["start_s"] <= low["faults"][0]["t_s"] <= low["end_s"]
    assert {"hip_angle_deg", "knee_angle_deg", "hold_s"} <= low["measures"].keys()
    assert document["holds"] == []
    assert [each["missing"] for each in document["unfinished"]] == ["lowering"]
    assert document["totals"] == {
        "reps": 2, "good_reps": 1, "holds": 0, "good_holds": 0, "held_s": {"left": 0.0, "right": 0.0},
    }  # fmt: skip
    assert [warn["key"] for warn in document["warnings"]] == ["damaged_video"]


def test_what_is_not_known_is_left_out_of_the_json() -> None:
    rep = replace(RESULT.reps[0], measures={"hip_angle_deg": 180.0, "up_s": NAN})
    document = report_json.document(replace(RESULT, reps=(rep,)), SOURCE)
    assert document["reps"][0]["measures"] == {"hip_angle_deg": 180.0}


def rows(path: Path, of: Result) -> list[dict[str, str]]:
    angles_csv.write(path, of)
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_has_a_row_for_every_frame(tmp_path: Path) -> None:
    table = rows(tmp_path / "a.csv", RESULT)
    assert list(table[0]) == [
        "t_s", "hip_angle_deg", "knee_angle_deg", "leg_elevation_deg", "pelvic_tilt_deg", "pelvic_tilt_error_deg",
        "phase", "rep",
    ]  # fmt: skip
    assert len(table) == len(RESULT.series.t)
    assert [float(row["t_s"]) for row in table[:3]] == [0.0, 0.04, 0.08]
    for rep in RESULT.reps:
        inside = [row for row in table if rep.start <= float(row["t_s"]) <= rep.end]
        assert {row["rep"] for row in inside} == {str(rep.number)}
        phases = [row["phase"] for row in inside]
        assert list(dict.fromkeys(phases)) == ["up", "hold", "down"]
    between = [r for r in table if RESULT.reps[0].end < float(r["t_s"]) < RESULT.reps[1].start]
    assert {(row["phase"], row["rep"]) for row in between} == {("rest", "")}
    assert {row["pelvic_tilt_deg"] for row in table} == {""}
    last = table[-1]
    assert (last["phase"], last["rep"]) == ("hold", "")  # an unfinished lift is no repetition


def test_what_is_not_known_is_an_empty_cell(tmp_path: Path) -> None:
    series = Series(array("d", [0.0, 0.1]), {"hip_angle_deg": array("d", [120.0, NAN])}, array("b", [0, -1]))
    table = rows(tmp_path / "a.csv", replace(RESULT, reps=(), unfinished=(), series=series))
    assert [(r["hip_angle_deg"], r["knee_angle_deg"], r["phase"]) for r in table] == [
        ("120.00", "", "rest"),
        ("", "", ""),
    ]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        pytest.param({"reps": ()}, "No complete repetition", id="no rep"),
        pytest.param({"warnings": ()}, "2 repetitions", id="no warnings"),
        pytest.param({"series": Series()}, "2 repetitions", id="no frames"),
    ],
)
def test_the_page_copes_with_little(changes: dict[str, object], says: str) -> None:
    assert says in report_html.render(replace(RESULT, **changes), SOURCE, {})  # type: ignore[arg-type]


def test_results_appear_only_when_all_is_written(tmp_path: Path) -> None:
    folder = ResultFolder(tmp_path / "out", "a")
    folder.new(REPORT).write_text("{}")
    assert not (tmp_path / "out" / "a").exists()
    folder.commit()
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["a"]
    assert (tmp_path / "out" / "a" / REPORT).read_text() == "{}"


def test_giving_up_leaves_an_earlier_result_alone(tmp_path: Path) -> None:
    first = ResultFolder(tmp_path, "a")
    first.new(REPORT).write_text("first")
    first.commit()
    second = ResultFolder(tmp_path, "a")
    second.new(REPORT).write_text("half")
    second.discard()
    assert [p.name for p in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a" / REPORT).read_text() == "first"


def test_a_new_result_takes_away_what_it_does_not_have_and_nothing_else(tmp_path: Path) -> None:
    first = ResultFolder(tmp_path, "a")
    for name in (REPORT, VIDEO, ANGLES, PAGE):
        first.new(name).write_text("first")
    first.commit()
    (tmp_path / "a" / "notes.txt").write_text("mine")
    second = ResultFolder(tmp_path, "a")
    second.new(REPORT).write_text("second")
    second.commit()
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == ["notes.txt", REPORT]


def test_a_file_in_the_way_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(OutputError, match=r"is a file.*--out"):
        ResultFolder(tmp_path, "a")
    with pytest.raises(OutputError, match=r"cannot write.*--out"):
        ResultFolder(tmp_path / "a", "b")
