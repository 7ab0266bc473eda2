"""report.json, angles.csv and the folder they are in."""

import csv
import json
from array import array
from dataclasses import replace
from math import isnan
from pathlib import Path

import pytest

from formcheck.core.events import Fault, Hold, Rep, Unfinished, Warn
from formcheck.errors import OutputError
from formcheck.exercises import find
from formcheck.io.report import angles as angles_csv
from formcheck.io.report import document as report_json
from formcheck.io.report import page as report_html
from formcheck.io.report.folder import ANGLES, PAGE, REPORT, VIDEO, ResultFolder
from formcheck.io.report.source_info import SourceInfo
from formcheck.session.session import Session
from formcheck.session.summary import PHASES, Result, Series
from tests import figure, lying
from tests.figure import Lift

SOURCE = SourceInfo("/home/somebody/videos/my bridge <b>.mp4", 17.6, 25.0, 854, 480, 440)
NAN = float("nan")


def result() -> Result:
    session = Session(find("bridge"))
    for sight in figure.sights([Lift(), Lift(top=160), Lift()], end=13.8):
        session.step(sight)
    return session.finish([Warn("damaged_video", "The video is damaged: 17.6 s were analysed.")])


RESULT = result()


def found(exercise: str | None, phases: str, *, start: float = 0.0, **findings: object) -> Result:
    """A result with a frame every 0.5 s, their phases by first letter (- = outside), and a value for each signal."""
    series = Series()
    shown = find(exercise or "bridge").shown
    for i, letter in enumerate(phases):
        series.t.append(start + i / 2)
        series.phases.append(-1 if letter == "-" else [phase[0] for phase in PHASES].index(letter))
        for n, signal in enumerate(shown):
            series.of(signal.key).append(10.0 * n + i)
    plain: dict[str, object] = {"reps": (), "holds": (), "unfinished": (), "warnings": ()}
    return Result(
        exercise=find(exercise) if exercise else None,
        recognised=exercise is not None,
        side="left",
        frames=len(phases),
        seen_fraction=1.0,
        series=series,
        **(plain | findings),  # type: ignore[arg-type]
    )


def hold(number: int, start: float, end: float, side: str = "left", *faults: str, **more: float) -> Hold:
    measures = {"leg_elevation_deg": 70.0, "knee_angle_deg": NAN}
    said = tuple(Fault(key, start, f"say {key}") for key in faults)
    return Hold(number, side, start, end, more.get("held", end - start), measures, said)  # type: ignore[arg-type]


def tilt(number: int, start: float, degrees: float) -> Rep:
    measures = {"tilt_deg": degrees, "tilt_error_deg": NAN if isnan(degrees) else 3.0, "hold_s": 0.5}
    return Rep(number, start, start + 0.5, start + 1, start + 1.5, start + 2, 0.0, measures)


TOWEL = found(
    "towel_stretch",
    "--rruuhhhhddruuhhhdr-",
    holds=(hold(1, 3.0, 4.5), hold(2, 8.0, 8.5, "right", "knee_bent", held=0.2)),
)
TILT = found("pelvic_tilt", "rruhhdrruhhdrruhhdrr", start=20.0, reps=(tilt(1, 21.0, 9.0), tilt(2, 24.0, -7.0)))
SEVERAL = replace(TOWEL, segments=(TOWEL, TILT))


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


def test_holds_are_told_with_leg_and_time_in_position() -> None:
    document = report_json.document(TOWEL, SOURCE)
    assert document["reps"] == []
    assert document["holds"] == [
        {
            "number": 1, "side": "left", "start_s": 3.0, "end_s": 4.5, "held_s": 1.5, "good": True,
            "faults": [], "measures": {"leg_elevation_deg": 70.0},
        },
        {
            "number": 2, "side": "right", "start_s": 8.0, "end_s": 8.5, "held_s": 0.2, "good": False,
            "faults": [{"key": "knee_bent", "t_s": 8.0, "say": "say knee_bent"}],
            "measures": {"leg_elevation_deg": 70.0},
        },
    ]  # fmt: skip
    assert json.loads(report_json.text(document)) == document


@pytest.mark.parametrize(
    ("sides", "left", "right"),
    [
        pytest.param([], 0.0, 0.0, id="none"),
        pytest.param(["left"], 20.0, 0.0, id="left only"),
        pytest.param(["left", "right", "left"], 40.0, 20.0, id="each leg"),
        pytest.param(["both"], 20.0, 20.0, id="both at once count for both"),
        pytest.param(["both", "right"], 20.0, 40.0, id="both and one"),
    ],
)
def test_the_time_held_is_summed_for_each_leg(sides: list[str], left: float, right: float) -> None:
    holds = tuple(hold(n, 30.0 * n, 30.0 * n + 20, side) for n, side in enumerate(sides, 1))
    totals = report_json.document(replace(TOWEL, holds=holds), SOURCE)["totals"]
    assert totals == {
        "reps": 0, "good_reps": 0, "holds": len(sides), "good_holds": len(sides),
        "held_s": {"left": left, "right": right},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("degrees", "says"),
    [
        pytest.param(8.0, "anterior", id="arched"),
        pytest.param(-8.0, "posterior", id="flattened"),
        pytest.param(NAN, None, id="cannot tell"),
    ],
)
def test_a_tilt_says_which_way_it_went(degrees: float, says: str | None) -> None:
    (rep,) = report_json.document(replace(TILT, reps=(tilt(1, 21.0, degrees),)), SOURCE)["reps"]
    assert rep.get("direction") == says
    assert ("tilt_deg" in rep["measures"]) == (says is not None)


def test_a_rep_of_another_exercise_has_no_direction() -> None:
    assert all("direction" not in rep for rep in report_json.document(RESULT, SOURCE)["reps"])


def test_one_exercise_has_no_segments() -> None:
    assert "segments" not in report_json.document(RESULT, SOURCE)


def test_several_exercises_are_told_one_by_one_and_the_first_at_the_top() -> None:
    document = report_json.document(SEVERAL, SOURCE)
    first, second = document["segments"]
    fields = ["exercise", "recognised", "side", "seen_fraction", "reps", "holds", "unfinished", "totals", "warnings"]
    assert list(first) == list(second) == ["start_s", "end_s", *fields]
    assert {key: document[key] for key in fields} == {key: first[key] for key in fields}
    assert (first["exercise"], first["start_s"], first["end_s"], len(first["holds"])) == ("towel_stretch", 0.0, 10.0, 2)
    assert (second["exercise"], second["start_s"], second["end_s"], len(second["reps"])) == (
        "pelvic_tilt", 20.0, 29.5, 2,
    )  # fmt: skip


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


def test_frames_of_a_hold_have_its_number_and_the_way_there_has_none(tmp_path: Path) -> None:
    table = rows(tmp_path / "a.csv", TOWEL)
    assert [(row["phase"], row["rep"]) for row in table] == [
        *[("", "")] * 2, *[("rest", "")] * 2, *[("up", "")] * 2, *[("hold", "1")] * 4, *[("down", "")] * 2,
        ("rest", ""), ("up", ""), ("up", ""),
        ("up", ""),  # it seemed at rest half a second before it was
        *[("hold", "2")] * 2, ("down", ""), ("rest", ""), ("", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("phases", "holds", "unfinished", "told"),
    [
        pytest.param("ruhhhdr", (hold(1, 1.0, 1.5),), (), "ruhhddr", id="after a hold"),
        pytest.param("ruhhhdr", (hold(1, 2.0, 2.5),), (), "ruuuhhr", id="before a hold"),
        pytest.param("ruhhuur", (), (), "ruuuuur", id="no hold came of it"),
        pytest.param("ruhhhhh", (), (Unfinished(0.5, 3.0, "lowering"),), "ruhhhhh", id="unfinished"),
    ],
)
def test_what_seemed_a_hold_and_was_none_is_the_way_there_or_back(
    phases: str, holds: tuple[Hold, ...], unfinished: tuple[Unfinished, ...], told: str, tmp_path: Path
) -> None:
    table = rows(tmp_path / "a.csv", found("towel_stretch", phases, holds=holds, unfinished=unfinished))
    assert "".join(row["phase"][0] for row in table) == told


@pytest.mark.parametrize(
    ("exercise", "filled"),
    [
        ("bridge", {"hip_angle_deg", "knee_angle_deg"}),
        ("pelvic_tilt", {"hip_angle_deg", "knee_angle_deg", "pelvic_tilt_deg", "pelvic_tilt_error_deg"}),
        ("towel_stretch", {"hip_angle_deg", "knee_angle_deg", "leg_elevation_deg"}),
        ("knee_to_chest", {"hip_angle_deg", "knee_angle_deg", "leg_elevation_deg"}),
    ],
)
def test_each_exercise_fills_the_angles_it_measures(exercise: str, filled: set[str], tmp_path: Path) -> None:
    (row,) = rows(tmp_path / "a.csv", found(exercise, "r"))
    assert {key for key, cell in row.items() if cell and key.endswith("_deg")} == filled


def test_several_exercises_follow_one_another_in_the_table(tmp_path: Path) -> None:
    table = rows(tmp_path / "a.csv", SEVERAL)
    assert [float(row["t_s"]) for row in table] == [*TOWEL.series.t, *TILT.series.t]
    tilting = table[len(TOWEL.series.t) :]
    assert {row["leg_elevation_deg"] for row in tilting} == {""}
    assert list(dict.fromkeys((row["phase"], row["rep"]) for row in tilting)) == [
        ("rest", ""), ("up", "1"), ("hold", "1"), ("down", "1"), ("up", "2"), ("hold", "2"), ("down", "2"),
    ]  # fmt: skip


def test_a_whole_recording_with_two_exercises_has_every_frame_once(tmp_path: Path) -> None:
    session = Session(None)
    sights = list(figure.sights([Lift(), Lift(), Lift()]))
    then = sights[-1].t + 0.04
    for sight in lying.stretches([lying.Stretch()], before=3.0):
        assert sight.pose is not None
        sights.append(replace(sight, t=sight.t + then, pose=replace(sight.pose, t=sight.t + then)))
    for sight in sights:
        session.step(sight)
    both = session.finish()
    document = report_json.document(both, SOURCE)
    assert [part["exercise"] for part in document["segments"]] == ["bridge", "towel_stretch"]
    times = [row["t_s"] for row in rows(tmp_path / "a.csv", both)]
    assert times == [f"{sight.t:.4f}" for sight in sights]


def test_what_is_none_of_ours_has_angles_and_no_phase(tmp_path: Path) -> None:
    table = rows(tmp_path / "a.csv", found(None, "ruhdr"))
    assert [(row["hip_angle_deg"], row["phase"], row["rep"]) for row in table] == [
        (f"{i:.2f}", "", "") for i in range(5)
    ]


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
