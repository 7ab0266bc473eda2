"""The session: gate, sight lost and found, cues, live faults, recognition, warnings."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.events import FaultSeen, FoundAgain, LostSight, RepFinished
from formcheck.core.landmarks import Part
from formcheck.core.pose import Pose, Sight
from formcheck.core.watcher import Watcher
from formcheck.exercises import find
from formcheck.session.judge import Judge
from formcheck.session.moment import Moment
from formcheck.session.session import Session
from formcheck.session.summary import Result
from tests import figure
from tests.figure import Camera, Lift

BRIDGE = find("bridge")


def standing(t: float) -> Pose:
    """The same figure turned on its feet: a quarter turn of the picture."""
    pose = figure.pose(t, 175, feet=0.75)
    width, height = pose.size
    xy = np.column_stack((pose.xy[:, 1] * 0.8 + 200, pose.xy[:, 0] * 0.5))
    return replace(pose, xy=np.clip(xy, 1, (width - 1, height - 1)))


def then(*parts: Iterator[Sight]) -> Iterator[Sight]:
    """Sights one after another, times going on."""
    offset, last = 0.0, 0.0
    for part in parts:
        for sight in part:
            last = offset + sight.t
            yield replace(sight, t=last, pose=sight.pose and replace(sight.pose, t=last))
        offset = last + 0.04


def nobody(seconds: float) -> Iterator[Sight]:
    return (Sight(i / 25, None) for i in range(round(seconds * 25)))


def upright(seconds: float) -> Iterator[Sight]:
    return (Sight(i / 25, standing(i / 25)) for i in range(round(seconds * 25)))


def gets_up(seconds: float) -> Iterator[Sight]:
    """From the top of a lift to the feet, without a leap."""
    lifted, up = figure.pose(0.0, 180), standing(0.0)
    steps = round(seconds * 25)
    for i in range(steps):
        share = i / steps
        yield Sight(i / 25, replace(lifted, t=i / 25, xy=(1 - share) * lifted.xy + share * up.xy))


def moments(sights: Iterator[Sight], judge: Judge | None = None) -> list[Moment]:
    judge, watcher = judge or Judge(BRIDGE), Watcher()
    return [judge.step(sight.t, watcher.step(sight)) for sight in sights]


def test_walking_in_and_getting_up_counts_nothing() -> None:
    judge = Judge(BRIDGE)
    seen = moments(then(upright(2), figure.sights([Lift()] * 2), upright(2)), judge)
    judge.finish()
    assert len(judge.found.reps) == 2
    assert judge.found.unfinished == []
    assert {m.phase for m in seen[:40]} == {None}
    assert seen[-1].phase is None


@pytest.mark.parametrize("seed", range(5))
def test_shifting_about_is_no_rep_however_noisy_the_picture(seed: int) -> None:
    judge = Judge(BRIDGE)
    lifts = [Lift(top=139, up=0.7, hold=0.6, down=0.7)] * 4  # 35 % of the way
    moments(figure.sights(lifts, noise=2.5, seed=seed), judge)
    judge.finish()
    assert judge.found.reps == []


def test_getting_up_in_mid_lift_is_no_unfinished_lift() -> None:
    judge = Judge(BRIDGE)
    moments(then(figure.sights([Lift()], end=3.0), gets_up(1.2), upright(2)), judge)
    judge.finish()
    assert (judge.found.reps, judge.found.unfinished) == ([], [])


def test_where_the_film_is_cut_what_was_under_way_is_unfinished() -> None:
    judge = Judge(BRIDGE)
    elsewhere = (replace(s, pose=s.pose and replace(s.pose, xy=s.pose.xy * 0.6)) for s in figure.sights([Lift()] * 2))
    moments(then(figure.sights([Lift(), Lift()], end=8.2), elsewhere), judge)
    judge.finish()
    assert (len(judge.found.reps), [each.missing for each in judge.found.unfinished]) == (3, ["lowering"])


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param(0.0, 3.2, ["lowering"], id="ends at the top"),
        pytest.param(3.2, None, ["lift"], id="begins at the top"),
    ],
)
def test_half_a_movement_is_unfinished_and_no_rep(start: float, end: float | None, expected: list[str]) -> None:
    judge = Judge(BRIDGE)
    moments(figure.sights([Lift()], start=start, end=end), judge)
    judge.finish()
    assert judge.found.reps == []
    assert [each.missing for each in judge.found.unfinished] == expected


def test_a_short_loss_of_sight_does_not_lose_the_rep() -> None:
    judge = Judge(BRIDGE)
    moments((Sight(s.t, None) if 2.0 < s.t < 2.4 else s for s in figure.sights([Lift()])), judge)
    assert len(judge.found.reps) == 1


def test_a_long_loss_is_an_event_and_leaves_the_lift_unfinished() -> None:
    judge = Judge(BRIDGE)
    seen = moments(then(figure.sights([Lift()], end=3.0), nobody(3), figure.sights([Lift()])), judge)
    judge.finish()
    events = [event for moment in seen for event in moment.events]
    lost = next(event for event in events if isinstance(event, LostSight))
    found = next(event for event in events if isinstance(event, FoundAgain))
    assert lost.since == pytest.approx(3.0, abs=0.05)
    assert found.away == pytest.approx(3.0, abs=0.2)
    assert [each.missing for each in judge.found.unfinished] == ["lowering"]
    assert len(judge.found.reps) == 1


@pytest.mark.parametrize(
    ("before", "expected"),
    [pytest.param(0.3, 1, id="no still second: the first lift is not counted"), pytest.param(2.0, 2, id="held still")],
)
def test_live_the_gate_waits_for_the_position_held_still(before: float, expected: int) -> None:
    judge = Judge(BRIDGE, start="still")
    moments(figure.sights([Lift(rest=2), Lift(rest=2)], before=before), judge)
    assert len(judge.found.reps) == expected


def raised_near_leg(sight: Sight) -> Sight:
    """A single-leg bridge: the leg toward the camera is stretched out in the thigh's direction."""
    assert sight.pose is not None
    xy = sight.pose.xy.copy()
    side = "right"
    hip, knee = xy[Part.HIP.on(side)], xy[Part.KNEE.on(side)]
    xy[Part.ANKLE.on(side)] = knee + (knee - hip)
    return replace(sight, pose=replace(sight.pose, xy=xy))


def test_a_single_leg_bridge_counts_by_the_leg_that_stands() -> None:
    judge = Judge(BRIDGE)
    seen = moments((raised_near_leg(s) for s in figure.sights([Lift()] * 3)), judge)
    assert len(judge.found.reps) == 3
    assert any(m.body is not None and m.body.works_far for m in seen)


def test_reps_are_told_when_they_end_and_in_order() -> None:
    seen = moments(figure.sights([Lift()] * 3))
    told = [(m.t, event.rep.number) for m in seen for event in m.events if isinstance(event, RepFinished)]
    assert [number for _, number in told] == [1, 2, 3]
    for n, (t, _) in enumerate(told):
        assert t - (1 + 5.2 * n + 4.2) < 0.8  # within 0.8 s of touching the mat


def test_a_visible_fault_shows_only_after_it_has_lasted() -> None:
    seen = moments(figure.sights([Lift(), Lift(top=200, hold=2)]))
    first = next(m for m in seen if "hips_high" in m.wrong)
    crossed = next(m.t for m in seen if m.values.get("hip_angle_deg", 0) > 191)
    assert 0.35 <= first.t - crossed <= 0.6
    assert [e.fault.key for m in seen for e in m.events if isinstance(e, FaultSeen)] == ["hips_high"]
    assert first.cue is not None
    assert first.cue.say == "not so high, keep the ribs down"


def cues(*lifts: Lift) -> list[tuple[float, str, bool]]:
    said: list[tuple[float, str, bool]] = []
    last = None
    for m in moments(figure.sights(lifts)):
        if m.cue is not None and m.cue is not last:
            said.append((m.t, m.cue.key, m.cue.praise))
        last = m.cue
    return said


def test_the_same_form_cue_is_not_said_on_every_rep() -> None:
    said = [t for t, key, praise in cues(*[Lift(top=160)] * 6) if key == "hips_low" and not praise]
    assert len(said) == 3
    assert all(b - a >= 5 for a, b in zip(said, said[1:], strict=False))


def test_safety_goes_before_form() -> None:
    said = [key for _, key, _ in cues(Lift(top=160, head=35))]
    assert said[0] == "head_lifted"


def test_following_a_cue_is_praised_once() -> None:
    said = cues(Lift(top=160), Lift(), Lift())
    assert [(key, praise) for _, key, praise in said] == [("hips_low", False), ("hips_low", True)]


@pytest.mark.parametrize(
    "lift", [Lift(), Lift(up=5, down=5), Lift(up=1, down=1, hold=0.2)], ids=["even", "slow", "brisk"]
)
def test_a_clean_set_is_left_in_peace(lift: Lift) -> None:
    assert cues(*[lift] * 4) == []


def result_of(sights: Iterator[Sight], exercise: str | None = None) -> Result:
    session = Session(find(exercise) if exercise else None)
    for sight in sights:
        session.step(sight)
    return session.finish()


def test_a_bridge_is_recognised_by_itself() -> None:
    result = result_of(figure.sights([Lift()] * 2))
    assert result.exercise is BRIDGE
    assert result.recognised
    assert (len(result.reps), result.side, result.seen_fraction) == (2, "right", 1.0)
    assert result.warnings == ()


def test_until_it_is_recognised_the_exercise_is_a_question() -> None:
    session = Session(None)
    seen = [session.step(sight) for sight in figure.sights([Lift()] * 2)]
    first = next(m.t for m in seen if m.certain)
    assert first == next(m.t for m in seen if len(m.done) == 1)
    assert all(m.certain for m in seen if m.t >= first)


def test_asked_for_it_is_not_called_recognised() -> None:
    assert not result_of(figure.sights([Lift()] * 2), "bridge").recognised


@pytest.mark.parametrize(
    "sights",
    [
        pytest.param(lambda: figure.sights(end=6.0, before=10), id="lies still"),
        pytest.param(lambda: figure.sights([Lift(top=140, up=0.7, down=0.7)] * 4), id="shifts about"),
        pytest.param(lambda: upright(5), id="stands"),
    ],
)
def test_what_is_no_exercise_of_ours_is_not_guessed(sights: object) -> None:
    result = result_of(sights())  # type: ignore[operator]
    assert result.exercise is None
    assert not result.recognised
    assert (result.reps, result.unfinished) == ((), ())
    assert [warn.key for warn in result.warnings] == ["not_recognised"]


def away(sight: Sight) -> Sight:
    """Shifted so that the feet are outside the picture."""
    assert sight.pose is not None
    return replace(sight, pose=replace(sight.pose, xy=sight.pose.xy + np.array([330, 0])))


@pytest.mark.parametrize(
    ("sights", "expected"),
    [
        pytest.param(lambda: figure.sights([Lift()] * 2), [], id="a good view"),
        pytest.param(lambda: figure.sights([Lift()] * 2, camera=Camera(off_side=10)), [], id="10 degrees off"),
        pytest.param(
            lambda: figure.sights([Lift()] * 2, camera=Camera(off_side=25)), ["camera_not_side"], id="25 degrees off"
        ),
        pytest.param(lambda: map(away, figure.sights([Lift()] * 2)), ["body_cut_off"], id="feet outside"),
        pytest.param(
            lambda: (replace(s, others=1) for s in figure.sights([Lift()] * 2)), ["several_people"], id="two people"
        ),
        pytest.param(
            lambda: (replace(s, brightness=20.0) for s in figure.sights([Lift()] * 2)), ["too_dark"], id="dark"
        ),
        pytest.param(
            lambda: then(nobody(3), figure.sights([Lift()] * 2)), ["often_not_seen"], id="away for a third of it"
        ),
        pytest.param(
            lambda: figure.sights([Lift()] * 2, camera=Camera(size=(160, 90))), ["person_small"], id="tiny picture"
        ),
    ],
)
def test_warnings_say_what_limits_the_findings(sights: object, expected: list[str]) -> None:
    result = result_of(sights(), "bridge")  # type: ignore[operator]
    assert [warn.key for warn in result.warnings] == expected
    assert [len(rep.faults) for rep in result.reps] == [0] * len(result.reps)


def test_from_too_far_round_no_cue_is_said_either() -> None:
    seen = moments(figure.sights([Lift(top=160, hold=2)] * 2, camera=Camera(off_side=50)))
    assert {m.cue for m in seen} == {None}
    assert {m.wrong for m in seen} == {()}


def test_the_lifted_leg_of_a_single_leg_bridge_is_given_no_fault() -> None:
    judge = Judge(BRIDGE)
    seen = moments((raised_near_leg(s) for s in figure.sights([Lift(hold=2)] * 2)), judge)
    assert [rep.faults for rep in judge.found.reps] == [(), ()]
    assert {m.wrong for m in seen} == {()}


def test_filmed_from_the_front_nothing_is_invented() -> None:
    result = result_of(figure.sights([Lift(top=160)] * 3, camera=Camera(off_side=85)))
    assert all(rep.good for rep in result.reps)
    assert "camera_not_side" in [warn.key for warn in result.warnings]
