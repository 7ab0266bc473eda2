"""``formcheck history`` and ``formcheck plan``: what they print, write and refuse."""

import json
import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import av
import numpy as np
import pytest
from typer.testing import CliRunner, Result

from formcheck.errors import ReportError
from formcheck.io.history import History
from formcheck.io.history.importing import import_report
from formcheck.io.video.recorded import recorded
from formcheck.ui.app import app
from tests.conftest import ROOT
from tests.test_history import BRIDGE, EVENING, TOWEL, hold, rep

GOLDENS = ROOT / "tests" / "goldens"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A history of two evenings."""
    path = tmp_path / "mine.db"
    with History.open(path) as history:
        for day in (0, 7):
            then = EVENING + timedelta(days=day)
            session = history.begin_session(then)
            history.add_pain(session, "before", 5 - day // 3, at=then)
            bridge = history.begin_set(session, BRIDGE, BRIDGE.dose, then)
            history.add_rep(bridge, rep(1, 165.0 + 2 * day, *(() if day else ("hips_low",))))
            towel = history.begin_set(session, TOWEL, None, then)
            history.add_hold(towel, hold(1, 60.0 + day, "left"))
            if day:
                history.end_session(session, "done")
    return path


def run(*words: object, **how: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], **how)  # type: ignore[arg-type]


def good(*words: object, **how: object) -> str:
    done = run(*words, **how)
    assert done.exit_code == 0, done.output
    return done.stdout


def complaint(*words: object) -> str:
    done = run(*words)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr.replace("\n", " ")


def test_list_has_a_line_for_each_session(db: Path) -> None:
    text = good("history", "list", "--db", db)
    assert re.search(r"1 +2026-01-05 18:30 +live +Bridge: 1 repetition, 0 good;.*5 +cut off", text)
    assert re.search(r"2 +2026-01-12 18:30 +live +Bridge: 1 repetition, 1 good;.*3 +done", text)


def test_show_has_every_movement_and_the_latest_is_the_default(db: Path) -> None:
    text = good("history", "show", "1", "--db", db)
    for said in (
        "Session 1, 2026-01-05",
        "165°",
        "lift a little higher",
        "24.0 s",
        "Pain before: 5 of 10",
        "Ended: cut off",
    ):
        assert said in text
    assert "Session 2" in good("history", "show", "--db", db)
    assert json.loads(good("history", "show", "1", "--json", "--db", db))["sessions"][0]["id"] == 1


def test_trends_say_what_is_evidence_and_what_is_not(db: Path) -> None:
    lines = " ".join(good("history", "trends", "--db", db, env={"COLUMNS": "200"}).split())
    assert (
        "Bridge: hip angle at the top 2 ▁█ 165° 179° better by 14°, no less than the measurement error of 10°" in lines
    )
    assert "elevation, left 2 ▁█ 60° 67° less than the measurement error of 10°: no evidence of a change" in lines
    assert "Pain before the exercises 2 █▁ 5 3 better by 2, no less than the measurement error of 2" in lines
    only = good("history", "trends", "bridge", "--db", db)
    assert "Towel" not in only
    assert "Pain" not in only


def test_where_nothing_is_measured_that_is_said(tmp_path: Path) -> None:
    History.open(tmp_path / "new.db").close()
    assert "no sessions" in good("history", "list", "--db", tmp_path / "new.db")
    assert "Nothing measured" in good("history", "trends", "--db", tmp_path / "new.db")
    assert "no sessions" in complaint("history", "show", "--db", tmp_path / "new.db")


@pytest.mark.parametrize("how", ["csv", "json", "fhir"])
def test_export_writes_a_file_or_standard_output(db: Path, tmp_path: Path, how: str) -> None:
    printed = good("history", "export", "--format", how, "--session", "2", "--db", db)
    out = tmp_path / "out"
    assert good("history", "export", "--format", how, "--session", "2", "--out", out, "--db", db) == ""
    assert out.read_text(encoding="utf-8") == printed
    assert "2026-01-12" in printed
    assert "2026-01-05T18:30" not in printed


def test_a_session_named_twice_is_exported_once(db: Path) -> None:
    once, twice = (good("history", "export", "--db", db, *asked) for asked in (("--session", 2), ("--session", 2) * 2))
    assert once == twice


@pytest.mark.parametrize("number", ["0", "3", "9" * 30])
def test_a_session_that_is_not_there_is_told(db: Path, number: str) -> None:
    for command in ("show", "report", "delete"):
        assert f"there is no session {number}" in complaint("history", command, number, "--db", db).replace("\n", " ")


def test_delete_asks_first(db: Path) -> None:
    refused = run("history", "delete", "1", "--db", db, input="n\n")
    assert refused.exit_code == 1
    assert "1 of 2026-01-05" in refused.output
    assert "2026-01-05" in good("history", "list", "--db", db)
    good("history", "delete", "1", "--db", db, input="y\n")
    assert "2026-01-05" not in good("history", "list", "--db", db)
    good("history", "delete", "2", "--yes", "--db", db)
    assert "no sessions" in good("history", "list", "--db", db)


def test_of_sessions_to_delete_all_must_be_there(db: Path) -> None:
    assert "no session 9" in complaint("history", "delete", "1", "9", "--yes", "--db", db)
    assert "2026-01-05" in good("history", "list", "--db", db)


def test_a_backup_can_be_used_in_its_place(db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    good("history", "backup", copy, "--db", db)
    assert good("history", "list", "--db", copy) == good("history", "list", "--db", db)
    assert "exists already" in complaint("history", "backup", copy, "--db", db)


@pytest.mark.parametrize(
    "command", [("list",), ("show",), ("trends",), ("export",), ("delete", "1"), ("backup", "x")], ids=lambda c: c[0]
)
def test_without_a_history_none_is_made(tmp_path: Path, command: tuple[str, ...]) -> None:
    path = tmp_path / "none.db"
    assert "no history at" in complaint("history", *command, "--db", path)
    assert list(tmp_path.iterdir()) == []


def test_the_environment_names_the_data_folder(db: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    db.rename(tmp_path / "data" / "history.db")
    assert "2026-01-05" in good("history", "list", env={"FORMCHECK_DATA": str(tmp_path / "data")})


def test_a_damaged_history_is_told_of(db: Path) -> None:
    db.write_bytes(b"x" * 5000)
    done = run("history", "list", "--db", db)
    assert done.exit_code == 0
    assert "was damaged" in done.stderr


# ---- import


def results(folder: Path, name: str = "bridge", video: str = "gone.mp4", **changed: object) -> Path:
    """Results as 'analyze' leaves them."""
    document = json.loads((GOLDENS / f"{name}.report.json").read_text(encoding="utf-8"))
    document["source"] = {"path": video, "duration_s": 60.0, "fps": 30.0, "width": 640, "height": 360, "frames": 1800}
    made = folder / "results" / name
    made.mkdir(parents=True, exist_ok=True)
    (made / "report.json").write_text(json.dumps(document | changed), encoding="utf-8")
    return made


def a_video(path: Path, **metadata: str) -> Path:
    with av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as out:
        out.metadata.update(metadata)
        stream = out.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        for _ in range(3):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), "rgb24")))
        out.mux(stream.encode())
    return path


@pytest.mark.parametrize("name", ["bridge", "towel_stretch"])
def test_an_imported_video_reads_as_its_report(tmp_path: Path, name: str) -> None:
    folder = results(tmp_path, name)
    db = tmp_path / "new.db"
    good("history", "import", folder, "--date", "2026-01-31", "--db", db)
    session = json.loads(good("history", "show", "--json", "--db", db))["sessions"][0]
    report = json.loads((folder / "report.json").read_text())
    assert session["started"].startswith("2026-01-31T00:00:00")
    assert (session["source"], session["origin"]) == ("video", "gone.mp4")
    for kind in ("reps", "holds"):
        assert session["sets"][0][kind] == report[kind]


def test_several_exercises_are_several_sets(tmp_path: Path) -> None:
    both = [json.loads((GOLDENS / f"{name}.report.json").read_text()) for name in ("bridge", "towel_stretch")]
    folder = results(tmp_path, segments=both)
    with History.open(tmp_path / "new.db") as history:
        done = import_report(history, folder, EVENING)
        keys = [part.key for part in history.session(done.session).sets]
    assert keys == ["bridge", "towel_stretch"]


def test_the_same_recording_is_taken_once(tmp_path: Path) -> None:
    folder, db = results(tmp_path), tmp_path / "new.db"
    for _ in range(2):
        done = run("history", "import", folder, "--date", "2026-01-31", "--db", db)
        assert done.exit_code == 0
    assert "is there already as session 1" in done.stderr
    assert len(json.loads(good("history", "list", "--json", "--db", db))["sessions"]) == 1


def test_a_video_is_asked_when_it_was_recorded(tmp_path: Path) -> None:
    video = a_video(tmp_path / "a.mov", **{"com.apple.quicktime.creationdate": "2025-06-01T18:00:00+09:00"})
    folder = results(tmp_path, video=str(video))
    with History.open(tmp_path / "new.db") as history:
        assert import_report(history, folder).started == datetime.fromisoformat("2025-06-01T18:00:00+09:00")


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        pytest.param({"creation_time": "2025-06-01T16:00:00.000000Z"}, "2025-06-01T16:00:00+00:00", id="UTC"),
        pytest.param({"creation_time": "1970-01-01T00:00:00Z"}, None, id="a camera without a clock"),
        pytest.param({}, None, id="nothing"),
    ],
)
def test_when_a_video_was_recorded(tmp_path: Path, metadata: dict[str, str], expected: str | None) -> None:
    found = recorded(a_video(tmp_path / "a.mp4", **metadata))
    assert found == (datetime.fromisoformat(expected) if expected else None)


def test_a_picture_or_nothing_has_no_date(tmp_path: Path) -> None:
    (tmp_path / "x.mp4").write_text("no video")
    assert recorded(tmp_path / "x.mp4") is None
    assert recorded(tmp_path / "none.mp4") is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("{", "damaged", id="no JSON"),
        pytest.param("[]", "no report", id="a list"),
        pytest.param('{"schema": "other/1"}', "no report", id="of another program"),
        pytest.param('{"schema": "formcheck.report/1"}', "not as formcheck writes it", id="half"),
        pytest.param(None, "no such", id="not there"),
    ],
)
def test_what_is_no_report_is_told_and_nothing_is_taken(tmp_path: Path, content: str | None, said: str) -> None:
    folder = results(tmp_path)
    (folder / "report.json").unlink()
    if content is not None:
        (folder / "report.json").write_text(content)
    with History.open(tmp_path / "new.db") as history:
        with pytest.raises(ReportError, match=said if content else "there is no"):
            import_report(history, folder, EVENING)
        assert history.sessions() == []


def test_one_that_cannot_be_taken_does_not_stop_the_others(tmp_path: Path) -> None:
    db = tmp_path / "new.db"
    done = run("history", "import", tmp_path / "none", results(tmp_path), "--date", "2026-01-31", "--db", db)
    assert done.exit_code == 1
    assert "there is no" in done.stderr
    assert "session 1" in done.stderr


def test_a_video_that_says_no_date_needs_one(tmp_path: Path) -> None:
    assert "--date" in complaint("history", "import", results(tmp_path), "--db", tmp_path / "new.db")


def test_nothing_done_is_not_taken(tmp_path: Path) -> None:
    folder = results(tmp_path, reps=[])
    assert "nothing to take" in complaint(
        "history", "import", folder, "--date", "2026-01-31", "--db", tmp_path / "n.db"
    )


# ---- plan


def test_a_new_plan_checks_and_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    good("plan", "new", path)
    text = good("plan", "check", path)
    assert "4. Towel stretch: hold 20-30 s, twice each leg, left then right" in text
    assert text == good("plan", "check", "low-back")
    assert "exists already" in complaint("plan", "new", path)


def test_check_says_the_line_and_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text('[[step]]\nexercise = "brigde"\n')
    assert "line 2: there is no exercise called 'brigde'. Do you mean 'bridge'?" in complaint("plan", "check", path)


def test_check_shows_targets_and_notes(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text('[[step]]\nexercise = "bridge"\ntargets = { hips_low = 150 }\nnotes = "Gently."\n')
    text = good("plan", "check", path)
    assert "hips_low: under 150, usually under 168" in text
    assert "Gently." in text


def test_a_plan_can_be_made_from_another(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text('[[step]]\nexercise = "bridge"\nreps = 5\n')
    good("plan", "new", tmp_path / "next.toml", "--from", path)
    assert "5-5 repetitions" in good("plan", "check", tmp_path / "next.toml")


def test_a_terminal_without_the_degree_sign_is_written_to(db: Path) -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "formcheck", "history", "trends", "--db", str(db)],
        cwd=ROOT, capture_output=True, check=False, timeout=100, env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"_@" in done.stdout
