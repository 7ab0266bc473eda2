"""The overlay: there, legible, inside the picture, and right and wrong never by colour alone."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.body import Body
from formcheck.core.landmarks import LANDMARKS, Part
from formcheck.core.tracking import BodyTracker
from formcheck.exercises import find
from formcheck.io import overlay
from formcheck.io.overlay.style import Scale
from formcheck.io.overlay.text import Words, panel, width_of
from formcheck.session.moment import Cue, Moment
from tests import figure
from tests.figure import Camera

BRIDGE = find("bridge")
SIZES = [(160, 120), (640, 360), (361, 641), (854, 480), (1080, 1920), (3840, 2160)]


def moment(size: tuple[int, int] = (854, 480), hip: float = 160.0, **changes: object) -> Moment:
    body = BodyTracker().step(figure.pose(0.0, hip, camera=Camera(size=size)))
    plain = Moment(
        t=0.0,
        exercise=BRIDGE,
        body=body,
        values={"hip_angle_deg": hip, "knee_angle_deg": 80.0, "trunk_pitch_deg": 20.0, "head_pitch_deg": 50.0},
        phase="hold",
        reps=3,
        good_reps=2,
        wrong=(),
        cue=None,
        events=(),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def drawn(size: tuple[int, int], now: Moment, level: int = 128) -> np.ndarray:
    image = np.full((size[1], size[0], 3), level, np.uint8)
    overlay.draw(image, now)
    return image


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("level", [5, 128, 250], ids=["dark", "grey", "white"])
def test_the_body_shows_at_every_size_on_every_ground(size: tuple[int, int], level: int) -> None:
    now = moment(size)
    image = drawn(size, now, level)
    assert now.body is not None
    for part in (Part.SHOULDER, Part.HIP, Part.KNEE, Part.ANKLE):
        x, y = (round(value) for value in now.body.at(part) or (0, 0))
        around = image[max(0, y - 30) : y + 30, max(0, x - 30) : x + 30].astype(int)
        assert np.abs(around - level).max() > 60


def edges(image: np.ndarray) -> np.ndarray:
    grey = image.astype(int).sum(axis=2)
    return np.abs(np.diff(grey, axis=1)) > 90


@pytest.mark.parametrize("key", ["hips_low", "hips_high", "head_lifted", "feet_far", "feet_near"])
def test_wrong_differs_from_right_in_shape_too(key: str) -> None:
    right, wrong = drawn((854, 480), moment(hip=180)), drawn((854, 480), moment(hip=180, wrong=(key,)))
    lower = slice(200, 480)  # below the panels
    assert (edges(right)[lower] != edges(wrong)[lower]).sum() > 60


def test_at_the_top_the_arrow_points_where_the_hips_should_go() -> None:
    now_low, now_high = moment(hip=160), moment(hip=200)
    for now, upward in ((now_low, True), (now_high, False)):
        with_arrow, without = drawn((854, 480), now), drawn((854, 480), replace(now, phase="up"))
        changed = np.argwhere(np.abs(with_arrow.astype(int) - without).sum(axis=2) > 30)
        changed = changed[changed[:, 0] > 130]
        assert now.body is not None
        hip = now.body.at(Part.HIP)
        assert hip is not None
        assert bool(np.median(changed[:, 0]) < hip[1]) is upward


def test_in_line_there_is_no_arrow_but_a_tick() -> None:
    tick, low = drawn((854, 480), moment(hip=180)), drawn((854, 480), moment(hip=150))
    plain = drawn((854, 480), moment(hip=180, phase="up"))
    changed = (np.abs(tick.astype(int) - plain).sum(axis=2) > 30)[130:].sum()
    assert 30 < changed < (np.abs(low.astype(int) - plain).sum(axis=2) > 30)[130:].sum()


def test_what_is_not_known_is_not_written() -> None:
    unknown = {"hip_angle_deg": float("nan"), "knee_angle_deg": float("nan")}
    hold, up = drawn((854, 480), moment(values=unknown)), drawn((854, 480), moment(values=unknown, phase="up"))
    assert np.array_equal(hold[200:], up[200:])


def test_untrusted_joints_are_not_drawn() -> None:
    now = moment()
    assert now.body is not None
    points = list(now.body.points)
    at = points[Part.ANKLE.on("right")]
    assert at is not None
    for part in (Part.ANKLE, Part.TOE):
        points[part.on("right")] = None
    image = drawn((854, 480), replace(now, body=replace(now.body, points=tuple(points))))
    x, y = round(at[0]), round(at[1])
    assert (image[y - 8 : y + 8, x - 4 : x + 8] == 128).all()


def test_nobody_in_sight_is_said_and_nothing_else_is_drawn() -> None:
    image = drawn((854, 480), moment(body=None, phase=None, values={}))
    assert (image != 128).any(axis=2)[:, :250].sum() > 2000
    assert (image != 128).any(axis=2).mean() < 0.2


def test_the_cue_stays_clear_of_the_person() -> None:
    """A person low in the picture gets the words above, one high in the picture below."""
    now = moment(cue=Cue("hips_high", "not so high, keep the ribs down"))
    assert now.body is not None
    lifted = tuple(p and (p[0], p[1] - 220) for p in now.body.points)
    for body, rows in ((now.body, slice(0, 140)), (replace(now.body, points=lifted), slice(340, 480))):
        with_cue = drawn((854, 480), replace(now, body=body))
        without = drawn((854, 480), replace(now, body=body, cue=None))
        changed = (with_cue != without).any(axis=2)
        assert changed[rows].sum() > 0.95 * changed.sum() > 3000


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_words_fit_into_the_picture(size: tuple[int, int]) -> None:
    scale = Scale(*size)
    words = Words("A very long correction that nobody would ever want to read at once", scale.px(7.5))
    assert panel(((words,),), (255, 0, 0), size[0] - 2 * scale.margin).shape[1] <= size[0] - 2 * scale.margin
    assert width_of(words) > 0


def test_praise_and_correction_carry_different_signs() -> None:
    correct = drawn((854, 480), moment(cue=Cue("hips_low", "same words")))
    praise = drawn((854, 480), moment(cue=Cue("hips_low", "same words", praise=True)))
    assert (edges(correct) != edges(praise)).sum() > 20


coordinate = st.one_of(st.none(), st.tuples(st.floats(-1e5, 1e5), st.floats(-1e5, 1e5)))


@given(
    st.lists(coordinate, min_size=LANDMARKS, max_size=LANDMARKS),
    st.sampled_from(["rest", "up", "hold", "down", None]),
    st.floats(0, 360),
    st.sampled_from([(), ("hips_low",), ("head_lifted", "feet_far")]),
)
def test_no_body_whatever_breaks_it(points: list, phase: str | None, hip: float, wrong: tuple[str, ...]) -> None:
    body = Body(0.0, "left", True, tuple(points), 100.0)
    drawn((320, 240), moment(body=body, phase=phase, hip=170, values={"hip_angle_deg": hip}, wrong=wrong))


def test_the_same_moment_draws_the_same_picture() -> None:
    assert np.array_equal(drawn((640, 360), moment()), drawn((640, 360), moment()))
