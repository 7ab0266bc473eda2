"""The report page of a session from the history: what it has, and what it says it has not."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from formcheck.core.events import Fault, Rep
from formcheck.exercises import all_exercises, find
from formcheck.exercises.vocabulary import Dose
from formcheck.io.history import History
from formcheck.io.history.report import render
from formcheck.session.plan import LOW_BACK
from tests.pages import Page, self_contained
from tests.test_history import BRIDGE, EVENING, TOWEL, hold, rep
from tests.test_history_cli import complaint, run
from tests.test_report_html import of


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with History.open(tmp_path / "mine.db") as history:
        yield history


def evening(history: History, day: int, *peaks: float, elevation: float = 60.0, pain: tuple[int, int] = (4, 3)) -> int:
    """A programme with two sets of the bridge and one of the towel stretch."""
    then = EVENING + timedelta(days=day)
    session = history.begin_session(then, LOW_BACK)
    history.add_pain(session, "before", pain[0], at=then)
    for n, number in enumerate((1, 2)):
        bridge = history.begin_set(session, BRIDGE, Dose(reps=(6, 8)), then + timedelta(minutes=n))
        for peak in peaks:
            history.add_rep(bridge, rep(number, peak, *(("hips_low",) if peak < 160 else ())))
    history.add_pain(session, "after", 3, find("knee_to_chest"), then)
    towel = history.begin_set(session, TOWEL, None, then + timedelta(minutes=5))
    for side, number in (("left", 1), ("right", 2)):
        history.add_hold(towel, hold(number, elevation, side))
    history.add_pain(session, "end", pain[1], at=then)
    history.end_session(session, "done")
    return session


def page(history: History, session: int) -> Page:
    text = render(history.session(session), history.sessions())
    self_contained(text)
    found = Page(text)
    found.named()
    assert "nan" not in re.findall(r"[a-z]+", found.text.lower())
    return found


def test_a_session_has_its_counts_measures_faults_tempo_and_pain(history: History) -> None:
    found = page(history, evening(history, 0, 150.0, 170.0))
    assert "Session 1, 2026-01-05 18:30, plan low-back" in found.text
    assert "Bridge, then towel stretch" in found.text  # two sets of one exercise are told once
    assert [tag for tag, _ in found.tags].count("section") == 3
    assert "2 repetitions of the bridge, 1 of them clean. To correct: lift a little higher (1 of 2)." in found.text
    assert "The aim: 6–8 repetitions." in found.text  # what was asked for then
    assert "Tempo and range" in found.text
    assert "Pain: 4 before, 3 after the lower-back stretch, 3 at the end (of 10)." in found.text
    assert "It ended: done." in found.text


def test_what_the_history_has_not_is_left_out_and_said(history: History) -> None:
    found = page(history, evening(history, 0, 150.0, 170.0))
    assert "this page is without them" in found.text
    for part in ("over time", "pixels", "How alike", "The best", "Against earlier sessions", "Pain against"):
        assert part not in found.text
    assert "img" not in {tag for tag, _ in found.tags}


def test_trends_have_the_error_and_end_with_this_session(history: History) -> None:
    evening(history, 0, 165.0, pain=(6, 5))
    this = evening(history, 7, 178.0, elevation=66.0)
    evening(history, 14, 120.0, elevation=20.0)
    found = page(history, this)
    assert found.text.count("Against earlier sessions") == 2  # with the first set of the bridge, not with the second
    assert "From 165° at first (2026-01-05) to 178° lately (2026-01-12): better by 13°, no less than" in found.text
    assert (
        "Leg elevation, left leg. From 60° at first (2026-01-05) to 66° lately (2026-01-12): less than the"
        in found.text
    )
    assert "Leg elevation, right leg." in found.text
    assert "Pain before the exercises. From 6 at first (2026-01-05) to 4 lately (2026-01-12): better" in found.text
    assert "2026-01-19" not in found.text


def test_a_single_set_needs_no_sections(history: History) -> None:
    session = history.begin_session(EVENING)
    history.add_rep(history.begin_set(session, BRIDGE), rep(1, 175.0))
    found = page(history, session)
    assert "section" not in {tag for tag, _ in found.tags}
    assert "1 repetition of the bridge, and it was clean." in found.text
    assert "It was cut off, so a part may be missing." in found.text


def test_nothing_counted_is_said(history: History) -> None:
    assert "Nothing was counted in this session." in page(history, history.begin_session(EVENING)).text


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda exercise: exercise.key)
def test_every_exercise_has_a_page(history: History, exercise: object) -> None:
    session = history.begin_session(EVENING)
    set_ = history.begin_set(session, exercise)  # type: ignore[arg-type]
    for each in of(exercise).done:  # type: ignore[arg-type]
        history.add(set_, each)
    assert exercise.title in page(history, session).text  # type: ignore[attr-defined]


def test_what_another_version_wrote_is_told_as_far_as_it_is_known(history: History) -> None:
    session = history.begin_session(EVENING, source="video", origin="/home/me/<b>.mp4")
    set_ = history.begin_set(session, BRIDGE)
    strange = Rep(1, 0, 1, 1, 2, 3, 130, {"unheard_of_deg": 1.0}, (Fault("of_old", 1, ""),))
    history.add_rep(set_, strange)
    history.add_rep(set_, rep(2, 150.0, "hips_low"))
    with history.writing():
        history._db.execute(
            "INSERT INTO sets (session, exercise, started) VALUES (?, 'squat', '2026-01-05T17:40:00Z')", (session,)
        )
        (squat,) = history._db.execute("SELECT max(id) FROM sets").fetchone()
    history.add_rep(squat, rep(1, 90.0))
    found = page(history, session)
    assert "▲ of old" in found.text
    assert "A set is left out (1 counted): this formcheck does not know its exercise, squat." in found.text
    assert "in the video <b>.mp4, and kept" in found.text
    assert "/home/me" not in found.text


def test_the_command_writes_the_latest_into_a_folder_of_its_own(history: History, tmp_path: Path) -> None:
    evening(history, 0, 165.0)
    evening(history, 7, 175.0)
    out = tmp_path / "out"
    done = run("history", "report", "--db", history.path, "--out", out, env={"COLUMNS": "300"})
    assert (done.exit_code, done.stdout) == (0, "")
    assert str(out / "session-2-2026-01-12" / "report.html") in done.stderr
    assert [path.name for path in out.rglob("*.*")] == ["report.html"]
    run("history", "report", "1", "--db", history.path, "--out", out)
    assert sorted(path.name for path in out.iterdir()) == ["session-1-2026-01-05", "session-2-2026-01-12"]


def test_a_session_that_is_not_there_is_told_and_nothing_is_written(history: History, tmp_path: Path) -> None:
    assert "there is no session 7" in complaint("history", "report", 7, "--db", history.path, "--out", tmp_path / "out")
    assert "there are no sessions" in complaint("history", "report", "--db", history.path, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()
