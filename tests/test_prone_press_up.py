"""The prone press-up's fault table: what must fire, and what must stay silent."""

import json
from pathlib import Path

import pytest

from formcheck.exercises import find
from formcheck.io.trace import TraceReader
from formcheck.session.session import Session
from tests import figure
from tests.figure import Camera, Press, faults, judged

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.mark.parametrize(
    ("press", "expected"),
    [
        pytest.param(Press(hips=0.15), "hips_lifted", id="hips_lifted: a push-up"),
        pytest.param(Press(top=17), "chest_low", id="chest_low: half the way"),
        pytest.param(Press(up=0.5), "too_fast", id="too_fast: thrown up"),
        pytest.param(Press(bottom=16, rest=0.1), "not_lowered", id="not_lowered: stays up on the elbows"),
    ],
)
def test_a_fault_is_named_on_its_rep_and_no_other(press: Press, expected: str) -> None:
    judge, _ = judged("prone_press_up", figure.presses([Press(), press, Press()]))
    assert faults(judge) == [[], [expected], []]


@pytest.mark.parametrize(
    "press",
    [
        pytest.param(Press(), id="even"),
        pytest.param(Press(top=24), id="low but enough"),
        pytest.param(Press(top=50), id="high"),
        pytest.param(Press(up=4, down=4), id="slow"),
        pytest.param(Press(hips=0.02), id="hips that give a little"),
    ],
)
@pytest.mark.parametrize("camera", [Camera(), Camera(off_side=15), Camera(above=15)], ids=["square", "off", "high"])
def test_a_clean_set_stays_silent(press: Press, camera: Camera) -> None:
    judge, seen = judged("prone_press_up", figure.presses([press] * 3, camera=camera))
    assert faults(judge) == [[], [], []]
    assert {moment.cue for moment in seen} == {None}


def test_on_the_back_nothing_counts() -> None:
    judge, _ = judged("prone_press_up", figure.sights([figure.Lift()] * 3))
    assert judge.found.done == ()


def test_it_is_judged_only_where_it_is_asked_for() -> None:
    for name, expected in (("prone_press_up", 3), (None, 0)):
        session = Session(find(name) if name else None)
        for sight in figure.presses([Press()] * 3):
            session.step(sight)
        assert len(session.finish().reps) == expected


def test_the_sample_gives_what_is_expected_of_it() -> None:
    expected = json.loads((SAMPLES / "prone_press_up.expected.json").read_text())
    session = Session(find("prone_press_up"))
    with TraceReader(SAMPLES / "prone_press_up.trace.jsonl.gz") as trace:
        for _, sight in trace:
            session.step(sight)
    assert [[fault.key for fault in rep.faults] for rep in session.finish().reps] == expected["faults"]
