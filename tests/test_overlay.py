"""What is drawn into the picture: where, in what shape, and that nothing else is touched."""

from dataclasses import replace
from math import nan
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.body import Body
from formcheck.core.frame import Image
from formcheck.core.geometry import Point
from formcheck.core.landmarks import LANDMARKS, Part
from formcheck.exercises.catalogue.bridge import EXERCISE
from formcheck.io import overlay
from formcheck.io.overlay import lines, text
from formcheck.io.overlay.style import TARGET, WRONG
from formcheck.session.moment import Cue, Moment

SIZES = [(160, 120), (161, 121), (640, 360), (641, 359), (854, 480), (480, 854), (1080, 1920), (3840, 2160)]
# shares of the picture: lying with the head to the left, hips short of the line
_PLACES = {
    Part.EAR: (0.20, 0.75), Part.SHOULDER: (0.27, 0.78), Part.ELBOW: (0.35, 0.82), Part.WRIST: (0.45, 0.84),
    Part.HIP: (0.50, 0.72), Part.KNEE: (0.66, 0.55), Part.ANKLE: (0.70, 0.80), Part.HEEL: (0.69, 0.82),
    Part.TOE: (0.76, 0.82),
}  # fmt: skip


def body(size: tuple[int, int] = (854, 480)) -> Body:
    points: list[Point | None] = [None] * LANDMARKS
    for part, (x, y) in _PLACES.items():
        points[part] = (x * size[0], y * size[1])
    points[0] = (0.19 * size[0], 0.70 * size[1])
    return Body(0.0, "left", head_right=False, points=tuple(points), trunk=0.25 * size[0])


def moment(person: Body | None, **changes: Any) -> Moment:
    values = {"hip_angle_deg": 150.0, "knee_angle_deg": 80.0} if person else {}
    plain = Moment(0.0, EXERCISE, person, values, "hold", 3, 2, (), None, ())
    return replace(plain, **changes)


def drawn(m: Moment, size: tuple[int, int] = (854, 480), ground: int = 128) -> Image:
    image = np.full((size[1], size[0], 3), ground, np.uint8)
    overlay.draw(image, m)
    return image


def changed(image: Image, ground: int = 128) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.asarray((image != ground).any(axis=2))


def has(image: Image, colour: tuple[int, int, int]) -> bool:
    return bool((image == colour).all(axis=2).any())


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("ground", [0, 128, 255], ids=["black", "grey", "white"])
def test_every_trusted_joint_is_marked_at_any_size_on_any_ground(size: tuple[int, int], ground: int) -> None:
    image = drawn(moment(body(size), phase="rest"), size, ground)
    touched = changed(image, ground)
    for part in (Part.SHOULDER, Part.HIP, Part.KNEE, Part.ANKLE):
        x, y = (int(share * edge) for share, edge in zip(_PLACES[part], size, strict=True))
        near = 5 + max(size) // 50  # the dot is white: on white only its halo shows
        assert touched[max(0, y - near) : y + near, max(0, x - near) : x + near].any(), part


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_most_of_the_picture_stays_as_it_was(size: tuple[int, int]) -> None:
    touched = changed(drawn(moment(body(size)), size))
    assert 0.005 < touched.mean() < 0.35
    assert not touched[int(0.90 * size[1]) :].any()  # under the mat is nothing to draw


def test_without_a_body_only_panels_at_the_top_are_drawn() -> None:
    touched = changed(drawn(moment(None, phase=None)))
    assert touched[:180].any()
    assert not touched[180:].any()


@pytest.mark.parametrize(
    "m",
    [
        pytest.param(moment(None, phase=None), id="not seen"),
        pytest.param(moment(body(), phase=None), id="not in position"),
        pytest.param(moment(body(), cue=Cue("hips_low", "lift a little higher")), id="correction"),
        pytest.param(moment(body(), cue=Cue("hips_low", "lift a little higher", praise=True)), id="praise"),
    ],
)
def test_each_kind_of_message_differs_without_colour(m: Moment) -> None:
    def grey(other: Moment) -> Image:
        return cv2.cvtColor(drawn(other), cv2.COLOR_RGB2GRAY)

    others = [
        moment(body()),
        moment(body(), phase=None, cue=Cue("x", "y")),
        moment(body(), cue=Cue("hips_low", "lift a little higher", praise=not (m.cue and m.cue.praise))),
    ]
    assert all((np.abs(grey(m).astype(int) - grey(other)) > 60).sum() > 30 for other in others)


@pytest.mark.parametrize("key", ["hips_low", "hips_high", "feet_far", "feet_near", "head_lifted"])
def test_wrong_is_another_shape_than_right(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # with the colour of wrong made that of right, what is left is the shape
    monkeypatch.setattr("formcheck.io.overlay.body.WRONG", (86, 200, 255))
    right, wrong = drawn(moment(body(), phase="rest")), drawn(moment(body(), phase="rest", wrong=(key,)))
    assert changed(np.abs(right.astype(int) - wrong).astype(np.uint8), 0).sum() > 80


def test_a_fault_colours_only_what_it_concerns() -> None:
    assert not has(drawn(moment(body(), phase="rest")), WRONG)
    image = drawn(moment(body(), phase="rest", wrong=("feet_far",)))
    columns = (image == WRONG).all(axis=2).any(axis=0).nonzero()[0]
    assert columns.min() > 0.6 * 854


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param(150.0, ["30° higher"], id="low"),
        pytest.param(196.0, ["16° lower"], id="high"),
        pytest.param(172.0, ["in line"], id="in line though drawn below it"),
        pytest.param(168.0, ["in line"], id="just in line"),
        pytest.param(nan, [], id="not known"),
    ],
)
def test_advice_follows_the_reported_angle(value: float, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    arrows: list[Point] = []
    monkeypatch.setattr("formcheck.io.overlay.guide._words", lambda t, _: said.append(t) or text.Words(t, 20))
    real = lines.arrow
    monkeypatch.setattr(lines, "arrow", lambda *a: arrows.append((a[1][1], a[2][1])) or real(*a))
    drawn(moment(body(), values={"hip_angle_deg": value}))
    assert said == words
    assert len(arrows) == ("°" in "".join(words))
    for tail, tip in arrows:
        assert (tip < tail) == ("higher" in words[0])


def test_no_check_mark_beside_the_fault_of_the_same_angle(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("formcheck.io.overlay.guide._words", lambda t, _: said.append(t) or text.Words(t, 20))
    drawn(moment(body(), values={"hip_angle_deg": 172.0}, wrong=("hips_low",)))
    assert said == []


@pytest.mark.parametrize(("phase", "shown"), [("rest", False), ("up", True), ("hold", True), ("down", True)])
def test_the_line_to_reach_is_shown_while_moving(phase: str, shown: bool) -> None:
    assert has(drawn(moment(body(), phase=phase))[200:], TARGET) == shown


@pytest.mark.parametrize("part", list(_PLACES))
def test_a_joint_that_is_not_trusted_is_not_drawn(part: Part) -> None:
    points = list(body().points)
    points[part] = None
    drawn(moment(replace(body(), points=tuple(points)), wrong=("hips_low", "head_lifted", "feet_far")))


def test_words_go_below_somebody_who_lies_at_the_top() -> None:
    high = body()
    points = tuple(None if p is None else (p[0], p[1] - 240) for p in high.points)
    touched = changed(drawn(moment(replace(high, points=points), phase="rest", cue=Cue("x", "lift a little higher"))))
    assert touched[400:].any()


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize(
    "say", ["rest your head", "a rather long sentence that has to go on more than one line, it has"]
)
def test_words_keep_a_margin_to_the_edges(size: tuple[int, int], say: str) -> None:
    image = drawn(moment(body(size), phase="rest", reps=128, good_reps=117, cue=Cue("x", say)), size)
    touched = changed(image)
    assert not touched[:, -1].any()
    assert not touched[0].any()
    assert not touched[-1].any()


@pytest.mark.parametrize("most", [40, 90, 300, 2000])
def test_a_panel_is_never_wider_than_it_may_be(most: int) -> None:
    sheet = text.panel(((text.Words("Not so high, keep the ribs down 12°", 60),),), most, text.Sign("correct", WRONG))
    assert sheet.size[0] <= most


def test_type_is_made_smaller_rather_than_cut() -> None:
    line = text.Words("Not so high, keep the ribs down", 40)
    sheet = text.panel(((line,),), 300)
    # nothing of the letters reaches the panel's right edge
    assert (sheet.adds[:, -3:] < 40).all()


def test_the_counter_does_not_jump_with_the_phase() -> None:
    def right_edge(phase: str) -> int:
        return int(changed(drawn(moment(body(), phase=phase)))[:60].any(axis=0).nonzero()[0].max())

    assert len({right_edge(phase) for phase in ("rest", "up", "hold", "down")}) == 1


def test_the_same_moment_draws_the_same_picture() -> None:
    m = moment(body(), wrong=("hips_low",), cue=Cue("hips_low", "lift a little higher"))
    assert (drawn(m) == drawn(m)).all()


_PLACE = st.none() | st.tuples(*2 * [st.floats(-1e7, 1e7, allow_nan=False)])


@given(
    points=st.lists(_PLACE, min_size=LANDMARKS, max_size=LANDMARKS),
    value=st.floats(-400, 400) | st.just(nan),
    phase=st.sampled_from(["rest", "up", "hold", "down", None]),
    wrong=st.lists(st.sampled_from([rule.key for rule in EXERCISE.rules]), unique=True),
    head_right=st.booleans(),
)
def test_it_never_fails(
    points: list[Point | None], value: float, phase: Any, wrong: list[str], head_right: bool
) -> None:
    person = Body(0.0, "right", head_right=head_right, points=tuple(points), trunk=50.0)
    m = moment(person, values={"hip_angle_deg": value}, phase=phase, wrong=tuple(wrong), cue=Cue("x", "lift"))
    drawn(m, (320, 181))
