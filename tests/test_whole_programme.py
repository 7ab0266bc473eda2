import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from formcheck.core.events import PainTold, ProgrammeEnded, SetBegan, SetEnded
from formcheck.io.history import History
from formcheck.session.coaching import Question
from tests.whole_programme import PLAN, healthy, play, programme

ROOT = Path(__file__).parent.parent


def events(moments, kind):
    return [event for moment in moments for event in moment.events if isinstance(event, kind)]


def test_every_exercise_in_order_counted_right_and_kept(tmp_path: Path) -> None:
    session = programme()
    moments = play(session, history=tmp_path / "h.db")

    order = [step.exercise.key for step in PLAN.steps]
    assert [event.exercise for event in events(moments, SetBegan)] == order
    counts = {step.exercise.key: len(result.done) for step, result in session.outcome.sets}
    assert counts == {"bridge": 8, "pelvic_tilt": 5, "knee_to_chest": 3, "towel_stretch": 2}
    assert session.outcome.reason == "done"
    assert [(pain.asked, pain.exercise) for pain in session.outcome.pains] == [
        ("before", None), *(("after", key) for key in order), ("end", None),
    ]  # fmt: skip
    with History.open(tmp_path / "h.db") as history:
        (kept,) = history.sessions()
    assert {each.key: len(each.done) for each in kept.sets} == counts
    assert (kept.plan, kept.reason) == (PLAN.key, "done")
    assert [pain.score for pain in kept.pain] == [2] * 6


def test_what_is_said_at_the_end_sums_up_every_exercise_and_the_pain() -> None:
    moments = play(programme())
    said = [say for moment in moments if moment.coaching for say in moment.coaching.says]
    last = [say.key for say in said][-6:]

    assert last == [
        "programme.sum_reps", "programme.sum_reps", "programme.sum_holds", "programme.sum_holds",
        "programme.sum_pain", "programme.bye.done",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("after", "reason", "sets"),
    [
        pytest.param({1: 4}, "pain_rise", 1, id="rises_by_two_after_the_first"),
        pytest.param({2: 9}, "pain_rise", 2, id="rises_later"),
        pytest.param({1: 3, 2: 3}, "done", 4, id="silent:_rises_by_one"),
    ],
)
def test_stops_when_pain_rises(after: dict[int, int], reason: str, sets: int, tmp_path: Path) -> None:
    def answer(question: Question, n: int) -> str | int:
        if question.key == "programme.pain.after":
            return after.get(n, 2)
        return healthy(question, n)

    session = programme()
    moments = play(session, answer, tmp_path / "h.db")

    assert session.outcome.reason == reason
    assert len(events(moments, SetEnded)) == sets
    with History.open(tmp_path / "h.db") as history:
        assert history.sessions()[0].reason == reason


def test_goes_on_after_a_break_with_the_next_exercise(tmp_path: Path) -> None:
    session = programme(first=2, before=3)
    moments = play(session)

    assert [event.number for event in events(moments, SetBegan)] == [3, 4]
    assert not [pain for pain in events(moments, PainTold) if pain.asked == "before"]
    assert events(moments, ProgrammeEnded)[-1].reason == "done"


def test_killed_at_ten_random_instants_it_loses_at_most_the_movement_under_way(tmp_path: Path) -> None:
    chance = random.Random(7)
    for run in range(10):
        path, told = tmp_path / f"{run}.db", 0
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "tests.whole_programme", str(path)]
        with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            wanted = chance.randint(1, 16)
            for _ in process.stdout:
                told += 1
                if told == wanted:
                    break
            process.send_signal(signal.SIGKILL)
            told += len(process.stdout.readlines())

        with History.open(path) as history:
            assert history.notice == ""  # nothing was set aside: it opens clean
            (kept,) = history.sessions()
        done = sum(len(each.done) for each in kept.sets)
        assert told <= done <= told + 1
        assert kept.reason is None
