"""The towel stretch: which leg, how long, and its fault table: what must fire, and what must stay silent."""

from collections.abc import Callable
from math import isnan, pi, sin

import pytest

from formcheck.core.events import HoldFinished, HoldPaused, HoldResumed, HoldStarted
from formcheck.core.landmarks import Part
from tests.figure import Camera, faults, judged
from tests.lying import FLAT, FOOT, LEG, Leg, Stretch, behind, cut, exchanged, posed, stretches

NAME = "towel_stretch"
BENT = Leg(68.0, 140.0)


@pytest.mark.parametrize(
    ("stretch", "expected"),
    [
        pytest.param(Stretch(to=BENT), "knee_bent", id="knee_bent"),
        pytest.param(Stretch(to=BENT, crossed=True), "knee_bent", id="knee_bent: the model exchanges the ankles"),
        pytest.param(Stretch(hold=9), "hold_short", id="hold_short"),
        pytest.param(Stretch(hold=18.5), "hold_short", id="hold_short: a little"),
        pytest.param(Stretch(head=25), "head_lifted", id="head_lifted"),
        pytest.param(Stretch(pitch=14), "hips_lifted", id="hips_lifted: rolls off the mat"),
        pytest.param(Stretch(up=0.45), "overstretch", id="overstretch: pulled fast"),
        pytest.param(Stretch(up=0.9), "overstretch", id="overstretch: pulled in less than a second"),
        pytest.param(
            Stretch(wave=lambda s: 5 * sin(2 * pi * s) * (4 < s < 12)), "overstretch", id="overstretch: bounced"
        ),
    ],
)
@pytest.mark.parametrize("head_right", [True, False], ids=["head right", "head left"])
def test_a_fault_is_named_on_its_hold_and_no_other(stretch: Stretch, expected: str, head_right: bool) -> None:
    judge, _ = judged(NAME, stretches([Stretch(), stretch, Stretch()], head_right=head_right))
    assert faults(judge) == [[], [expected], []]


@pytest.mark.parametrize(
    ("stretch", "how"),
    [
        pytest.param(Stretch(), {}, id="even"),
        pytest.param(Stretch(hold=35), {}, id="long"),
        pytest.param(Stretch(up=5, down=5), {}, id="slow"),
        pytest.param(Stretch(up=1.7), {}, id="brisk"),
        pytest.param(Stretch(to=Leg(85, 168)), {}, id="high"),
        pytest.param(Stretch(to=Leg(45, 172)), {}, id="stiff: not high"),
        pytest.param(Stretch(wave=lambda s: 1.5 * sin(s)), {}, id="trembles"),
        pytest.param(Stretch(), {"resting": Leg()}, id="from the bent knee"),
        pytest.param(Stretch(), {"other": FLAT}, id="the other leg flat"),
        pytest.param(Stretch(leg="far"), {}, id="the far leg"),
        pytest.param(Stretch(), {"fps": 10}, id="10 fps"),
        pytest.param(Stretch(), {"fps": 60}, id="60 fps"),
        pytest.param(Stretch(), {"camera": Camera(off_side=15)}, id="15 degrees off"),
        pytest.param(Stretch(), {"camera": Camera(above=18)}, id="from above"),
        pytest.param(Stretch(), {"camera": Camera(size=(480, 854))}, id="portrait"),
        pytest.param(Stretch(), {"noise": 1.0}, id="noise"),
    ],
)
def test_a_clean_hold_stays_clean(stretch: Stretch, how: dict[str, object]) -> None:
    judge, seen = judged(NAME, stretches([stretch] * 2, **how))  # type: ignore[arg-type]
    assert faults(judge) == [[], []]
    assert {moment.cue for moment in seen} == {None}


@pytest.mark.parametrize("fps", [10, 25, 60])
@pytest.mark.parametrize("seconds", [5.0, 21.0])
def test_a_hold_is_timed_from_rest_to_letting_go(fps: float, seconds: float) -> None:
    (hold,) = judged(NAME, stretches([Stretch(hold=seconds)], fps=fps))[0].found.holds
    assert hold.held == pytest.approx(seconds, abs=0.5)
    assert hold.start == pytest.approx(3.5, abs=0.3)
    assert hold.end == pytest.approx(3.5 + seconds, abs=0.3)


def test_a_bent_knee_is_timed_as_rest_but_not_as_held() -> None:
    (hold,) = judged(NAME, stretches([Stretch(to=BENT)]))[0].found.holds
    assert hold.measures["rest_s"] == pytest.approx(22, abs=0.6)
    assert hold.held == pytest.approx(0, abs=0.5)


@pytest.mark.parametrize(
    ("lapse", "held", "paused"),
    [pytest.param(0.3, 24.0, 0, id="a short lapse is forgiven"), pytest.param(4.0, 20.0, 1, id="a longer one pauses")],
)
def test_the_clock_runs_in_position_only(lapse: float, held: float, paused: int) -> None:
    bent = Stretch(hold=24, bend=lambda s: 40.0 if 8 < s < 8 + lapse else 0.0)
    judge, seen = judged(NAME, stretches([bent]))
    (hold,) = judge.found.holds
    assert hold.held == pytest.approx(held, abs=0.6)
    assert hold.good
    clock = [event for moment in seen for event in moment.events if 5 < moment.t < 26]
    assert [type(event) for event in clock if isinstance(event, HoldPaused | HoldResumed)] == [
        HoldPaused, HoldResumed
    ] * paused  # fmt: skip


def test_the_clock_shows_while_the_hold_goes_on() -> None:
    _, seen = judged(NAME, stretches([Stretch()]))
    clock = {round(m.t, 2): m.hold.held for m in seen if m.hold is not None}
    assert clock[13.5] == pytest.approx(10, abs=0.6)
    assert next(m.phase for m in seen if m.t >= 13.5) == "hold"
    assert any(isinstance(event, HoldStarted) for m in seen for event in m.events)
    (finished,) = [m for m in seen if any(isinstance(event, HoldFinished) for event in m.events)]
    assert finished.t - 25.5 < 2.5


@pytest.mark.parametrize(("leg", "side"), [("near", "right"), ("far", "left")])
def test_the_leg_that_works_is_recognised(leg: str, side: str) -> None:
    judge, seen = judged(NAME, stretches([Stretch(leg=leg)] * 2))
    assert [hold.side for hold in judge.found.holds] == [side, side]
    assert [hold.measures["leg_elevation_deg"] for hold in judge.found.holds] == pytest.approx([77, 77], abs=3)
    assert seen[-1].held(side) == 2  # type: ignore[arg-type]


def test_both_legs_in_turn_are_told_apart() -> None:
    judge, _ = judged(NAME, stretches([Stretch(), Stretch(leg="far"), Stretch()], other=FLAT))
    assert [hold.side for hold in judge.found.holds] == ["right", "left", "right"]


def test_with_exchanged_ankles_the_knee_angle_is_not_told() -> None:
    (hold,) = judged(NAME, stretches([Stretch(to=BENT, crossed=True)]))[0].found.holds
    assert hold.side == "right"
    assert hold.measures["knee_angle_deg"] != hold.measures["knee_angle_deg"]


@pytest.mark.parametrize(
    ("parts", "when"),
    [
        pytest.param(LEG, lambda t: t % 3 < 0.05, id="whole legs, single frames"),
        pytest.param(LEG, lambda t: t % 7 < 0.3, id="whole legs, now and then"),
        pytest.param(LEG, lambda t: t < 1, id="whole legs, in the first second"),
        pytest.param(FOOT, lambda t: t < 1, id="feet, in the first second"),
        pytest.param(FOOT, lambda t: 10 <= t < 10.3, id="feet, for a moment"),
    ],
)
@pytest.mark.parametrize("fps", [10, 25])
def test_exchanged_labels_change_neither_count_nor_side(
    parts: tuple[Part, ...], when: Callable[[float], bool], fps: float
) -> None:
    judge, _ = judged(NAME, exchanged(stretches([Stretch()] * 2, fps=fps), parts, when))
    assert [hold.side for hold in judge.found.holds] == ["right", "right"]
    assert [hold.measures["rest_s"] for hold in judge.found.holds] == pytest.approx([22, 22], abs=0.5)
    assert faults(judge) == [[], []]


@pytest.mark.parametrize("resting", [FLAT, Leg()], ids=["flat", "beside the near one"])
def test_a_far_leg_that_is_seen_on_the_near_one_has_no_knee_angle_unless_it_rests_there(resting: Leg) -> None:
    judge, seen = judged(NAME, behind(stretches([Stretch(leg="far", up=4)], resting=resting), 2.5, 3.5))
    (hold,) = judge.found.holds
    assert hold.side == "left"
    angles = [moment.other["knee_angle_deg"] for moment in seen if 2.6 <= moment.t < 3.4]
    assert [isnan(angle) for angle in angles] == [resting is FLAT] * len(angles)


UP, EASED, ON_THE_WAY = Leg(75, 172), Leg(65, 172), Leg(95, 90)


@pytest.mark.parametrize(
    ("keys", "start", "end", "expected"),
    [
        pytest.param(
            [(1.5, Leg()), (3, ON_THE_WAY), (9, ON_THE_WAY), (11, UP), (33, UP), (35, Leg())], 11, 33, [],
            id="the towel is put on with the knee up",
        ),
        pytest.param(
            [(1.5, Leg()), (3, Leg(105, 60)), (9, Leg(105, 60)), (11, UP), (33, UP), (35, Leg())], 11, 33, [],
            id="with the knee at the chest",
        ),
        pytest.param(
            [(1.5, Leg()), (3, ON_THE_WAY), (12, ON_THE_WAY), (14, UP), (26, UP), (28, Leg())], 14, 26, ["hold_short"],
            id="that is no hold time",
        ),
        pytest.param(
            [(1.5, Leg()), (3.5, Leg(57, 172)), (26, Leg(57, 172)), (28, Leg())], 3.5, 26, [],
            id="only the knee is straightened",
        ),
        pytest.param(
            [(1.5, FLAT), (3.5, Leg(60, 172)), (12, Leg(60, 172)), (13, UP), (26, UP), (28, FLAT)], 3.5, 26, [],
            id="drawn on after a while",
        ),
        pytest.param(
            [(1.5, FLAT), (3.5, UP), (13.5, UP), (14.5, Leg(55, 172)), (26, Leg(55, 172)), (28, FLAT)], 3.5, 26, [],
            id="eased after a while",
        ),
        pytest.param(
            [(1.5, FLAT), (3.5, UP), (13, UP), (13.5, EASED), (15, EASED), (16, UP), (26, UP), (28, FLAT)],
            3.5, 26, [], id="dips and is drawn again",
        ),
    ],
)  # fmt: skip
def test_one_hold_lasts_from_where_the_leg_came_to_rest_in_the_stretch(
    keys: list[tuple[float, Leg]], start: float, end: float, expected: list[str]
) -> None:
    judge, _ = judged(NAME, posed([(0, keys[0][1]), *keys, (keys[-1][0] + 2, keys[-1][1])]))
    (hold,) = judge.found.holds
    assert (hold.start, hold.end) == pytest.approx((start, end), abs=0.6)
    assert faults(judge) == [expected]


@pytest.mark.parametrize(
    "stretch",
    [
        pytest.param(Stretch(hold=0.0, up=0.8, down=0.8), id="swung up and down"),
        pytest.param(Stretch(to=Leg(20, 172)), id="hardly lifted"),
        pytest.param(Stretch(to=Leg(118, 55)), id="a knee drawn to the chest"),
    ],
)
def test_what_is_no_hold_of_this_stretch_counts_nothing(stretch: Stretch) -> None:
    assert judged(NAME, stretches([stretch] * 2))[0].found.done == ()


@pytest.mark.parametrize("leg", ["near", "far"])
@pytest.mark.parametrize(
    ("begin", "held", "unfinished"),
    [
        pytest.param(2.0, [22, 22], [], id="on the way up: its beginning is seen"),
        pytest.param(4.5, [21, 22], [], id="in the hold: what is seen is long enough"),
        pytest.param(9.0, [22], ["lift"], id="in the hold: too short to tell"),
        pytest.param(24.0, [22], ["lift"], id="late in the hold"),
        pytest.param(27.0, [22], [], id="on the way down: nothing of it"),
    ],
)
def test_a_recording_that_begins_in_a_hold(leg: str, begin: float, held: list[float], unfinished: list[str]) -> None:
    judge, _ = judged(NAME, cut(stretches([Stretch(leg=leg)] * 2), begin))
    assert [hold.held for hold in judge.found.holds] == pytest.approx(held, abs=0.6)
    assert [each.missing for each in judge.found.unfinished] == unfinished


def test_a_hold_that_the_recording_cuts_off_is_unfinished() -> None:
    judge, _ = judged(NAME, stretches([Stretch()], end=12.0))
    assert judge.found.holds == []
    assert [each.missing for each in judge.found.unfinished] == ["lowering"]


def test_a_hold_that_was_long_enough_counts_also_where_the_recording_ends_in_it() -> None:
    assert len(judged(NAME, stretches([Stretch(hold=30)], end=28.0))[0].found.holds) == 1


@pytest.mark.parametrize(("head", "expected"), [(15, []), (60, ["head_lifted"])], ids=["on a pillow", "up"])
@pytest.mark.parametrize("begin", [0.0, 4.5], ids=["seen at rest", "begins in the hold"])
def test_a_head_that_is_up_from_the_beginning(head: float, expected: list[str], begin: float) -> None:
    judge, _ = judged(NAME, cut(stretches([Stretch()] * 2, head=head), begin))
    assert faults(judge) == [expected, expected]
