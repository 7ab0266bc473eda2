"""The history: written as it happens, and nothing of it is ever lost, doubled or overwritten."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta, timezone
from math import isnan, nan
from pathlib import Path
from threading import Thread

import pytest

from formcheck import __version__
from formcheck.core.events import Fault, Hold, Rep
from formcheck.errors import HistoryError
from formcheck.exercises import find
from formcheck.io import plan as plans
from formcheck.io.history import History, default_path
from formcheck.io.history.schema import APPLICATION_ID, CURRENT, VERSIONS, migrate, version_of
from formcheck.io.history.trends import of_exercise
from formcheck.session.plan import LOW_BACK
from tests.conftest import ROOT

BRIDGE, TOWEL = find("bridge"), find("towel-stretch")
EVENING = datetime(2026, 1, 5, 18, 30, tzinfo=timezone(timedelta(hours=1)))


def rep(number: int = 1, angle: float = 180.0, *faults: str) -> Rep:
    told = tuple(Fault(key, 1.5, BRIDGE.rule(key).say) for key in faults)
    return Rep(number, 1.0, 1.5, 2.0, 2.5, 3.0, 120.0, {"hip_angle_deg": angle, "knee_angle_deg": 80.0}, told)


def hold(number: int = 1, elevation: float = 60.0, side: str = "left", *faults: str) -> Hold:
    told = tuple(Fault(key, 1.5, TOWEL.rule(key).say) for key in faults)
    return Hold(number, side, 5.0, 30.0, 24.0, {"leg_elevation_deg": elevation}, told)  # type: ignore[arg-type]


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with History.open(tmp_path / "history.db") as opened:
        yield opened


def a_session(history: History, *reps: Rep, started: datetime = EVENING) -> int:
    session = history.begin_session(started)
    set_ = history.begin_set(session, BRIDGE)
    for each in reps or (rep(),):
        history.add_rep(set_, each)
    history.end_set(set_)
    history.end_session(session, "done")
    return session


# ---- what goes in comes out


def test_a_session_reads_back_as_it_was(history: History) -> None:
    session = history.begin_session(EVENING, LOW_BACK)
    history.add_pain(session, "before", 3)
    bridge = history.begin_set(session, BRIDGE, BRIDGE.dose)
    reps = (rep(1), rep(2, 150.0, "hips_low", "too_fast"))
    for each in reps:
        history.add_rep(bridge, each)
    history.end_set(bridge)
    history.add_pain(session, "after", 4, BRIDGE)
    towel = history.begin_set(session, TOWEL, TOWEL.dose)
    history.add_hold(towel, hold(1, 60.0, "right", "knee_bent"))
    history.end_set(towel)
    history.add_pain(session, "end", 2)
    history.end_session(session, "done")

    found = history.session(session)
    assert (found.started, found.started.utcoffset()) == (EVENING, timedelta(hours=1))
    assert (found.software, found.source, found.reason, found.plan) == (__version__, "live", "done", "low-back")
    assert found.plan_text == plans.text(LOW_BACK)
    assert [(part.exercise, part.dose) for part in found.sets] == [(BRIDGE, BRIDGE.dose), (TOWEL, TOWEL.dose)]
    assert found.sets[0].reps == reps
    assert found.sets[1].holds == (hold(1, 60.0, "right", "knee_bent"),)
    assert [(pain.asked, pain.score, pain.exercise) for pain in found.pain] == [
        ("before", 3, None), ("after", 4, "bridge"), ("end", 2, None),
    ]  # fmt: skip
    assert (found.told("before"), found.told("end")) == (3, 2)
    assert history.sessions() == [found]


def test_what_the_camera_could_not_tell_is_not_made_up(history: History) -> None:
    session = a_session(history, rep(1, nan))
    assert history.session(session).sets[0].reps[0].measures == {"knee_angle_deg": 80.0}


def test_an_exercise_may_be_recognised_later(history: History) -> None:
    session = history.begin_session()
    set_ = history.begin_set(session, None)
    assert history.session(session).sets[0].exercise is None
    history.name_set(set_, TOWEL)
    assert history.session(session).sets[0].exercise == TOWEL


def test_an_exercise_that_is_no_longer_known_is_still_listed(history: History, tmp_path: Path) -> None:
    session = a_session(history, rep(1, 150.0, "hips_low"))
    with closing(sqlite3.connect(history.path)) as db, db:
        db.execute("UPDATE sets SET exercise = 'squat'")
    part = history.session(session).sets[0]
    assert (part.key, part.exercise) == ("squat", None)
    assert part.reps[0].faults[0].say == "hips low"


def test_sessions_are_in_order_of_time_wherever_the_person_was(history: History) -> None:
    late = a_session(history, started=EVENING)
    early = a_session(history, started=datetime(2026, 1, 5, 19, 0, tzinfo=timezone(timedelta(hours=9))))
    assert [session.id for session in history.sessions()] == [early, late]


def test_a_time_without_zone_is_refused(history: History) -> None:
    with pytest.raises(ValueError, match="time zone"):
        history.begin_session(datetime(2026, 1, 5))  # noqa: DTZ001  # that is the point


def test_pain_beyond_ten_is_refused(history: History) -> None:
    session = history.begin_session()
    with pytest.raises(ValueError, match="0 to 10"):
        history.add_pain(session, "before", 11)
    assert history.session(session).pain == ()


def test_deleting_takes_all_that_belongs_to_a_session_and_no_other(history: History) -> None:
    first, second = a_session(history, rep(1, 150.0, "hips_low")), a_session(history)
    history.add_pain(first, "before", 7)
    kept = history.session(second)
    history.delete(first)
    assert history.sessions() == [kept]
    with closing(sqlite3.connect(history.path)) as db:
        counts = [
            db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("sets", "reps", "faults", "pain")
        ]
    assert counts == [1, 1, 0, 0]
    with pytest.raises(HistoryError, match="no session"):
        history.delete(first)
    with pytest.raises(HistoryError, match="no session"):
        history.session(first)


def test_what_is_deleted_is_gone_from_the_file(history: History) -> None:
    session = history.begin_session(origin="a telling name")
    history.delete(session)
    assert all(b"a telling name" not in file.read_bytes() for file in history.path.parent.iterdir())


def test_a_trend_is_judged_session_by_session(history: History) -> None:
    for day, low, high in ((1, 40, 48), (8, 52, 60)):
        session = history.begin_session(EVENING + timedelta(days=day))
        set_ = history.begin_set(session, TOWEL)
        for number, (elevation, side) in enumerate([(low, "left"), (high, "right")], 1):
            history.add_hold(set_, hold(number, elevation, side))
        history.add_hold(set_, hold(3, 95, "left", "knee_bent"))
    found, other = of_exercise(history.sessions(), TOWEL)
    assert (found.side, other.side, other.change) == ("left", "right", 12)
    assert [(point.value, point.n) for point in found.points] == [(40, 1), (52, 1)]
    assert (found.verdict, found.change) == ("improving", 12)
    assert [each.points for each in of_exercise(history.sessions(), BRIDGE)] == [()]


# ---- where it is


def test_it_lies_in_the_users_data_folder_or_where_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "deep" / "data"))
    with History.open() as history:
        a_session(history)
    assert default_path() == tmp_path / "deep" / "data" / "history.db"
    assert default_path().is_file()
    monkeypatch.delenv("FORMCHECK_DATA")
    assert default_path().name == "history.db"
    assert default_path().parent.name == "formcheck"


@pytest.mark.skipif(os.name != "posix", reason="other systems have other rights")
def test_only_its_owner_may_read_it(history: History) -> None:
    a_session(history)
    for file in history.path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_asked_not_to_it_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="no history at"):
        History.open(tmp_path / "history.db", create=False)
    assert list(tmp_path.iterdir()) == []


# ---- versions


def at_version(path: Path, version: int) -> None:
    """A history as an earlier formcheck left it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrate(db, version)
        db.execute(
            "INSERT INTO sessions (id, started, software, source) VALUES (7, '2025-12-01T10:00:00Z', '0.0.1', 'live')"
        )
        db.execute("INSERT INTO sets (id, session, exercise, started) VALUES (1, 7, 'bridge', '2025-12-01T10:00:00Z')")
        db.execute(
            "INSERT INTO reps (id, set_id, number, start_s, peak_s, end_s, measures)"
            " VALUES (1, 1, 1, 1.0, 2.0, 3.0, '{\"hip_angle_deg\": 150.0}')"
        )
        db.execute("INSERT INTO faults (rep, key, t_s) VALUES (1, 'hips_low', 2.0)")
        db.execute(
            "INSERT INTO sets (id, session, exercise, started) VALUES (2, 7, 'towel_stretch', '2025-12-01T10:05:00Z')"
        )
        db.execute(
            "INSERT INTO holds (set_id, number, side, start_s, end_s, held_s, measures)"
            " VALUES (2, 1, 'right', 1.0, 26.0, 25.0, '{\"leg_elevation_deg\": 61.0}')"
        )
        db.execute("INSERT INTO pain (session, asked, score, at) VALUES (7, 'before', 3, '2025-12-01T10:00:00Z')")


@pytest.mark.parametrize("version", range(1, CURRENT + 1))
def test_a_history_of_every_earlier_version_is_taken_over(tmp_path: Path, version: int) -> None:
    path = tmp_path / "history.db"
    at_version(path, version)
    with History.open(path) as history:
        assert history.notice == ""
        found = history.session(7)
        assert [fault.key for fault in found.sets[0].reps[0].faults] == ["hips_low"]
        assert found.sets[0].reps[0].measures == {"hip_angle_deg": 150.0}
        assert isnan(found.sets[0].reps[0].rest)
        assert (found.sets[1].holds[0].side, found.sets[1].holds[0].held) == ("right", 25.0)
        assert found.told("before") == 3
        assert found.started.isoformat() == "2025-12-01T10:00:00+00:00"
        new = a_session(history, rep(1), rep(2))
        assert history.session(new).sets[0].reps == (rep(1), rep(2))
    with closing(sqlite3.connect(path)) as db:
        assert version_of(db) == CURRENT
        assert db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("version", range(1, CURRENT))
def test_a_taken_over_history_has_the_tables_of_a_new_one(tmp_path: Path, version: int) -> None:
    def tables(path: Path) -> list[tuple[str, ...]]:
        with closing(sqlite3.connect(path)) as db:
            return db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()

    at_version(tmp_path / "old.db", version)
    for name in ("old.db", "new.db"):
        History.open(tmp_path / name).close()
    assert tables(tmp_path / "old.db") == tables(tmp_path / "new.db")


def test_old_sessions_get_names_of_their_own(tmp_path: Path) -> None:
    import uuid

    path = tmp_path / "history.db"
    at_version(path, 1)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO sessions (started, software, source) VALUES ('2025-12-02T10:00:00Z', '0.0.1', 'live')")
    with History.open(path) as history:
        names = [session.uid for session in history.sessions()]
    assert len(set(names)) == 2
    assert {uuid.UUID(name).version for name in names} == {4}
    assert [str(uuid.UUID(name)) for name in names] == names


def test_a_step_that_fails_leaves_the_version_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "history.db"
    at_version(path, 1)
    broken = (VERSIONS[0], (*VERSIONS[1], "CREATE TABLE sets (again)"), *VERSIONS[2:])
    with monkeypatch.context() as patched:
        patched.setattr("formcheck.io.history.schema.VERSIONS", broken)
        with pytest.raises(HistoryError):
            History.open(path)
    with closing(sqlite3.connect(path)) as db:
        assert version_of(db) == 1
    with History.open(path) as history:
        assert len(history.sessions()) == 1


def test_a_history_of_a_newer_formcheck_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with History.open(path) as history:
        a_session(history)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {CURRENT + 1}")
    before = path.read_bytes()
    with pytest.raises(HistoryError, match="newer formcheck"):
        History.open(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "mail.db"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE letters (text)")
    before = path.read_bytes()
    with pytest.raises(HistoryError, match="another program"):
        History.open(path)
    assert path.read_bytes() == before


# ---- damage


def _torn(content: bytes) -> bytes:
    return content[: len(content) // 2 + 100]


def _scratched(content: bytes) -> bytes:
    return content[:4096] + b"\xa5" * 4096 + content[8192:]


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(_torn, id="cut off"),
        pytest.param(_scratched, id="a page overwritten"),
        pytest.param(lambda content: b"\0" * len(content), id="all zeros"),
        pytest.param(lambda content: b"no database at all", id="something else"),
    ],
)
def test_a_damaged_history_is_set_aside_and_said(tmp_path: Path, harm: object) -> None:
    path = tmp_path / "history.db"
    with History.open(path) as history:
        for _ in range(20):
            a_session(history, rep(1), rep(2))
    harmed = harm(path.read_bytes())  # type: ignore[operator]
    path.write_bytes(harmed)
    with History.open(path) as history:
        assert "was damaged" in history.notice
        assert history.sessions() == []
        a_session(history)
    aside = [
        file for file in tmp_path.iterdir() if ".damaged-" in file.name and not file.name.endswith(("-wal", "-shm"))
    ]
    assert len(aside) == 1
    assert str(aside[0]) in history.notice
    assert aside[0].read_bytes() == harmed
    with History.open(path) as history:
        assert (history.notice, len(history.sessions())) == ("", 1)


def test_two_damaged_in_one_second_are_both_kept(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    for content in (b"first", b"second"):
        for beside in ("", "-wal", "-shm"):
            path.with_name(path.name + beside).unlink(missing_ok=True)
        path.write_bytes(content * 300)
        History.open(path).close()
    kept = {file.read_bytes()[:5] for file in tmp_path.glob("*.damaged-*")}
    assert {b"first", b"secon"} <= kept


def test_a_file_that_never_was_a_history_is_left_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "holiday.jpg"
    path.write_bytes(b"\xff\xd8 a picture" * 500)
    with pytest.raises(HistoryError, match="no history"):
        History.open(path)
    assert [file.name for file in tmp_path.iterdir()] == ["holiday.jpg"]


# ---- places that cannot be written


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(HistoryError, match="FORMCHECK_DATA"):
        History.open(tmp_path / "file" / "data" / "history.db")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_said(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o500)
    with pytest.raises(HistoryError, match="FORMCHECK_DATA"):
        History.open(home / "history.db")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a place where even root may not write")
def test_a_place_where_nobody_may_write_is_said() -> None:
    with pytest.raises(HistoryError, match="FORMCHECK_DATA"):
        History.open(Path("/proc/formcheck/history.db"))


def test_a_history_that_turns_read_only_is_said(history: History) -> None:
    history._db.execute("PRAGMA query_only = ON")
    with pytest.raises(HistoryError, match="may not be written"):
        a_session(history)


def test_a_full_disk_is_said_and_loses_nothing_of_before(history: History) -> None:
    set_ = history.begin_set(history.begin_session(), BRIDGE)
    history.add_rep(set_, rep(1))
    pages = history._db.execute("PRAGMA page_count").fetchone()[0]
    history._db.execute(f"PRAGMA max_page_count = {pages + 1}")

    def fill() -> None:
        for number in range(2, 2000):
            history.add_rep(set_, rep(number))

    with pytest.raises(HistoryError, match="disk is full"):
        fill()
    written = len(history.sessions()[0].sets[0].reps)
    history._db.execute("PRAGMA max_page_count = 100000")
    history.add_rep(set_, rep(written + 1))  # there is room again
    assert [each.number for each in history.sessions()[0].sets[0].reps] == list(range(1, written + 2))


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on the size of files")
def test_when_the_system_refuses_to_write_it_is_said_and_what_was_written_stays(tmp_path: Path) -> None:
    code = """
import resource, sys
from pathlib import Path
from formcheck.errors import HistoryError
from formcheck.io.history import History
from tests.test_history import BRIDGE, rep
history = History.open(Path(sys.argv[1]))
set_ = history.begin_set(history.begin_session(), BRIDGE)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
done = 0
try:
    while True:
        history.add_rep(set_, rep(done + 1))
        done += 1
except HistoryError as error:
    print(done)
    print(error)
"""
    path = tmp_path / "history.db"
    run = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=100
    )
    assert run.returncode == 0, run.stderr
    done, said = run.stdout.splitlines()
    assert "Free some space" in said
    with History.open(path) as history:
        assert (history.notice, len(history.sessions()[0].sets[0].reps)) == ("", int(done))


# ---- several at once, and killed


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the writers are forked")
def test_killed_at_ten_instants_it_loses_at_most_the_current_rep(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.kill_writers", str(tmp_path), "10"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    told = [int(line) for line in run.stdout.split()]
    assert len(told) == 10
    for n, at_least in enumerate(told):
        with History.open(tmp_path / f"{n}.db") as history:
            assert history.notice == ""
            (session,) = history.sessions()
            assert session.ended is None
            numbers = [each.number for each in session.sets[0].reps]
            assert numbers == list(range(1, len(numbers) + 1))
            assert at_least <= len(numbers) <= at_least + 1
            assert all(len(each.faults) == 1 for each in session.sets[0].reps)


def test_two_programs_write_at_once(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from formcheck.io.history import History
from tests.test_history import BRIDGE, rep
with History.open(Path(sys.argv[1])) as history:
    set_ = history.begin_set(history.begin_session(), BRIDGE)
    for number in range(1, 101):
        history.add_rep(set_, rep(number, 150.0, "hips_low"))
"""
    path = tmp_path / "history.db"  # both make it, and its tables
    runs = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for run in runs:
        _, said = run.communicate(timeout=100)
        assert run.returncode == 0, said
    with History.open(path) as history:
        sessions = history.sessions()
    assert [[each.number for each in session.sets[0].reps] for session in sessions] == [list(range(1, 101))] * 2


def test_a_program_that_keeps_it_to_itself_is_waited_for_and_then_named(
    history: History,
) -> None:
    history._db.execute("PRAGMA busy_timeout = 50")
    session = history.begin_session()
    with closing(sqlite3.connect(history.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HistoryError, match="another program"):
            history.add_pain(session, "before", 1)
        assert len(history.sessions()) == 1  # reading goes on
        other.execute("COMMIT")
    history.add_pain(session, "before", 1)
    assert history.session(session).told("before") == 1


def test_threads_of_one_program_may_share_it(history: History) -> None:
    threads = [Thread(target=a_session, args=(history, *(rep(i) for i in range(1, 21)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(session.sets[0].reps) for session in history.sessions()] == [20] * 4


def test_several_things_are_written_as_one_or_not_at_all(history: History) -> None:
    def half() -> None:
        with history.writing():
            a_session(history)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert history.sessions() == []


# ---- backup


def test_a_backup_is_one_whole_file_made_while_writing(history: History, tmp_path: Path) -> None:
    session = a_session(history, rep(1), rep(2))
    copy = tmp_path / "copies" / "copy.db"
    copy.parent.mkdir()
    history.backup(copy)
    assert [file.name for file in copy.parent.iterdir()] == ["copy.db"]
    before = history.session(session)
    history.delete(session)
    with History.open(copy) as copied:
        assert copied.sessions() == [before]


def test_a_backup_overwrites_nothing(history: History, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("x")
    with pytest.raises(HistoryError, match="exists already"):
        history.backup(precious)
    with pytest.raises(HistoryError, match="cannot be used"):
        history.backup(tmp_path / "no such folder" / "copy.db")
    assert precious.read_text() == "x"


def test_plain_sqlite_can_read_it(history: History) -> None:
    a_session(history)
    copy = history.path.with_name("moved.db")
    history.backup(copy)
    shutil.move(copy, history.path.with_name("again.db"))
    with closing(sqlite3.connect(history.path.with_name("again.db"))) as db:
        (measures,) = db.execute("SELECT measures FROM reps").fetchone()
    assert json.loads(measures) == {"hip_angle_deg": 180.0, "knee_angle_deg": 80.0}
