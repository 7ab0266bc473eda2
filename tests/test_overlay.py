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
from formcheck.core.events import Fault, Hold, HoldFinished, Legs, Rep, RepFinished
from formcheck.core.frame import Frame, Image
from formcheck.core.geometry import Point
from formcheck.core.landmarks import LANDMARKS, Part
from formcheck.core.pose import Sight
from formcheck.core.signals import HIP_ANGLE, KNEE_ANGLE, LEG_ELEVATION
from formcheck.core.watcher import Watcher
from formcheck.exercises import all_exercises, find
from formcheck.exercises.catalogue.bridge import EXERCISE
from formcheck.exercises.vocabulary import Exercise
from formcheck.io import overlay
from formcheck.io.overlay import clock, counter, gauge, lines, place, text
from formcheck.io.overlay.style import DIM, PRAISE, TARGET, WRONG, Scale
from formcheck.io.report.stills import Stills, key_of
from formcheck.session.following import HoldNow
from formcheck.session.judge import Judge
from formcheck.session.moment import Cue, Moment
from formcheck.session.summary import Result, Series
from tests.figure import Lift, sights

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
    plain = Moment(0.0, EXERCISE, person, values, "hold", (rep(1), rep(2), rep(3, "hips_low")), (), None, ())
    return replace(plain, **changes)


def rep(number: int, *faults: str, start: float | None = None) -> Rep:
    at = 4.0 * number if start is None else start
    return Rep(number, at, at + 1.4, at + 1.5, at + 1.6, at + 3, 120.0, {}, _faults(faults, at))


def hold(number: int, side: Legs, *faults: str, start: float | None = None, held: float = 22.0) -> Hold:
    at = 40.0 * number if start is None else start
    return Hold(number, side, at, at + held, held, {}, _faults(faults, at))


def _faults(keys: tuple[str, ...], t: float) -> tuple[Fault, ...]:
    return tuple(Fault(key, t, "do it otherwise") for key in keys)


# a leg stretched up from the hip at 60 degrees, the other one bent
_RAISED = {Part.KNEE: (0.60, 0.41), Part.ANKLE: (0.70, 0.10), Part.HEEL: (0.69, 0.12), Part.TOE: (0.66, 0.07)}


def stretch(key: str = "towel_stretch", side: str = "left", *, head_right: bool = False, **changes: Any) -> Moment:
    """A moment of a stretch, seen from the left, with one leg raised."""
    person = body()
    points = list(person.points)
    far = side == "right"
    for part in Part:
        points[part + 1] = points[part]
    for part, (x, y) in _RAISED.items():
        points[part + far] = (x * 854, y * 480)
    if head_right:
        points = [None if p is None else (854 - p[0], p[1]) for p in points]
    person = replace(person, points=tuple(points), head_right=head_right, works_far=far)
    values = {LEG_ELEVATION.key: 60.0, HIP_ANGLE.key: 70.0, KNEE_ANGLE.key: 175.0}
    plain = Moment(0.0, find(key), person, values, "hold", (), (), None, (), HoldNow(side, 12.4, True))
    return replace(plain, **changes)


def tilted(value: float, error: float = 3.0, *, head_right: bool = False, **changes: Any) -> Moment:
    person = replace(body(), head_right=head_right)
    values = {"pelvic_tilt_deg": value, "pelvic_tilt_error_deg": error}
    plain = Moment(0.0, find("pelvic_tilt"), person, values, "hold", (), (), None, ())
    return replace(plain, **changes)


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything that is written into panels, in order."""
    said: list[str] = []
    real = text.panel

    def panel(rows: text.Lines, *args: Any, **options: Any) -> Any:
        said.extend(" ".join(run.text for run in row) for row in rows)
        if args[1:] and args[1] is not None:
            said.append(f"<{args[1].icon}>")
        return real(rows, *args, **options)

    for module in ("clock", "counter", "gauge", "guide", "leg", "panels"):
        monkeypatch.setattr(f"formcheck.io.overlay.{module}.panel", panel)
    return said


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
    many = tuple(rep(n, *(["hips_low"] if n > 117 else [])) for n in range(1, 129))
    image = drawn(moment(body(size), phase="rest", done=many, cue=Cue("x", say)), size)
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
    exercise=st.sampled_from(all_exercises()),
    value=st.floats(-400, 400) | st.just(nan),
    phase=st.sampled_from(["rest", "up", "hold", "down", None]),
    faulty=st.booleans(),
    head_right=st.booleans(),
    works_far=st.booleans(),
    held=st.none() | st.floats(0, 1e5),
    certain=st.booleans(),
)
def test_it_never_fails(
    points: list[Point | None],
    exercise: Exercise,
    value: float,
    phase: Any,
    faulty: bool,
    head_right: bool,
    works_far: bool,
    held: float | None,
    certain: bool,
) -> None:
    person = Body(0.0, "right", head_right=head_right, points=tuple(points), trunk=50.0, works_far=works_far)
    m = moment(
        person,
        exercise=exercise,
        values={signal.key: value for signal in exercise.shown},
        phase=phase,
        done=(),
        wrong=tuple(rule.key for rule in exercise.rules) if faulty else (),
        cue=Cue("x", "lift"),
        hold=None if held is None else HoldNow("left", held, faulty),
        certain=certain,
    )
    drawn(m, (320, 181))
    drawn(m, (180, 320))


# not recognised yet


@pytest.mark.parametrize("m", [moment(body()), stretch(), tilted(9.0)], ids=["bridge", "stretch", "tilt"])
def test_until_it_is_recognised_there_is_a_question_mark_and_no_advice(m: Moment, words: list[str]) -> None:
    wrong = tuple(rule.key for rule in m.exercise.rules)
    guessed = replace(m, certain=False, wrong=wrong, cue=Cue("x", "lift a little higher"))
    image = drawn(guessed)
    assert words == [f"{m.exercise.title}?", "not sure yet"]
    assert not any(has(image, colour) for colour in (TARGET, WRONG, DIM))
    # the same moment, recognised, has all of it
    sure = drawn(replace(guessed, certain=True))
    assert has(sure, WRONG)
    assert has(sure, TARGET)


# counter


@pytest.mark.parametrize(
    ("m", "rows"),
    [
        pytest.param(moment(body()), ["Bridge", "3 reps", "hold · 2 good"], id="bridge"),
        pytest.param(moment(body(), done=(), phase="up"), ["Bridge", "0 reps", "lift"], id="nothing yet"),
        pytest.param(moment(body(), done=(rep(1),)), ["Bridge", "1 rep", "hold · 1 good"], id="one"),
        pytest.param(tilted(1.0, phase="down"), ["Pelvic tilt", "0 reps", "return"], id="tilt"),
        pytest.param(
            stretch(done=(hold(1, "left"), hold(2, "right", "knee_bent"))),
            ["Towel stretch", "2 holds · 1 good", "hold · left leg", "to go: left 1, right 1"],
            id="each leg once, one of them not well",
        ),
        pytest.param(
            stretch(done=(hold(1, "left"), hold(2, "right", "hold_short", held=9.0))),
            ["Towel stretch", "2 holds · 1 good", "hold · left leg", "to go: left 1, right 2"],
            id="one of them too short",
        ),
        pytest.param(
            stretch(side="right", hold=None, phase="up"),
            ["Towel stretch", "0 holds", "draw up · right leg", "to go: left 2, right 2"],
            id="the far leg",
        ),
        pytest.param(
            stretch(done=tuple(hold(n, "left") for n in (1, 2, 3)), phase="rest", hold=None),
            ["Towel stretch", "3 holds · 3 good", "rest", "to go: left 0, right 2"],
            id="one leg too often",
        ),
        pytest.param(
            stretch("knee_to_chest", done=(hold(1, "both"), hold(2, "both")), other={LEG_ELEVATION.key: 100.0}),
            ["Lower-back stretch", "2 holds · 2 good", "hold · both legs", "all holds done"],
            id="both legs",
        ),
        pytest.param(
            stretch("knee_to_chest", hold=HoldNow("left", 3.0, False)),
            ["Lower-back stretch", "0 holds", "paused · left leg", "to go: left 2, right 2"],
            id="paused",
        ),
        pytest.param(
            stretch(phase="down"),
            ["Towel stretch", "0 holds", "hold · left leg", "to go: left 2, right 2"],
            id="a leg that trembles while the clock runs",
        ),
    ],
)
def test_the_counter_says_how_many_what_now_and_what_is_left(m: Moment, rows: list[str], words: list[str]) -> None:
    counter.counter(m, Scale(854, 480))
    assert words == rows


# tilt


@pytest.mark.parametrize(
    ("value", "error", "said"),
    [
        pytest.param(9.4, 2.6, ["<praise>", "arch 9° ±3"], id="arch"),
        pytest.param(-7.0, 1.2, ["<praise>", "flat 7° ±1"], id="flat"),
        pytest.param(5.9, 2.0, ["arch 6° ±2"], id="not enough"),
        pytest.param(-0.2, 0.3, ["0° ±1"], id="rest"),
        pytest.param(8.0, nan, ["<praise>", "arch 8°"], id="error not known"),
        pytest.param(nan, nan, ["cannot tell"], id="not known"),
    ],
)
def test_the_gauge_names_the_way_and_the_error(value: float, error: float, said: list[str], words: list[str]) -> None:
    drawn(tilted(value, error))
    assert sorted(words[words.index("flat") + 2 :]) == sorted(said)


def test_no_check_mark_on_a_tilt_in_which_something_is_wrong(words: list[str]) -> None:
    drawn(tilted(9.0, wrong=("hips_lifted",)))
    assert "<praise>" not in words


def _needle_leans(m: Moment) -> float:
    """Where the needle's tip is, right of the pivot, by what it changes against a tilt of zero."""
    rest, now = (drawn(x)[:160, 600:] for x in (replace(m, values={**m.values, "pelvic_tilt_deg": 0.0}), m))
    moved = (now == 255).all(axis=2) & ~(rest == 255).all(axis=2)
    corner = 854 - 600 - Scale(854, 480).margin - gauge.gauge_size(Scale(854, 480))[0] / 2
    return float(moved[:80].nonzero()[1].mean() - corner)


@pytest.mark.parametrize(("head_right", "heels"), [(False, 1), (True, -1)])
@pytest.mark.parametrize("value", [10.0, -10.0])
def test_the_needle_leans_to_the_heels_when_the_back_arches(value: float, head_right: bool, heels: int) -> None:
    assert _needle_leans(tilted(value, nan, head_right=head_right)) * heels * value > 0


def test_the_band_is_as_wide_as_the_error() -> None:
    def band(error: float) -> int:
        return int((drawn(tilted(0.0, error)) == DIM).all(axis=2).sum())

    assert band(nan) == 0
    assert 0 < band(2.0) < 0.6 * band(6.0)


def test_out_of_position_there_is_no_gauge() -> None:
    assert not drawn_differs_at_the_right(tilted(9.0, phase=None), replace(tilted(9.0, phase=None), values={}))
    assert drawn_differs_at_the_right(tilted(9.0), tilted(9.0, phase=None))


def drawn_differs_at_the_right(a: Moment, b: Moment) -> bool:
    return bool((drawn(a)[:160, 680:] != drawn(b)[:160, 680:]).any())


# stretches


def test_the_angle_of_the_raised_leg_is_written(words: list[str]) -> None:
    drawn(stretch())
    assert "60°" in words
    words.clear()
    drawn(stretch("knee_to_chest"))
    assert "70°" in words


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"values": {LEG_ELEVATION.key: nan}}, id="angle not known"),
        pytest.param({"phase": "rest", "hold": None}, id="at rest"),
    ],
)
def test_no_angle_is_written_where_there_is_none(changes: dict[str, Any], words: list[str]) -> None:
    drawn(stretch(**changes))
    assert not any("°" in each for each in words)


@pytest.mark.parametrize("head_right", [False, True])
def test_the_arc_spans_from_level_to_the_thigh(head_right: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    arcs: list[tuple[float, float]] = []
    real = lines.arc
    monkeypatch.setattr(lines, "arc", lambda *a: arcs.append((a[2], a[3])) or real(*a))
    m = stretch(head_right=head_right, hold=None)
    drawn(m)
    base, thigh = arcs[0]
    hip, knee = (m.body and m.body.leg(part) for part in (Part.HIP, Part.KNEE))
    assert hip
    assert knee
    assert base == (-90 if head_right else 90)
    # the thigh's end of the arc lies on the thigh
    x, y = lines.around(hip, 1.0, thigh)
    assert (x - hip[0]) * (knee[1] - hip[1]) == pytest.approx((y - hip[1]) * (knee[0] - hip[0]))
    assert (x - hip[0]) * (knee[0] - hip[0]) > 0


@pytest.mark.parametrize(
    ("m", "arrows"),
    [
        pytest.param(stretch("knee_to_chest"), 0, id="close"),
        pytest.param(stretch("knee_to_chest", values={HIP_ANGLE.key: 87.0}), 1, id="not close"),
        pytest.param(stretch("knee_to_chest", values={HIP_ANGLE.key: 87.0}, hold=None, phase="up"), 0, id="on the way"),
        pytest.param(stretch(), 0, id="straight"),
        pytest.param(stretch(wrong=("knee_bent",)), 1, id="knee bent"),
        pytest.param(stretch(wrong=("hips_lifted",)), 1, id="hips lifted"),
    ],
)
def test_an_arrow_shows_where_to_go(m: Moment, arrows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_arrows: list[Any] = []
    monkeypatch.setattr(lines, "arrow", lambda *a: drawn_arrows.append(a[1:3]))
    drawn(m)
    assert len(drawn_arrows) == arrows


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_working_leg_is_the_one_that_is_drawn(side: str) -> None:
    touched = changed(drawn(stretch(side=side, hold=None)))
    assert touched[48, 598]  # its ankle; that of the resting leg is at 598, 384
    assert not touched[380:388, 594:602].any()


def test_the_clock_shows_whole_seconds_and_when_it_is_enough(words: list[str]) -> None:
    drawn(stretch(hold=HoldNow("left", 19.9, True)))
    assert {"19", "20", "of 30 s"} <= set(words)


def test_the_ring_fills_with_the_time() -> None:
    def filled(held: float) -> int:
        image = np.zeros((480, 854, 3), np.uint8)
        clock.draw_clock(image, HoldNow("left", held, True), (20, 30), Scale(854, 480), (0, 0))
        return int(((image == TARGET) | (image == PRAISE)).all(axis=2).sum())

    amounts = [filled(held) for held in (0.0, 5.0, 10.0, 19.0, 25.0, 30.0)]
    assert amounts[0] == 0
    assert all(a < b for a, b in zip(amounts, amounts[1:], strict=False))
    assert filled(90.0) == amounts[-1]


@pytest.mark.parametrize("held", [0.0, 12.4, 25.0])
def test_a_clock_that_stands_differs_without_colour(held: float) -> None:
    running, paused = (
        cv2.cvtColor(drawn(stretch(hold=HoldNow("left", held, now)))[:160, 680:], cv2.COLOR_RGB2GRAY)
        for now in (True, False)
    )
    assert (np.abs(running.astype(int) - paused) > 60).sum() > 60


@pytest.mark.parametrize("head_right", [False, True])
@pytest.mark.parametrize(("key", "at_the_head"), [("towel_stretch", True), ("knee_to_chest", False)])
def test_in_a_stretch_the_counter_keeps_away_from_where_the_leg_goes(
    key: str, at_the_head: bool, head_right: bool
) -> None:
    touched = changed(drawn(stretch(key, head_right=head_right, phase="rest", hold=None)))[:36]
    assert touched[:, -200:].any() == (head_right == at_the_head)
    assert touched[:, :200].any() != (head_right == at_the_head)


@pytest.mark.parametrize("size", SIZES[2:], ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("m", [stretch(), tilted(9.0)], ids=["clock", "gauge"])
def test_panels_do_not_cover_each_other(m: Moment, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    boxes: list[tuple[int, int, int, int]] = []
    for module in ("panels", "clock", "gauge"):
        monkeypatch.setattr(
            f"formcheck.io.overlay.{module}.put", lambda _, sheet, x, y: boxes.append((x, y, *sheet.size))
        )
    assert m.body
    points = tuple(p and (p[0] * size[0] / 854, p[1] * size[1] / 480) for p in m.body.points)
    person = replace(m.body, points=points, trunk=m.body.trunk * size[0] / 854)
    drawn(replace(m, body=person, cue=Cue("x", "straighten the knee, lower the leg if you must")), size)
    assert len(boxes) == 3
    for i, (x, y, width, height) in enumerate(boxes):
        assert x >= 0
        assert y >= 0
        assert x + width <= size[0]
        assert y + height <= size[1]
        for x2, y2, width2, height2 in boxes[:i]:
            assert x >= x2 + width2 or x2 >= x + width or y >= y2 + height2 or y2 >= y + height


def test_words_at_the_bottom_keep_clear_of_a_gauge_there() -> None:
    scale = Scale(854, 480)
    count, dial = place.Box(12, 12, 150, 160), place.Box(660, 330, 180, 138)
    high, low = place.rooms([count, dial], scale)
    assert low.right < dial.x
    assert low.x < count.right < high.x
    assert high.right > dial.x


# stills


def _result(exercise: Exercise, done: list[Rep | Hold], segments: tuple[Result, ...] = ()) -> Result:
    reps = [each for each in done if isinstance(each, Rep)]
    holds = [each for each in done if isinstance(each, Hold)]
    return Result(exercise, True, "left", 0, 1.0, reps, holds, (), (), Series(), segments)


def _filmed(stills: Stills, plain: Moment, done: tuple[Rep | Hold, ...], until: float, size: tuple[int, int]) -> None:
    """Frames at 10 a second whose grey is their time in tenths of a second."""
    for i in range(int(until * 10)):
        t = i / 10
        now = tuple(each for each in done if each.end < t)
        ended = [each for each in now if each.end >= t - 0.1]
        events = tuple(RepFinished(t, e) if isinstance(e, Rep) else HoldFinished(t, e) for e in ended)
        image = np.full((size[1], size[0], 3), i % 256, np.uint8)
        stills.take(Frame(t, image), Sight(t, None), replace(plain, t=t, done=now, events=events))


def _grey(jpeg: bytes) -> int:
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    return int(np.median(picture))


@pytest.mark.parametrize(
    ("plain", "done", "wanted"),
    [
        pytest.param(moment(body()), rep(1), 55, id="the top of a repetition"),
        pytest.param(stretch(), hold(1, "left", start=2.0, held=6.0), 50, id="the middle of a hold"),
        pytest.param(stretch(side="right"), hold(1, "both", start=2.0, held=6.0), 50, id="both legs"),
    ],
)
def test_a_still_shows_the_top_or_the_middle(plain: Moment, done: Rep | Hold, wanted: int) -> None:
    stills = Stills()
    _filmed(stills, plain, (done,), 12.0, (854, 480))
    stills.finish(_result(plain.exercise, [done]))
    assert list(stills.pictures) == [key_of(plain.exercise.key, done)]
    (jpeg,) = stills.pictures.values()
    assert abs(_grey(jpeg) - wanted) <= 2


def test_stills_are_found_after_a_segment_is_numbered_anew() -> None:
    first, second = rep(1, start=1.004), rep(2, start=5.0)
    stills = Stills()
    _filmed(stills, moment(body()), (first, second), 10.0, (854, 480))
    parts = (_result(EXERCISE, [first]), _result(EXERCISE, [replace(second, number=1)]))
    stills.finish(replace(parts[0], segments=parts))
    assert set(stills.pictures) == {("bridge", 1.0), ("bridge", 5.0)}


def test_the_repetition_that_makes_an_exercise_known_has_its_still() -> None:
    done = replace(rep(1), measures={})
    stills = Stills()
    guessed = replace(tilted(9.0), exercise=EXERCISE, values={HIP_ANGLE.key: 120.0}, certain=False)
    _filmed(stills, guessed, (), done.end, (854, 480))
    now = tilted(0.0, t=done.end + 0.1, done=(done,), events=(RepFinished(done.end, done),))
    stills.take(Frame(now.t, np.zeros((480, 854, 3), np.uint8)), Sight(now.t, None), now)
    stills.finish(_result(now.exercise, [done]))
    assert abs(_grey(stills.pictures[key_of("pelvic_tilt", done)]) - 55) <= 2


def test_a_movement_that_ends_with_the_recording_has_its_still() -> None:
    done = hold(1, "left", start=2.0, held=6.0)
    stills = Stills()
    _filmed(stills, stretch(), (), 8.0, (854, 480))
    stills.finish(_result(find("towel_stretch"), [done]))
    assert key_of("towel_stretch", done) in stills.pictures


def test_what_is_not_in_the_result_has_no_still() -> None:
    stills = Stills()
    _filmed(stills, moment(body()), (rep(1), rep(2)), 12.0, (854, 480))
    stills.finish(_result(EXERCISE, [rep(2)]))
    assert list(stills.pictures) == [key_of("bridge", rep(2))]


@pytest.mark.parametrize("size", [(1280, 720), (1080, 1920)], ids=["wide", "tall"])
def test_stills_are_reduced_with_what_is_drawn_on_them(size: tuple[int, int]) -> None:
    stills = Stills()
    _filmed(stills, moment(body(size)), (rep(1, "hips_low", start=1.0),), 5.0, size)
    stills.finish(_result(EXERCISE, [rep(1, "hips_low", start=1.0)]))
    (jpeg,) = stills.pictures.values()
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    height, width = picture.shape[:2]
    assert width <= 640
    assert height <= 800
    assert width / height == pytest.approx(size[0] / size[1], abs=0.01)
    x, y = _PLACES[Part.KNEE]
    knee = picture[round(y * height) - 2 : round(y * height) + 3, round(x * width) - 2 : round(x * width) + 3]
    assert knee.min() > 180  # the joint's white dot is where the joint is


def test_stills_keep_a_bounded_stretch_of_the_recording() -> None:
    stills = Stills()
    _filmed(stills, moment(body()), (), 40.0, (64, 36))
    held = [shot.moment.t for shot in stills._recent]
    assert max(held) - min(held) <= 10.0


# what a judge says of a filmed bridge


def test_a_judged_bridge_is_drawn_with_its_line(words: list[str]) -> None:
    watcher, judge = Watcher(), Judge(EXERCISE)
    seen = [judge.step(sight.t, watcher.step(sight)) for sight in sights([Lift(150.0)])]
    top = [m for m in seen if m.phase == "hold"]
    assert top
    drawn(top[-1])
    assert any(each.endswith("higher") and "°" in each for each in words)
