"""The bridge's fault table: what must fire, and what must stay silent."""

import pytest

from formcheck.exercises import find
from formcheck.exercises.vocabulary import Rank
from formcheck.session.judge import Judge
from tests import figure
from tests.figure import Camera, Lift, faults

BRIDGE = find("bridge")


def judged(*lifts: Lift, **how: object) -> Judge:
    return figure.judged("bridge", figure.sights(lifts, **how))[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lift", "feet", "expected"),
    [
        pytest.param(Lift(top=160), 0.35, "hips_low", id="hips_low: well under the line"),
        pytest.param(Lift(top=166), 0.35, "hips_low", id="hips_low: just under"),
        pytest.param(Lift(top=198), 0.35, "hips_high", id="hips_high: over-arched"),
        pytest.param(Lift(top=193), 0.35, "hips_high", id="hips_high: just over"),
        pytest.param(Lift(up=0.5), 0.35, "too_fast", id="too_fast: thrown up"),
        pytest.param(Lift(down=0.5), 0.35, "too_fast", id="too_fast: dropped"),
        pytest.param(Lift(), 0.68, "feet_far", id="feet_far"),
        pytest.param(Lift(), 0.14, "feet_near", id="feet_near"),
        pytest.param(Lift(head=20), 0.35, "head_lifted", id="head_lifted: looking at the knees"),
        pytest.param(Lift(head=40), 0.35, "head_lifted", id="head_lifted: chin on the chest"),
    ],
)
@pytest.mark.parametrize("head_right", [True, False], ids=["head right", "head left"])
def test_a_fault_is_named_on_its_rep_and_no_other(lift: Lift, feet: float, expected: str, head_right: bool) -> None:
    alone = expected in {"feet_far", "feet_near"}  # the feet stay where they are for the whole set
    lifts = [lift] * 3 if alone else [Lift(), lift, Lift()]
    judge = judged(*lifts, feet=feet, head_right=head_right)
    assert faults(judge) == ([[expected]] * 3 if alone else [[], [expected], []])


def test_not_lowered_is_on_the_rep_that_was_not_lowered() -> None:
    assert faults(judged(Lift(), Lift(bottom=145, rest=0.1), Lift(), Lift())) == [[], ["not_lowered"], [], []]


@pytest.mark.parametrize(
    ("lift", "feet"),
    [
        pytest.param(Lift(top=172), 0.35, id="a low clean top"),
        pytest.param(Lift(top=187), 0.35, id="a high clean top"),
        pytest.param(Lift(up=1.0, down=1.0), 0.35, id="brisk, but not too fast"),
        pytest.param(Lift(up=5, hold=10, down=5), 0.35, id="very slow, long hold"),
        pytest.param(Lift(hold=0.1), 0.35, id="no hold"),
        pytest.param(Lift(rest=0.0), 0.35, id="no pause between"),
        pytest.param(Lift(bottom=124, rest=0.3), 0.35, id="hips all but down"),
        pytest.param(Lift(head=4), 0.35, id="the head stirs"),
        pytest.param(Lift(), 0.24, id="feet rather near"),
        pytest.param(Lift(), 0.58, id="feet rather far"),
    ],
)
@pytest.mark.parametrize("fps", [10.0, 30.0, 60.0])
def test_a_clean_bridge_stays_clean(lift: Lift, feet: float, fps: float) -> None:
    assert faults(judged(lift, lift, lift, feet=feet, fps=fps)) == [[], [], []]


@pytest.mark.parametrize(
    "camera",
    [
        pytest.param(Camera(), id="square"),
        pytest.param(Camera(off_side=15), id="15 degrees off"),
        pytest.param(Camera(off_side=-20, above=14), id="20 off and high"),
        pytest.param(Camera(size=(1080, 1920)), id="portrait"),
        pytest.param(Camera(away=6.0), id="far away"),
    ],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_clean_set_stays_clean_from_where_cameras_stand(camera: Camera, seed: int) -> None:
    judge = judged(*[Lift()] * 4, camera=camera, noise=1.0, seed=seed)
    assert faults(judge) == [[]] * 4


@pytest.mark.parametrize("off", [40.0, 55.0])
def test_from_too_far_round_reps_count_but_no_fault_is_invented(off: float) -> None:
    assert faults(judged(*[Lift(top=160)] * 3, camera=Camera(off_side=off))) == [[]] * 3


def test_what_is_measured_of_a_rep() -> None:
    rep = judged(Lift(top=180, up=2.0, hold=1.5, down=1.2), camera=Camera(above=0.0)).found.reps[0]
    assert rep.measures["hip_angle_deg"] == pytest.approx(180, abs=1)
    assert rep.measures["up_s"] == pytest.approx(2.0, abs=0.1)
    assert rep.measures["down_s"] == pytest.approx(1.2, abs=0.1)
    assert rep.measures["hold_s"] == pytest.approx(1.5 + 0.2 * 2.0 + 0.2 * 1.2, abs=0.15)  # with the eased ends
    assert rep.peak == pytest.approx(1.0 + 2.0 + 0.75, abs=0.15)
    assert rep.start < rep.top_from < rep.peak < rep.top_to < rep.end


def test_a_recording_that_begins_in_the_way_up_does_not_call_it_fast() -> None:
    assert faults(judged(Lift(), Lift(), start=1.4)) == [[], []]


@pytest.mark.parametrize("rule", BRIDGE.rules, ids=lambda rule: rule.key)
def test_every_rule_says_what_why_and_where_its_number_comes_from(rule: object) -> None:
    assert all(len(text) > 10 for text in (rule.say, rule.why, rule.source))  # type: ignore[attr-defined]
    assert rule.measure in {measure.key for measure in BRIDGE.measures}  # type: ignore[attr-defined]


def test_the_table_is_complete_and_safety_is_ranked_first() -> None:
    keys = {"hips_low", "hips_high", "not_lowered", "too_fast", "feet_far", "feet_near", "head_lifted"}
    assert {rule.key for rule in BRIDGE.rules} == keys
    assert BRIDGE.rule("hips_high").rank is Rank.SAFETY
    assert BRIDGE.rule("too_fast").rank is Rank.TEMPO
