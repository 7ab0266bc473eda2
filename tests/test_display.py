"""The window's picture: mirrored without confusing left and right, the camera's loss shown, keys carried out."""

import cv2
import numpy as np
import pytest

from formcheck.core.body import Body
from formcheck.core.frame import Frame, Image
from formcheck.core.pose import Sight
from formcheck.core.tracking import BodyTracker
from formcheck.exercises import find
from formcheck.io.texts import LANGUAGES, Texts
from formcheck.io.voice import Speaker
from formcheck.session.coaching import Coaching
from formcheck.session.following import read
from formcheck.session.moment import Moment
from formcheck.ui.live.display import Display
from formcheck.ui.live.painter import HELP_S, Painter, State, mirrored
from formcheck.ui.live.steering import Steering
from tests import lying
from tests.test_steering import Actor, Source

WIDTH, HEIGHT = 640, 360
GREY = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
BRIDGE = find("bridge")


def body() -> Body:
    found = BodyTracker().step(lying.pose(0.0, lying.Leg(), lying.Leg(40.0, 90.0)))
    assert found is not None
    return found


def moment(t: float = 0.0, person: Body | None = None, coaching: Coaching | None = None) -> Moment:
    return Moment(t, BRIDGE, person, {}, None, (), (), None, (), coaching=coaching)


def test_a_mirror_changes_where_things_are_and_nothing_that_is_judged() -> None:
    person = body()
    seen = mirrored(moment(0.0, person), WIDTH).body
    assert seen is not None
    assert seen.head_right is not person.head_right
    assert seen.side == person.side
    assert read(BRIDGE, seen) == pytest.approx(read(BRIDGE, person), nan_ok=True)
    back = mirrored(moment(0.0, seen), WIDTH).body
    assert back is not None
    assert [p for p in back.points if p] == [pytest.approx(p) for p in person.points if p]


def test_nobody_is_nobody_in_a_mirror_too() -> None:
    assert mirrored(moment(), WIDTH).body is None


def test_in_a_mirror_the_picture_is_turned_and_the_words_are_not() -> None:
    half = GREY.copy()
    half[:, WIDTH // 2 :] = 20
    plain, mirror = (Painter(Texts(), mirror=way).paint(half, moment(), State()) for way in (False, True))
    middle = slice(HEIGHT // 2 - 5, HEIGHT // 2 + 5)
    assert (plain[middle, 5] == 120).all()
    assert (mirror[middle, 5] == 20).all()
    corner = (slice(HEIGHT - 20, None), slice(WIDTH - 60, None))  # the word for the keys stays there, and readable
    bright = [(picture[corner].max(axis=2) > 150).sum() for picture in (plain, mirror)]
    assert bright[0] == pytest.approx(bright[1], rel=0.2)
    assert (half == np.concatenate([GREY[:, : WIDTH // 2], np.full_like(GREY[:, WIDTH // 2 :], 20)], axis=1)).all()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "state",
    [State(lost=True), State(muted=True), State(help=True)],
    ids=["lost", "muted", "help"],
)
def test_every_state_shows(language: str, state: State) -> None:
    painter = Painter(Texts(language), mirror=False)
    plain, other = painter.paint(GREY, moment(), State()), painter.paint(GREY, moment(), state)
    assert (plain != other).any(axis=2).sum() > 300


class Pane:
    """A window that keeps what it shows; keys are put in."""

    def __init__(self) -> None:
        self.pictures: list[Image] = []
        self.keys: list[str | None] = []
        self.closed = self.full = self.broken = False

    def show(self, image: Image) -> None:
        if self.broken:
            raise cv2.error("no such window")
        self.pictures.append(image)

    def key(self) -> str | None:
        return self.keys.pop(0) if self.keys else None

    def toggle_full_screen(self) -> None:
        self.full = not self.full

    def close(self) -> None:
        self.closed = True


class Told(Painter):
    """Notes the state it is to show."""

    def __init__(self) -> None:
        self.states: list[State] = []
        self.moments: list[Moment] = []

    def paint(self, image: Image, moment: Moment, state: State) -> Image:
        self.states.append(state)
        self.moments.append(moment)
        return image


class Desk:
    """Says nothing."""

    def put(self, t: float, lines: object) -> None: ...

    def hush(self) -> None: ...

    def close(self, *, now: bool = False) -> None: ...


def stage() -> tuple[Display, Pane, Told, Actor, Steering, Speaker]:
    steering = Steering(actor := Actor(), Source())
    speaker = Speaker(Desk())
    pane, painter = Pane(), Told()
    return Display(pane, painter, steering, speaker), pane, painter, actor, steering, speaker


FRAME, SIGHT = Frame(0.0, GREY), Sight(0.0, None)


@pytest.mark.parametrize(
    ("key", "asked"),
    [
        pytest.param("space", ["pause", "step"], id="pause"),
        pytest.param("n", ["end", "step"], id="next"),
        pytest.param("q", ["end", "step"], id="quit"),
        pytest.param("esc", ["end", "step"], id="escape"),
        pytest.param("x", ["end", "step"], id="it hurts"),
        pytest.param("t", ["end", "step"], id="it tingles"),
        pytest.param("w", ["step"], id="a key without a meaning"),
    ],
)
def test_a_key_is_an_order(key: str, asked: list[str]) -> None:
    display, pane, _, actor, steering, _ = stage()
    pane.keys = [key]
    assert display.turn()
    steering.step(SIGHT)
    assert actor.asked == asked


def test_mute_and_full_screen_are_done_at_once_and_undone() -> None:
    display, pane, _, _, _, speaker = stage()
    for muted, full in ((True, True), (False, False)):
        pane.keys = ["m", "f"]
        display.turn()
        display.turn()
        assert (speaker.muted, pane.full) == (muted, full)


def test_the_keys_are_shown_at_the_start_and_when_asked_for() -> None:
    display, pane, painter, _, _, _ = stage()
    for t, key in ((0.0, None), (HELP_S, None), (9.0, "h"), (10.0, None), (11.0, "h"), (12.0, None)):
        display.take(FRAME, SIGHT, moment(t))
        pane.keys = [key]
        display.turn()
    assert [state.help for state in painter.states] == [True, False, False, True, True, False]


def test_only_the_newest_moment_is_shown() -> None:
    display, _, painter, _, _, _ = stage()
    for t in (0.0, 0.1, 0.2):
        display.take(FRAME, SIGHT, moment(t))
    display.turn()
    display.turn()
    assert [each.t for each in painter.moments] == [0.2]


def test_without_the_camera_the_last_picture_stays_and_says_so() -> None:
    display, pane, painter, _, _, _ = stage()
    display.take(None, SIGHT, moment())
    display.turn()
    assert pane.pictures == []  # nothing to show yet
    display.take(FRAME, SIGHT, moment(0.1, body()))
    display.turn()
    display.take(None, SIGHT, moment(0.2))
    display.turn()
    assert [state.lost for state in painter.states] == [False, True]
    assert pane.pictures[1] is FRAME.image


def test_the_end_is_no_loss_of_the_camera() -> None:
    display, _, painter, _, _, _ = stage()
    display.take(FRAME, SIGHT, moment())
    display.turn()
    display.take(None, SIGHT, moment(0.1, coaching=Coaching("over")))
    display.turn()
    assert [state.lost for state in painter.states] == [False, False]


@pytest.mark.parametrize("how", ["closed", "broken"])
def test_a_window_that_is_gone_says_so(how: str) -> None:
    display, pane, _, _, _, _ = stage()
    setattr(pane, how, True)
    display.take(FRAME, SIGHT, moment())
    assert not display.turn()
