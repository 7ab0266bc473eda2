"""A session is written into the history while it goes on, and goes on whatever happens to the history."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.core.events import Rep
from formcheck.core.pose import Sight
from formcheck.errors import HistoryError
from formcheck.exercises import find
from formcheck.exercises.vocabulary import Dose, Exercise
from formcheck.io.history import History, HistorySink
from formcheck.io.trace import TraceReader
from formcheck.session.moment import Moment
from formcheck.session.pipeline import run
from formcheck.session.session import Session
from formcheck.session.summary import Result, Series
from tests.conftest import ROOT

GOLDENS = ROOT / "tests" / "goldens"
BRIDGE, TILT = find("bridge"), find("pelvic_tilt")


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with History.open(tmp_path / "history.db") as opened:
        yield opened


def a_rep(number: int) -> Rep:
    return Rep(number, 10.0 * number, 0, 0, 0, 10.0 * number + 3, 120, {"hip_angle_deg": 178.0})


def moment(done: tuple[Rep, ...], exercise: Exercise = BRIDGE, *, certain: bool = True) -> Moment:
    return Moment(0.0, exercise, None, {}, None, done, (), None, (), certain=certain)


def result(*parts: tuple[Exercise, tuple[Rep, ...]], recognised: bool = False) -> Result:
    made = [Result(exercise, recognised, "left", 1, 1.0, done, (), (), (), Series()) for exercise, done in parts]
    return replace(made[0], segments=tuple(made)) if len(made) > 1 else made[0]


class Kept:
    """A sink on a new session of a history, and what it complained of."""

    def __init__(self, history: History, exercise: Exercise | None = None, dose: Dose | None = None) -> None:
        self.history, self.session = history, history.begin_session()
        self.errors: list[HistoryError] = []
        self.sink = HistorySink(history, self.session, exercise, dose, self.errors.append)

    def take(self, *moments: Moment) -> None:
        for each in moments:
            self.sink.take(None, Sight(0.0, None), each)

    @property
    def sets(self) -> list[tuple[str | None, list[float]]]:
        return [(part.key, [each.start for each in part.done]) for part in self.history.session(self.session).sets]


@pytest.mark.parametrize("name", ["bridge", "pelvic_tilt", "towel_stretch", "knee_to_chest"])
@pytest.mark.parametrize("asked", [False, True], ids=["recognised", "asked for"])
def test_a_whole_session_is_in_the_history_as_in_its_result(history: History, name: str, asked: bool) -> None:
    exercise = find(name) if asked else None
    kept = Kept(history, exercise)
    with TraceReader(GOLDENS / f"{name}.trace.jsonl.gz") as trace:
        found = run(trace, Session(exercise), [kept.sink])
    (part,) = history.session(kept.session).sets
    assert (part.key, part.dose) == (name, find(name).dose)
    assert [(each.number, each.start, each.end, each.faults) for each in part.done] == [
        (each.number, each.start, each.end, each.faults) for each in found.done
    ]
    assert len(part.done) > 1
    assert part.ended is not None
    assert kept.errors == []


def test_each_rep_is_there_as_soon_as_it_is_done(history: History) -> None:
    kept = Kept(history, BRIDGE, Dose(reps=(5, 6)))
    kept.take(moment(()))
    assert kept.sets == []
    kept.take(moment((a_rep(1),)), moment((a_rep(1),)))
    assert kept.sets == [("bridge", [10.0])]
    kept.take(moment((a_rep(1), a_rep(2))))
    assert kept.sets == [("bridge", [10.0, 20.0])]
    assert history.session(kept.session).sets[0].dose == Dose(reps=(5, 6))


def test_what_is_only_looked_for_is_not_written(history: History) -> None:
    kept = Kept(history)
    kept.take(moment((a_rep(1),), certain=False))
    assert kept.sets == []
    kept.take(moment((a_rep(1), a_rep(2))))
    assert kept.sets == [("bridge", [10.0, 20.0])]


def test_one_exercise_after_another_is_a_set_each(history: History) -> None:
    kept = Kept(history)
    kept.take(moment((a_rep(1),)), moment((), TILT), moment((a_rep(2),), TILT), moment(()), moment((a_rep(3),)))
    assert kept.sets == [("bridge", [10.0]), ("pelvic_tilt", [20.0]), ("bridge", [30.0])]
    assert [each.number for part in history.session(kept.session).sets for each in part.done] == [1, 1, 1]


def test_two_sets_of_one_exercise_are_two(history: History) -> None:
    kept = Kept(history)
    kept.take(moment((a_rep(1), a_rep(2))), moment(()), moment((a_rep(3),)))
    kept.sink.finish(result((BRIDGE, (a_rep(1), a_rep(2))), (BRIDGE, (a_rep(3),))))
    assert kept.sets == [("bridge", [10.0, 20.0]), ("bridge", [30.0])]


def test_what_only_the_end_completes_is_added(history: History) -> None:
    kept = Kept(history, BRIDGE)
    kept.take(moment((a_rep(1),)))
    kept.sink.finish(result((BRIDGE, (a_rep(1), a_rep(2)))))
    assert kept.sets == [("bridge", [10.0, 20.0])]


def test_where_recognition_thinks_better_of_it_the_last_word_stands(history: History) -> None:
    kept = Kept(history)
    kept.take(moment((a_rep(1),)))
    kept.sink.finish(result((TILT, (a_rep(1), a_rep(2))), recognised=True))
    assert kept.sets == [("pelvic_tilt", [10.0, 20.0])]


def test_a_result_that_does_not_fit_takes_nothing_away(history: History) -> None:
    kept = Kept(history)
    kept.take(moment((a_rep(1),)), moment((), TILT), moment((a_rep(2),), TILT))
    kept.sink.finish(result((TILT, (a_rep(2),))))
    assert kept.sets == [("bridge", [10.0]), ("pelvic_tilt", [20.0])]


def test_nothing_done_leaves_no_set(history: History) -> None:
    kept = Kept(history, BRIDGE)
    kept.take(moment(()))
    kept.sink.finish(result((BRIDGE, ())))
    assert kept.sets == []


def test_an_interrupted_session_keeps_what_was_written(history: History) -> None:
    kept = Kept(history, BRIDGE)
    kept.take(moment((a_rep(1),)))
    kept.sink.abort()
    assert kept.sets == [("bridge", [10.0])]
    assert history.session(kept.session).sets[0].ended is not None


def test_a_history_that_cannot_be_written_is_told_once_and_caught_up_with(history: History) -> None:
    kept = Kept(history, BRIDGE)
    history._db.execute("PRAGMA query_only = ON")
    kept.take(moment((a_rep(1),)), moment((a_rep(1), a_rep(2))))
    assert [str(error).count("may not be written") for error in kept.errors] == [1]
    history._db.execute("PRAGMA query_only = OFF")
    kept.take(moment((a_rep(1), a_rep(2), a_rep(3))))
    assert kept.sets == [("bridge", [10.0, 20.0, 30.0])]
    assert len(kept.errors) == 1


def test_a_session_outlives_its_history(history: History) -> None:
    kept = Kept(history, BRIDGE)
    history.close()
    with TraceReader(GOLDENS / "bridge.trace.jsonl.gz") as trace:
        found = run(trace, Session(BRIDGE), [kept.sink])
    assert found.reps
    assert len(kept.errors) == 1
