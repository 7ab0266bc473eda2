from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from formcheck.core.pose import Sight
from formcheck.exercises import find
from formcheck.exercises.vocabulary import Dose
from formcheck.session.coaching import Urgency
from formcheck.session.live import LiveSession
from formcheck.session.moment import Moment
from tests.figure import Camera, Lift, pose, sights
from tests.lying import FLAT, Leg, Stretch, stretches

BEFORE = 6.0
"""Seconds of lying still before the first movement: set-up, and the countdown."""
LOW = Lift(top=160.0)


def film(*parts: Iterable[Sight], fps: float = 25.0) -> Iterator[Sight]:
    """One after another, in time."""
    t = 0.0
    for part in parts:
        begin = t
        for sight in part:
            t = begin + sight.t
            yield replace(sight, t=t, pose=sight.pose and replace(sight.pose, t=t))
        t += 1 / fps


def nobody(seconds: float) -> Iterator[Sight]:
    return (Sight(i / 25, None) for i in range(int(seconds * 25)))


def lying(seconds: float, **kwargs) -> Iterator[Sight]:
    return (Sight(i / 25, pose(i / 25, **kwargs)) for i in range(int(seconds * 25)))


def later(moments: list[Moment], part: Iterable[Sight]) -> Iterator[Sight]:
    """What follows upon these moments."""
    begin = moments[-1].t + 0.04
    return (replace(s, t=s.t + begin, pose=s.pose and replace(s.pose, t=s.t + begin)) for s in part)


def blind(seconds: float) -> Iterator[Sight]:
    """No picture: the camera is away."""
    return (Sight(i / 5, None, blind=True) for i in range(int(seconds * 5)))


def upright(seconds: float) -> Iterator[Sight]:
    """Sitting up: the picture of somebody who lies, turned by a quarter."""
    for i in range(int(seconds * 25)):
        posed = pose(i / 25)
        x, y = (posed.xy - posed.xy[23]).T
        yield Sight(i / 25, replace(posed, xy=posed.xy[23] + 0.5 * np.column_stack((-y, x))))


def bridges(*lifts: Lift, before: float = BEFORE) -> Iterator[Sight]:
    return sights(lifts, before=before, fps=15.0)


def coached(session: LiveSession, seen: Iterable[Sight]) -> list[Moment]:
    moments = []
    for sight in seen:
        moments.append(session.step(sight))
        if session.over:
            break
    return moments


def said(moments: Iterable[Moment]) -> list[str]:
    return [say.key for moment in moments if moment.coaching for say in moment.coaching.says]


def when(moments: Iterable[Moment], key: str) -> list[float]:
    return [m.t for m in moments if m.coaching for say in m.coaching.says if say.key == key]


def stages(moments: Iterable[Moment]) -> list[str]:
    every = [moment.coaching.stage for moment in moments if moment.coaching]
    return [every[0], *(b for a, b in pairwise(every) if a != b)]


def numbers(moments: Iterable[Moment]) -> list[int]:
    return [say.values["n"] for m in moments if m.coaching for say in m.coaching.says if say.key == "coach.rep"]


class TestBeginning:
    def test_goes_from_set_up_over_the_countdown_into_the_set(self) -> None:
        moments = coached(LiveSession(find("bridge")), lying(6.0))

        assert stages(moments) == ["setup", "countdown", "set"]
        assert said(moments) == ["setup.ready", *["coach.countdown"] * 3, "coach.go"]

    def test_the_countdown_takes_its_seconds(self) -> None:
        moments = coached(LiveSession(find("bridge")), lying(6.0))
        three, two, one = when(moments, "coach.countdown")

        assert (two - three, one - two, when(moments, "coach.go")[0] - one) == pytest.approx((1, 1, 1), abs=0.05)

    def test_does_not_begin_while_nobody_lies_there(self) -> None:
        moments = coached(LiveSession(find("bridge")), film(nobody(8.0), upright(5.0)))

        assert stages(moments) == ["setup"]
        assert said(moments)[0] == "setup.nobody"
        assert "setup.lie_down" in said(moments)

    def test_repeats_a_hint_but_not_all_the_time(self) -> None:
        moments = coached(LiveSession(find("bridge")), nobody(20.0))

        assert len(when(moments, "setup.nobody")) == 4
        assert all(b - a > 5.9 for a, b in pairwise(when(moments, "setup.nobody")))

    def test_who_moves_during_the_countdown_is_counted_down_again(self) -> None:
        moments = coached(LiveSession(find("bridge")), bridges(Lift(), before=2.0))

        assert stages(moments)[:3] == ["setup", "countdown", "setup"]
        assert not numbers(moments)

    def test_who_gets_up_before_anything_was_done_begins_anew(self) -> None:
        moments = coached(LiveSession(find("bridge")), film(lying(6.0), upright(5.0), lying(6.0)))

        assert stages(moments) == ["setup", "countdown", "set", "setup", "countdown", "set"]

    def test_says_a_caution_as_the_stretch_begins(self) -> None:
        moments = coached(LiveSession(find("towel_stretch")), stretches([Stretch()], before=6.0, end=5.5))

        assert said(moments)[-2:] == ["coach.go", "exercise.towel_stretch.caution"]
        last = moments[-1].coaching or moments[-2].coaching
        assert last is not None
        assert all(say.urgency is Urgency.STAGE for say in last.says)  # or "begin" would wait until it is stale


class TestRepetitions:
    def test_speaks_every_number_as_it_is_done(self) -> None:
        moments = coached(LiveSession(find("bridge")), bridges(*[Lift()] * 4))

        assert numbers(moments) == [1, 2, 3, 4]

    def test_counts_as_a_recording_of_the_same_does(self) -> None:
        session = LiveSession(find("bridge"))
        coached(session, bridges(Lift(), LOW, Lift(), Lift(up=0.5, down=0.5)))
        result = session.finish()

        assert [[fault.key for fault in rep.faults] for rep in result.reps] == [[], ["hips_low"], [], ["too_fast"]]

    def test_breathes_along_at_first_and_after_a_correction(self) -> None:
        moments = coached(LiveSession(find("bridge")), bridges(*[Lift()] * 5, LOW, *[Lift()] * 2))
        up = when(moments, "exercise.bridge.breath.up")
        low = when(moments, "exercise.bridge.fault.hips_low.say")

        assert len([t for t in up if t < low[0]]) == 3
        assert len([t for t in up if t > low[0]]) == 0
        assert when(moments, "exercise.bridge.breath.down")[-1] > low[0]

    def test_a_correction_is_said_while_it_can_be_followed_and_praised_when_it_was(self) -> None:
        moments = coached(LiveSession(find("bridge")), bridges(Lift(), LOW, Lift(), Lift()))

        assert said(moments).count("exercise.bridge.fault.hips_low.say") == 1
        assert "coach.praise_1" in said(moments)

    def test_safety_is_more_urgent_than_form(self) -> None:
        moments = coached(LiveSession(find("bridge")), bridges(Lift(top=200.0), LOW))
        urgency = {say.key: say.urgency for m in moments if m.coaching for say in m.coaching.says}

        assert urgency["exercise.bridge.fault.hips_high.say"] is Urgency.SAFETY
        assert urgency["exercise.bridge.fault.hips_low.say"] is Urgency.CUE

    def test_ends_at_the_larger_number(self) -> None:
        session = LiveSession(find("bridge"), Dose(reps=(2, 3)))
        moments = coached(session, bridges(*[Lift()] * 5))

        assert session.over
        assert numbers(moments) == [1, 2, 3]
        assert said(moments)[-3:] == ["coach.complete", "coach.sum_reps", "coach.sum_all_good"]
        assert "coach.enough" in said(moments)

    def test_ends_when_somebody_who_has_done_enough_rests(self) -> None:
        session = LiveSession(find("bridge"), Dose(reps=(2, 5)))
        moments = coached(session, bridges(Lift(), Lift(rest=20.0)))

        assert session.over
        assert 8 <= when(moments, "coach.complete")[0] - when(moments, "coach.rep")[-1] < 10

    def test_waits_for_somebody_who_rests_before_that(self) -> None:
        session = LiveSession(find("bridge"), Dose(reps=(3, 5)))
        coached(session, bridges(Lift(), Lift(rest=20.0)))

        assert not session.over

    def test_ends_when_the_person_gets_up(self) -> None:
        session = LiveSession(find("bridge"))
        moments = coached(session, film(bridges(Lift(), LOW), upright(5.0)))

        assert session.over
        assert said(moments)[-4:] == ["coach.up", "coach.sum_reps", "coach.sum_good", "coach.sum_next_time"]


class TestHolds:
    HOLD = Stretch(hold=24.0, rest=6.0)

    def test_the_clock_is_spoken(self) -> None:
        moments = coached(
            LiveSession(find("towel_stretch"), Dose(hold_s=(15, 24), each_leg=1)),
            stretches([replace(self.HOLD, hold=26.0)], before=6.0),
        )
        seconds = when(moments, "coach.seconds")

        assert [k for k in said(moments) if k in ("coach.hold", "coach.half", "coach.relax")] == [
            "coach.hold", "coach.half", "coach.relax",
        ]  # fmt: skip
        assert len(seconds) == 10
        assert all(b - a == pytest.approx(1.0, abs=0.11) for a, b in pairwise(seconds))
        assert when(moments, "coach.relax")[0] - seconds[-1] == pytest.approx(1.0, abs=0.11)

    def test_a_bent_knee_stops_the_clock_aloud(self) -> None:
        bend = replace(self.HOLD, bend=lambda s: 35.0 if 8 < s < 13 else 0.0)
        moments = coached(LiveSession(find("towel_stretch")), stretches([bend], before=6.0))
        keys = [k for k in said(moments) if "clock" in k or "knee_bent" in k]

        assert keys == ["coach.clock_stopped", "exercise.towel_stretch.fault.knee_bent.say", "coach.clock_on"]

    @pytest.mark.parametrize(
        ("legs", "asked", "then"),
        [
            pytest.param(["near"], (), "coach.again_right", id="the_same_leg_once_more"),
            pytest.param(["near", "near"], (), "coach.next_left", id="then_the_other"),
            pytest.param(["near", "near", "far"], (), "coach.again_left", id="which_is_told_apart"),
            pytest.param(["near", "near"], ("right",), "coach.complete", id="one_leg_prescribed"),
            pytest.param(["near", "near", "far", "far"], (), "coach.complete", id="both_done"),
        ],
    )
    def test_says_which_leg_is_next(self, legs: list[str], asked: tuple, then: str) -> None:
        session = LiveSession(find("knee_to_chest"), legs=asked)
        film = stretches(
            [Stretch(to=Leg(115.0, 60.0), hold=20.5, leg=leg) for leg in legs],
            resting=Leg(),
            other=Leg(),
            before=6.0,
            fps=10.0,
        )
        moments = coached(session, film)
        after = [k for k in said(moments) if k.split("_")[0] in ("coach.again", "coach.next", "coach.complete")]

        assert after[-1] == then

    def test_rests_between_two_holds_as_long_as_is_prescribed(self) -> None:
        session = LiveSession(find("towel_stretch"), Dose(hold_s=(5, 8), each_leg=2), between_s=4.0)
        moments = coached(session, stretches([replace(self.HOLD, hold=9.0)], before=6.0))
        (let_go,), (again,) = when(moments, "coach.rest"), when(moments, "coach.again_right")

        assert again - let_go == pytest.approx(4.0, abs=0.1)

    def test_who_begins_sooner_is_not_told_to(self) -> None:
        session = LiveSession(find("towel_stretch"), Dose(hold_s=(5, 8), each_leg=3), between_s=9.0)
        moments = coached(session, stretches([replace(self.HOLD, hold=9.0)] * 2, before=6.0))

        assert "coach.rest" in said(moments)
        assert "coach.again_right" not in said(moments)

    def test_a_short_hold_of_a_leg_that_is_done_is_not_asked_for_again(self) -> None:
        session = LiveSession(find("towel_stretch"), Dose(hold_s=(5, 8), each_leg=1))
        film = stretches([replace(self.HOLD, hold=8.0), replace(self.HOLD, hold=3.0)], before=6.0)
        moments = coached(session, film)

        assert [k for k in said(moments) if "_left" in k or "_right" in k] == ["coach.next_left"] * 2

    def test_a_hold_that_is_too_short_is_asked_for_again(self) -> None:
        session = LiveSession(find("towel_stretch"), Dose(hold_s=(20, 30), each_leg=1))
        moments = coached(session, stretches([replace(self.HOLD, hold=8.0)], before=6.0))

        assert said(moments)[-1] == "coach.again_right"
        assert not session.over


class TestSight:
    def test_says_that_nobody_is_seen_and_goes_on_afterwards(self) -> None:
        session = LiveSession(find("bridge"))
        moments = coached(session, film(bridges(Lift()), nobody(10.0), bridges(Lift(), before=3.0)))

        assert said(moments).count("coach.lost") == 2
        assert said(moments).count("coach.found") == 1
        assert numbers(moments) == [1, 2]

    def test_ends_when_the_person_is_gone(self) -> None:
        session = LiveSession(find("bridge"))
        coached(session, film(bridges(Lift()), nobody(20.0)))

        assert session.over

    def test_without_a_camera_nobody_is_gone_and_nobody_is_asked_to_lie_down(self) -> None:
        session = LiveSession(find("bridge"), Dose(reps=(1, 3)))
        moments = coached(session, film(bridges(Lift()), blind(60.0), bridges(Lift(), before=3.0)))

        assert numbers(moments) == [1, 2]
        assert "coach.lost" not in said(moments)
        assert "coach.found" in said(moments)

        setting_up = LiveSession(find("bridge"))
        assert said(coached(setting_up, blind(10.0))) == []

    def test_looks_at_the_camera_again_when_it_was_moved(self) -> None:
        moved = Camera(off_side=25.0)
        session = LiveSession(find("bridge"))
        moments = coached(session, film(bridges(Lift()), lying(6.0, camera=moved, head_right=True)))

        assert said(moments)[-2:] == ["setup.moved", "setup.turn_head"] or "setup.turn_head" in said(moments)
        assert moments[-1].coaching is not None
        assert (moments[-1].coaching.stage, moments[-1].coaching.hint) == ("set", "turn_head")
        assert len(moments[-1].done) == 1


class TestPause:
    def test_nothing_counts_in_a_pause_and_the_count_is_kept(self) -> None:
        session, moments = LiveSession(find("bridge")), []
        for i, part in enumerate((bridges(Lift()), bridges(Lift(), before=1.0), bridges(Lift(), before=3.0))):
            (session.resume if i == 2 else session.pause)() if i else None
            begin = moments[-1].t + 0.04 if moments else 0.0
            moments += coached(session, (replace(s, t=s.t + begin, pose=replace(s.pose, t=s.t + begin)) for s in part))

        assert numbers(moments) == [1, 2]
        assert stages(moments) == ["setup", "countdown", "set", "paused", "set"]
        assert [k for k in said(moments) if k in ("coach.paused", "coach.resumed")] == ["coach.paused", "coach.resumed"]

    def test_after_a_pause_in_the_countdown_it_begins_only_with_somebody_in_position(self) -> None:
        session = LiveSession(find("bridge"))
        moments = coached(session, lying(2.5))
        session.pause()
        moments += coached(session, later(moments, upright(8.0)))
        session.resume()
        moments += coached(session, later(moments, upright(4.0)))
        assert stages(moments) == ["setup", "countdown", "paused", "setup"]

        moments += coached(session, later(moments, lying(6.0)))
        assert stages(moments)[-3:] == ["setup", "countdown", "set"]
        assert said(moments).count("coach.go") == 1

    @pytest.mark.parametrize("meanwhile", [upright, lying, nobody])
    def test_who_pauses_by_key_has_time_to_lie_down_again(self, meanwhile) -> None:
        session = LiveSession(find("bridge"), Dose(reps=(1, 3)))
        moments = coached(session, bridges(Lift()))
        moments += coached(session, later(moments, upright(2.0)))
        session.pause()
        moments += coached(session, later(moments, meanwhile(20.0)))
        session.resume()
        moments += coached(session, later(moments, upright(6.0)))
        moments += coached(session, later(moments, bridges(Lift(), before=6.0)))
        assert numbers(moments) == [1, 2]

        moments += coached(session, later(moments, upright(4.0)))
        assert "coach.up" in said(moments)

    def test_who_stays_up_after_a_pause_has_ended_it(self) -> None:
        session = LiveSession(find("bridge"))
        moments = coached(session, bridges(Lift()))
        session.pause()
        session.resume()
        moments += coached(session, later(moments, upright(70.0)))

        assert session.over

    def test_a_hold_that_was_long_enough_is_told_after_the_pause(self) -> None:
        session = LiveSession(find("towel_stretch"))
        film = stretches([Stretch(hold=26.0)], before=6.0)
        moments = coached(session, (sight for sight in film if sight.t < 31.0))
        session.pause()
        moments += coached(session, later(moments, lying(3.0)))
        session.resume()
        moments += coached(session, later(moments, lying(3.0)))

        assert len(moments[-1].done) == 1
        assert "coach.held" in said(moments)
        assert "coach.found" not in said(moments)

    def test_ends_when_asked_to_with_a_summary(self) -> None:
        session = LiveSession(find("bridge"))
        moments = coached(session, bridges(Lift()))
        session.end()
        last = session.step(Sight(moments[-1].t + 0.04, None))

        assert session.over
        assert said([last]) == ["coach.over", "coach.sum_rep", "coach.sum_all_good"]
        assert len(session.finish().reps) == 1

    def test_ended_before_it_began_there_is_nothing_to_sum_up(self) -> None:
        session = LiveSession(find("bridge"))
        session.end()
        last = session.step(Sight(0.0, None))

        assert said([last]) == ["coach.over"]
        assert not session.finish().done


class TestRecognition:
    def test_names_the_exercise_once_it_is_known_and_counts_on(self) -> None:
        session = LiveSession(None)
        moments = coached(session, bridges(*[Lift()] * 3))
        keys = said(moments)

        assert keys.count("coach.recognised") == 1
        assert keys.index("coach.recognised") < keys.index("coach.rep")
        assert numbers(moments) == [1, 2, 3]

    def test_says_nothing_of_what_is_none_of_ours(self) -> None:
        session = LiveSession(None)
        moments = coached(session, lying(20.0))

        assert said(moments)[-1] == "coach.go"


@pytest.mark.parametrize("resting", [FLAT, Leg()], ids=["leg_flat", "knees_bent"])
def test_a_stretch_begins_from_either_resting_leg(resting: Leg) -> None:
    moments = coached(LiveSession(find("towel_stretch")), stretches([Stretch(hold=5.0)], resting=resting, before=6.0))

    assert "coach.hold" in said(moments)
