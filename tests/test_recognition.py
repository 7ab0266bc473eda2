"""Which exercise it is, found from the movement; and recordings of several, one after another."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from formcheck.core.pose import Sight
from formcheck.session.moment import Moment
from formcheck.session.session import Session
from formcheck.session.summary import Result
from tests import figure, lying
from tests.figure import Lift
from tests.lying import Leg, Rock, Stretch

Film = Callable[[], Iterator[Sight]]

FILMS: dict[str, Film] = {
    "bridge": lambda: figure.sights([Lift()] * 3),
    "pelvic_tilt": lambda: lying.rocks([Rock()] * 3),
    "towel_stretch": lambda: lying.stretches([Stretch()] * 2),
    "knee_to_chest": lambda: lying.stretches([Stretch(to=Leg(120, 52))] * 2, resting=Leg()),
}
DONE = {"bridge": 3, "pelvic_tilt": 3, "towel_stretch": 2, "knee_to_chest": 2}


def one_after_another(*films: Film) -> Iterator[Sight]:
    """The films, with a second between in which nobody is seen."""
    offset, seed, t = 0.0, 0, 0.0
    for film in films:
        seed += 10
        for sight in film():
            t = offset + sight.t
            texture = sight.texture and replace(sight.texture, seed=sight.texture.seed + seed)
            yield replace(sight, t=t, pose=sight.pose and replace(sight.pose, t=t), texture=texture)
        yield from (Sight(t + 0.1 * i, None) for i in range(1, 12))
        offset = t + 1.2


def watched(sights: Iterator[Sight]) -> tuple[Result, list[Moment]]:
    session = Session(None)
    moments = [session.step(sight) for sight in sights]
    return session.finish(), moments


@pytest.mark.parametrize("key", FILMS)
def test_an_exercise_is_named_within_its_first_rep_or_hold(key: str) -> None:
    result, moments = watched(FILMS[key]())
    assert result.exercise is not None
    assert (result.exercise.key, result.recognised, result.segments) == (key, True, ())
    assert len(result.done) == DONE[key]
    first = next(m for m in moments if m.certain)
    assert first.exercise.key == key
    assert first.t <= result.done[0].end + 1.0


@pytest.mark.parametrize(
    "film",
    [
        pytest.param(lambda: figure.sights(end=8.0, before=10), id="lies still"),
        pytest.param(lambda: figure.sights([Lift(top=140, up=0.7, down=0.7)] * 4), id="shifts about"),
        pytest.param(lambda: lying.rocks([Rock(along=0.0)] * 4, breath=0.012), id="breathes"),
        pytest.param(lambda: lying.stretches([Stretch(hold=0.0, up=0.8, down=0.8)] * 4), id="swings a leg"),
        pytest.param(lambda: figure.presses([figure.Press()] * 3), id="an exercise kept out of recognition"),
    ],
)
def test_what_is_none_of_ours_is_not_guessed(film: Film) -> None:
    result, moments = watched(film())
    assert (result.exercise, result.recognised, result.done, result.unfinished) == (None, False, (), ())
    assert [warn.key for warn in result.warnings] == ["not_recognised"]
    assert not any(moment.certain for moment in moments)


def test_a_knee_drawn_up_to_put_the_towel_on_is_no_exercise_of_its_own() -> None:
    on, up = Leg(105, 60), Leg(72, 172)
    result, _ = watched(
        lying.posed([(0, Leg()), (1.5, Leg()), (3, on), (9, on), (11, up), (33, up), (35, Leg()), (37, Leg())])
    )
    assert [part.exercise and part.exercise.key for part in result.parts] == ["towel_stretch"]
    assert len(result.holds) == 1


def test_a_knee_drawn_up_for_a_moment_between_bridges_is_no_segment() -> None:
    scratch: Film = lambda: lying.posed(  # noqa: E731
        [(0, Leg()), (1.5, Leg()), (2.2, Leg(100, 60)), (2.9, Leg(100, 60)), (3.6, Leg()), (6, Leg())]
    )
    assert watched(scratch())[0].exercise is None
    result, _ = watched(one_after_another(FILMS["bridge"], scratch, FILMS["bridge"]))
    assert [part.exercise and part.exercise.key for part in result.parts] == ["bridge"]


@pytest.mark.parametrize("key", ["towel_stretch", "knee_to_chest"])
@pytest.mark.parametrize(
    ("begin", "end", "missing"), [pytest.param(0, 12, "lowering", id="ends"), pytest.param(9, 30, "lift", id="begins")]
)
def test_a_recording_that_ends_or_begins_in_its_only_hold(key: str, begin: float, end: float, missing: str) -> None:
    result, _ = watched(lying.cut(FILMS[key](), begin, end))
    assert result.exercise is not None
    assert (result.exercise.key, result.done) == (key, ())
    assert [each.missing for each in result.unfinished] == [missing]


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(("bridge", "towel_stretch", "pelvic_tilt"), id="three"),
        pytest.param(("pelvic_tilt", "bridge"), id="a tilt before a bridge"),
        pytest.param(("knee_to_chest", "towel_stretch"), id="two stretches"),
        pytest.param(("bridge", "knee_to_chest", "bridge"), id="the same again after another"),
    ],
)
def test_several_exercises_are_segments_each_judged_as_its_own(keys: tuple[str, ...]) -> None:
    result, moments = watched(one_after_another(*(FILMS[key] for key in keys)))
    assert [part.exercise and part.exercise.key for part in result.segments] == list(keys)
    assert [len(part.done) for part in result.segments] == [DONE[key] for key in keys]
    for part in result.segments:
        assert [each.number for each in part.done] == list(range(1, len(part.done) + 1))
        assert all(part.series.t[0] <= each.start <= each.end <= part.series.t[-1] for each in part.done)
    for before, after in pairwise(result.segments):
        assert before.exercise is not after.exercise
        assert before.series.t[-1] < after.series.t[0]
    assert sum(len(part.series.t) for part in result.segments) == len(moments)
    assert result.exercise is result.segments[0].exercise
    assert result.done == result.segments[0].done


def test_one_exercise_never_splits() -> None:
    result, _ = watched(one_after_another(FILMS["bridge"], FILMS["bridge"]))
    assert (result.segments, len(result.reps)) == ((), 6)


def test_fidgeting_between_bridges_is_no_segment() -> None:
    fidget: Film = lambda: lying.rocks([Rock()])  # noqa: E731
    result, _ = watched(one_after_another(FILMS["bridge"], fidget, FILMS["bridge"]))
    assert [part.exercise and part.exercise.key for part in result.parts] == ["bridge"]


@pytest.mark.parametrize("other", ["towel_stretch", "pelvic_tilt"])
@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_a_single_bridge_beside_another_exercise_is_a_segment(other: str, first: bool) -> None:
    films = [lambda: figure.sights([Lift()]), FILMS[other]]
    result, _ = watched(one_after_another(*(films if first else films[::-1])))
    found = [(part.exercise and part.exercise.key, len(part.done)) for part in result.parts]
    assert found == [("bridge", 1), (other, DONE[other])][:: 1 if first else -1]


def test_while_another_exercise_is_done_the_overlay_follows_it() -> None:
    _, moments = watched(one_after_another(FILMS["bridge"], FILMS["towel_stretch"]))
    assert moments[-1].exercise.key == "towel_stretch"
    named = [moment.exercise.key for moment in moments if moment.certain]
    assert list(dict.fromkeys(named)) == ["bridge", "towel_stretch"]


@pytest.mark.parametrize(("leg", "expected"), [("near", []), ("far", ["far_leg"])])
def test_a_far_leg_is_timed_with_a_warning(leg: str, expected: list[str]) -> None:
    result, _ = watched(lying.stretches([Stretch(leg=leg)] * 2))
    assert [warn.key for warn in result.warnings] == expected


@pytest.mark.parametrize("leg", ["near", "far"])
def test_in_a_stretch_the_angles_kept_are_those_of_the_working_leg(leg: str) -> None:
    result, _ = watched(lying.stretches([Stretch(leg=leg)] * 2))
    by_time = dict(zip(result.series.t, result.series.values["leg_elevation_deg"], strict=True))
    assert by_time[1.0] == pytest.approx(10, abs=3)
    assert by_time[10.0] == pytest.approx(77, abs=3)
