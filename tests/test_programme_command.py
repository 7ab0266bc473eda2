"""``formcheck programme``: where it goes on after a break, and what is typed where there is no window."""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formcheck.core.pose import Sight
from formcheck.errors import HistoryError
from formcheck.exercises import find
from formcheck.io.history import History
from formcheck.io.texts import Texts
from formcheck.session.coaching import Coaching, Question
from formcheck.session.moment import Moment
from formcheck.session.plan import Plan, default_step
from formcheck.session.programme.safety import safety_question
from formcheck.session.programme.words import numb_question, pain_question
from formcheck.ui.live import programme as command
from formcheck.ui.live.broken_off import steps_done
from formcheck.ui.live.typed import Typed
from tests import videos
from tests.conftest import ROOT

BRIDGE, TILT = find("bridge"), find("pelvic_tilt")
TWICE = Plan("twice", "Twice", tuple(map(default_step, (BRIDGE, TILT, BRIDGE))))


def kept(folder: Path, *done: str, reason: str | None = None, before: int | None = 2) -> History:
    """A history of one session: pain before, and after each exercise."""
    history = History.open(folder / "h.db")
    session = history.begin_session(plan=TWICE)
    if before is not None:
        history.add_pain(session, "before", before, None)
    for key in done:
        history.add_pain(session, "after", 2, find(key))
    if reason is not None:
        history.end_session(session, reason)
    return history


@pytest.mark.parametrize(
    ("done", "behind"),
    [
        pytest.param([], 0, id="none"),
        pytest.param(["bridge"], 1, id="the first, which comes again later"),
        pytest.param(["bridge", "pelvic_tilt"], 2, id="two"),
        pytest.param(["pelvic_tilt"], 2, id="the first was skipped"),
        pytest.param(["bridge", "bridge"], 3, id="the second was skipped"),
    ],
)
def test_it_goes_on_with_the_exercise_that_comes_next(tmp_path: Path, done: list[str], behind: int) -> None:
    session = kept(tmp_path, *done).sessions()[0]
    assert steps_done(TWICE, session) == behind


@pytest.mark.parametrize("reason", [None, "ended", "stopped"])
def test_a_session_that_was_broken_off_is_found(tmp_path: Path, reason: str | None) -> None:
    found = command._interrupted(kept(tmp_path, "bridge", reason=reason), TWICE)
    assert (found.told("before"), found.reason) == (2, reason)


@pytest.mark.parametrize(
    "how",
    [
        pytest.param({"reason": "pain_rise"}, id="pain stopped it"),
        pytest.param({"reason": "numb"}, id="numbness stopped it"),
        pytest.param({"reason": "red_flag", "before": None}, id="a red flag"),
        pytest.param({"before": None}, id="no pain told before"),
    ],
)
def test_one_that_must_not_go_on_does_not(tmp_path: Path, how: dict[str, object]) -> None:
    with pytest.raises(HistoryError, match="Leave out --resume"):
        command._interrupted(kept(tmp_path, "bridge", **how), TWICE)  # type: ignore[arg-type]


def test_after_hours_it_is_another_session(tmp_path: Path) -> None:
    history = kept(tmp_path, "bridge")
    history.end_session(history.sessions()[0].id, "ended", datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(HistoryError, match="3 hours"):
        command._interrupted(history, TWICE)


class Desk:
    """Notes what it is ordered."""

    def __init__(self) -> None:
        self.done: list[object] = []

    def order(self, order: str) -> None:
        self.done.append(order)

    def answer(self, question: Question, value: str | int) -> None:
        self.done.append((question.key.rpartition(".")[2], value))


PAIN, NUMB, SAFETY = pain_question("after"), numb_question(), safety_question()


@pytest.mark.parametrize(
    ("question", "line", "done"),
    [
        pytest.param(None, "x", ["hurts"], id="x stops"),
        pytest.param(PAIN, "x", [("after", 10)], id="but is ten where pain is asked for"),
        pytest.param(PAIN, "10", [("after", 10)], id="ten in two digits"),
        pytest.param(PAIN, " 7 ", [("after", 7)], id="a number"),
        pytest.param(PAIN, "11", [], id="no number of the scale"),
        pytest.param(PAIN, "t", ["numb"], id="t stops in a question as well"),
        pytest.param(NUMB, "YES", [("numb", "yes")], id="a word"),
        pytest.param(NUMB, "n", ["next"], id="n is no answer"),
        pytest.param(SAFETY, "0", [("ask", "none")], id="none of these"),
        pytest.param(SAFETY, "q", ["quit"], id="q quits in a question as well"),
        pytest.param(None, "3", [], id="an answer to no question"),
        pytest.param(None, "", [], id="an empty line"),
    ],
)
def test_a_typed_line_answers_or_steers(question: Question | None, line: str, done: list[object]) -> None:
    shown: list[str] = []
    typed, desk = Typed(Texts(), shown.append), Desk()
    typed.take(None, Sight(0.0, None), asking(question))
    shown.clear()
    typed.give(line, desk)  # type: ignore[arg-type]
    assert desk.done == done
    assert bool(shown) == (not done and bool(line))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_question_is_shown_once_with_every_key(language: str) -> None:
    shown: list[str] = []
    typed = Typed(Texts(language), shown.append)
    for question in (PAIN, PAIN, None, PAIN):
        typed.take(None, Sight(0.0, None), asking(question))
    assert len(shown) == 2 * (1 + len(PAIN.options))
    assert [line.split()[0] for line in shown[1:12]] == [*"0123456789", "x"]


def asking(question: Question | None) -> Moment:
    coaching = Coaching("question" if question else "rest", question=question)
    return Moment(0.0, BRIDGE, None, {}, None, (), (), None, (), coaching=coaching)


@pytest.mark.video
def test_answers_typed_without_a_window_stop_it_and_are_kept(tmp_path: Path) -> None:
    videos.make(tmp_path / "a.mp4", frames=5)
    words = "programme --camera a.mp4 --lead-in 60 --no-window --json --language zh --voice-file v.wav --db h.db"
    env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    with subprocess.Popen(
        [sys.executable, "-m", "formcheck", *words.split()], cwd=tmp_path, env={**env, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", bufsize=1,
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        assert process.stderr
        texts, seen = Texts("zh"), ""
        for key, answer in (("safety.flag.none", "0"), ("programme.pain.before", "8")):
            while texts.of(key) not in seen:
                line = process.stderr.readline()
                assert line, seen
                seen += line
            process.stdin.write(f"{answer}\n")
            process.stdin.flush()
        with History.open(tmp_path / "h.db") as history:  # which it goes on writing
            while not history.sessions() or history.sessions()[0].told("before") is None:
                assert process.poll() is None
                time.sleep(0.05)
        process.stdin.write("q\n")
        process.stdin.flush()
        out, seen = process.stdout.read(), seen + process.stderr.read()
        process.wait(60)
    assert process.returncode == 0, seen
    assert "Traceback" not in seen
    assert json.loads(out)["exercise"] is None
    with History.open(tmp_path / "h.db") as history:
        (session,) = history.sessions()
    assert (session.told("before"), session.plan, session.sets) == (8, "low-back", ())
    assert session.reason == "pain_above"  # which is why, though its last words were cut short
