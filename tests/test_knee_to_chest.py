"""The lower-back stretch: one knee or both, its clock, and its fault table: what must fire, what must stay silent."""

from collections.abc import Callable

import pytest

from formcheck.core.landmarks import Part
from tests.figure import Camera, faults, judged
from tests.lying import FOOT, LEG, Leg, Stretch, cut, exchanged, hidden, stretches

NAME = "knee_to_chest"
CLOSE, NOT_CLOSE = Leg(120, 52), Leg(95, 68)


def hold(**changes: object) -> Stretch:
    return Stretch(**{"to": CLOSE, **changes})  # type: ignore[arg-type]


def seen_as(each: list[Stretch], **how: object) -> list[list[str]]:
    return faults(judged(NAME, stretches(each, resting=Leg(), **how))[0])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stretch", "expected"),
    [
        pytest.param(hold(to=NOT_CLOSE), "not_close", id="not_close"),
        pytest.param(hold(to=NOT_CLOSE, leg="far"), "not_close", id="not_close: the far knee"),
        pytest.param(hold(hold=8), "hold_short", id="hold_short"),
        pytest.param(hold(head=25), "head_lifted", id="head_lifted"),
    ],
)
@pytest.mark.parametrize("head_right", [True, False], ids=["head right", "head left"])
def test_a_fault_is_named_on_its_hold_and_no_other(stretch: Stretch, expected: str, head_right: bool) -> None:
    assert seen_as([hold(), stretch, hold()], head_right=head_right) == [[], [expected], []]


@pytest.mark.parametrize(
    ("stretch", "how"),
    [
        pytest.param(hold(), {}, id="even"),
        pytest.param(hold(hold=35), {}, id="long"),
        pytest.param(hold(up=5, down=5), {}, id="slow"),
        pytest.param(hold(to=Leg(130, 40)), {}, id="very close"),
        pytest.param(hold(leg="far"), {}, id="the far knee"),
        pytest.param(hold(leg="both"), {}, id="both knees"),
        pytest.param(hold(), {"fps": 10}, id="10 fps"),
        pytest.param(hold(), {"camera": Camera(off_side=15)}, id="15 degrees off"),
        pytest.param(hold(), {"camera": Camera(above=18)}, id="from above"),
        pytest.param(hold(), {"noise": 1.0}, id="noise"),
    ],
)
def test_a_clean_hold_stays_clean(stretch: Stretch, how: dict[str, object]) -> None:
    assert seen_as([stretch] * 2, **how) == [[], []]


@pytest.mark.parametrize(("leg", "side"), [("near", "right"), ("far", "left"), ("both", "both")])
def test_the_side_is_recognised(leg: str, side: str) -> None:
    judge, seen = judged(NAME, stretches([hold(leg=leg)] * 2, resting=Leg()))
    assert [each.side for each in judge.found.holds] == [side, side]
    assert [each.held for each in judge.found.holds] == pytest.approx([22, 22], abs=0.5)
    assert (seen[-1].held("left"), seen[-1].held("right")) == {"near": (0, 2), "far": (2, 0), "both": (2, 2)}[leg]


def test_a_knee_that_is_not_close_is_timed_as_rest_but_not_as_held() -> None:
    (one,) = judged(NAME, stretches([hold(to=NOT_CLOSE)], resting=Leg()))[0].found.holds
    assert one.measures["rest_s"] == pytest.approx(22, abs=0.5)
    assert one.held == 0.0


@pytest.mark.parametrize(
    ("parts", "when"),
    [
        pytest.param(LEG, lambda t: t % 3 < 0.05, id="whole legs, single frames"),
        pytest.param(LEG, lambda t: t % 5 < 0.6, id="whole legs, now and then"),
        pytest.param(LEG, lambda t: 10 <= t < 15, id="whole legs, for seconds"),
        pytest.param(LEG, lambda t: t < 1, id="whole legs, in the first second"),
        pytest.param(FOOT, lambda t: t % 3 < 0.05, id="feet, single frames"),
        pytest.param(FOOT, lambda t: 10 <= t < 10.6, id="feet, for a moment"),
        pytest.param(FOOT, lambda t: t < 1, id="feet, in the first second"),
    ],
)
def test_exchanged_labels_change_neither_count_nor_side(parts: tuple[Part, ...], when: Callable[[float], bool]) -> None:
    judge, _ = judged(NAME, exchanged(stretches([hold()] * 2, resting=Leg()), parts, when))
    assert [each.side for each in judge.found.holds] == ["right", "right"]
    assert [each.measures["rest_s"] for each in judge.found.holds] == pytest.approx([22, 22], abs=0.5)
    assert faults(judge) == [[], []]


@pytest.mark.parametrize(
    ("seconds", "held", "unfinished"),
    [
        pytest.param(0.4, [22], [], id="a flicker is forgiven"),
        pytest.param(2.0, [20], [], id="a while pauses the clock"),
        pytest.param(5.0, [], ["lowering", "lift"], id="long: nobody knows what was between"),
    ],
)
def test_nobody_seen_in_the_middle_of_a_hold(seconds: float, held: list[float], unfinished: list[str]) -> None:
    judge, _ = judged(NAME, hidden(stretches([hold()], resting=Leg()), 12.0, 12.0 + seconds))
    assert [each.held for each in judge.found.holds] == pytest.approx(held, abs=0.5)
    assert [each.missing for each in judge.found.unfinished] == unfinished


@pytest.mark.parametrize("leg", ["near", "far", "both"])
@pytest.mark.parametrize(
    ("begin", "held", "unfinished"),
    [
        pytest.param(4.5, [21, 22], [], id="what is seen is long enough"),
        pytest.param(9.0, [22], ["lift"], id="too short to tell"),
        pytest.param(27.0, [22], [], id="on the way down"),
    ],
)
def test_a_recording_that_begins_in_a_hold(leg: str, begin: float, held: list[float], unfinished: list[str]) -> None:
    judge, _ = judged(NAME, cut(stretches([hold(leg=leg)] * 2, resting=Leg()), begin))
    assert [each.held for each in judge.found.holds] == pytest.approx(held, abs=0.6)
    assert [each.missing for each in judge.found.unfinished] == unfinished


@pytest.mark.parametrize(
    "stretch",
    [
        pytest.param(hold(to=Leg(72, 172)), id="a straight leg"),
        pytest.param(hold(to=Leg(70, 70)), id="the foot only just lifted"),
        pytest.param(hold(hold=0.0, up=0.8, down=0.8), id="drawn up and let go"),
    ],
)
def test_what_is_no_hold_of_this_stretch_counts_nothing(stretch: Stretch) -> None:
    assert seen_as([stretch] * 2) == []


@pytest.mark.parametrize(("head", "expected"), [(15, []), (60, ["head_lifted"])], ids=["on a pillow", "up"])
@pytest.mark.parametrize("begin", [0.0, 4.5], ids=["seen at rest", "begins in the hold"])
def test_a_head_that_is_up_from_the_beginning(head: float, expected: list[str], begin: float) -> None:
    judge, _ = judged(NAME, cut(stretches([hold()] * 2, resting=Leg(), head=head), begin))
    assert faults(judge) == [expected, expected]
