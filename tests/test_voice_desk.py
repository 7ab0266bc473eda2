"""What is said, in which order, and what is not: the desk's rules, without a sound."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Semaphore
from typing import Any

import numpy as np
import pytest

from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.errors import VoiceError
from formcheck.exercises import find
from formcheck.io.texts import Texts
from formcheck.io.voice import Line, Manner, Speaker, VoiceSink
from formcheck.io.voice.desk import LiveDesk
from formcheck.io.voice.engines import Silence
from formcheck.io.voice.file import FileDesk
from formcheck.io.voice.sound import RATE, Sound
from formcheck.io.voice.waiting import Waiting
from formcheck.session.coaching import Coaching, Say, Urgency
from formcheck.session.moment import Moment

SAFETY, STAGE, COUNT, CUE, BREATH, PRAISE = Urgency


class Slow:
    """A voice that takes as many seconds as the text says: ``1.5 lift``."""

    name, kind = "slow", "speech"

    def render(self, line: Line) -> Sound:
        return Sound(np.full(round(float(line.text.split()[0]) * RATE), 1000, np.int16))


class Dead:
    """An engine or voice that fails after some lines."""

    kind = "speech"

    def __init__(self, name: str = "dead", after: int = 0) -> None:
        self.name, self._left = name, after

    def render(self, line: Line) -> Sound:
        if self._left == 0:
            raise VoiceError("it broke")
        self._left -= 1
        return Slow().render(line)

    def speak(self, line: Line, stopped: Event) -> None:
        del stopped
        self.render(line)


def line(key: str, seconds: float = 1.0, urgency: Urgency = CUE, fresh_s: float = 2.0) -> Line:
    return Line(key, f"{seconds} {key}", urgency, fresh_s)


# what waits


def test_the_most_urgent_goes_first_and_of_equals_the_first_that_came() -> None:
    waiting = Waiting()
    for each in (PRAISE, CUE, SAFETY, BREATH, COUNT, STAGE):
        waiting.put(line(each.name, urgency=each), 0.0)
    waiting.put(line("second cue"), 0.0)
    said = [waiting.take(0.0) for _ in range(8)]
    assert [each and each.key for each in said] == [
        "SAFETY", "STAGE", "COUNT", "CUE", "second cue", "BREATH", "PRAISE", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("waited", "said"), [(0.0, True), (1.0, True), (1.01, False)], ids=["at once", "just fresh", "stale"]
)
def test_stale_lines_are_dropped(waited: float, said: bool) -> None:
    waiting = Waiting()
    waiting.put(line("three", fresh_s=1.0), 5.0)
    assert (waiting.take(5.0 + waited) is not None) == said
    assert not len(waiting)


def test_a_newer_line_with_the_same_key_takes_the_place_of_the_older() -> None:
    waiting = Waiting()
    waiting.put(Line("coach.rep", "three", COUNT), 0.0)
    waiting.put(Line("coach.rep", "four", COUNT), 1.9)
    assert waiting.take(3.0) == Line("coach.rep", "four", COUNT)
    assert waiting.take(3.0) is None


def test_two_lines_of_one_moment_are_both_said_though_they_have_the_same_key() -> None:
    waiting = Waiting()
    for text in ("8 repetitions", "10 repetitions"):
        waiting.put(Line("coach.sum_reps", text, STAGE, 60.0), 4.0)
    assert [said.text for _ in range(2) if (said := waiting.take(9.0))] == ["8 repetitions", "10 repetitions"]


# what is heard, and when

Put = tuple[float, tuple[Line, ...]]


def heard(path: Path, puts: list[Put], **options: Any) -> list[tuple[float, float, str]]:
    desk = FileDesk(path / "voice.wav", [Slow()], _never, **options)
    for t, lines in puts:
        desk.put(t, lines)
    desk.close()
    return [(round(each.start, 6), round(each.end, 6), each.line.key + "!" * each.cut) for each in desk.spoken]


def _never(text: str) -> None:
    raise AssertionError(text)


@pytest.mark.parametrize(
    ("puts", "said"),
    [
        pytest.param([(1.0, (line("a"),))], [(1, 2, "a")], id="at its time"),
        pytest.param([(1.0, (line("a"),)), (1.5, (line("b"),))], [(1, 2, "a"), (2, 3, "b")], id="one after the other"),
        pytest.param([(1.0, (line("a"),)), (4.0, (line("b"),))], [(1, 2, "a"), (4, 5, "b")], id="with a pause"),
        pytest.param(
            [(1.0, (line("praise", urgency=PRAISE), line("count", urgency=COUNT)))],
            [(1, 2, "count"), (2, 3, "praise")],
            id="of one moment the more urgent first",
        ),
        pytest.param(
            [(1.0, (line("cue"),)), (1.2, (line("praise", urgency=PRAISE),)), (1.4, (line("count", urgency=COUNT),))],
            [(1, 2, "cue"), (2, 3, "count"), (3, 4, "praise")],
            id="a later but more urgent one goes first",
        ),
        pytest.param(
            [(1.0, (line("cue", 3.0),)), (1.5, (line("count", urgency=COUNT),)), (3.5, (line("b"),))],
            [(1, 4, "cue"), (4, 5, "b")],
            id="what became stale meanwhile is not said",
        ),
        pytest.param(
            [(1.0, (line("cue", 2.0),)), (1.5, (line("stop", urgency=SAFETY),))],
            [(1, 1.5, "cue!"), (1.5, 2.5, "stop")],
            id="safety cuts off",
        ),
        pytest.param(
            [(1.0, (line("cue", 2.0),)), (1.5, (line("stage", urgency=STAGE),))],
            [(1, 3, "cue"), (3, 4, "stage")],
            id="nothing else does",
        ),
        pytest.param(
            [(1.0, (line("stop", 2.0, SAFETY),)), (1.5, (line("also", urgency=SAFETY),))],
            [(1, 3, "stop"), (3, 4, "also")],
            id="nor safety safety",
        ),
        pytest.param(
            [(1.0, (line("cue"),)), (1.0, (line("stop", urgency=SAFETY),))],
            [(1, 2, "stop")],
            id="cut off before its first sound it was never said",
        ),
        pytest.param(
            [(1.0, (line("a", 1.5),)), (1.2, (line("n", 0.5),)), (1.4, (line("n", 1.0),))],
            [(1, 2.5, "a"), (2.5, 3.5, "n")],
            id="only the newer of the same key",
        ),
        pytest.param(
            [(1.0, (line("a"),)), (1.0, (line("b"),)), (9.0, ())], [(1, 2, "a"), (2, 3, "b")], id="silence after it"
        ),
        pytest.param([(1.0, ()), (2.0, ())], [], id="nothing"),
        pytest.param(
            [(5.0, (line("a"),)), (1.0, (line("b"),))],
            [(5, 6, "a"), (6, 7, "b")],
            id="time that steps back stands still",
        ),
    ],
)
def test_into_a_file_everything_is_said_at_its_time(puts: list[Put], said: list[Any], tmp_path: Path) -> None:
    assert heard(tmp_path, puts) == said


def test_hush_drops_what_waits_and_cuts_off_what_is_spoken(tmp_path: Path) -> None:
    desk = FileDesk(tmp_path / "voice.wav", [Slow()], _never)
    desk.put(1.0, (line("a", 3.0), line("b")))
    desk.put(2.0, ())
    desk.hush()
    desk.put(2.5, (line("c"),))
    desk.close()
    assert [(each.start, each.end, each.line.key, each.cut) for each in desk.spoken] == [
        (1.0, 2.0, "a", True),
        (2.5, 3.5, "c", False),
    ]


@pytest.mark.parametrize(("now", "keys"), [(False, ["a", "b"]), (True, ["a"])], ids=["at leisure", "now"])
def test_closing_says_what_waits_unless_it_is_to_end_now(now: bool, keys: list[str], tmp_path: Path) -> None:
    desk = FileDesk(tmp_path / "voice.wav", [Slow()], _never)
    desk.put(1.0, (line("a"), line("b")))
    desk.put(1.5, ())
    desk.close(now=now)
    desk.put(3.0, (line("c"),))
    desk.close()
    assert [each.line.key for each in desk.spoken] == keys


# engines that die


def test_a_voice_that_dies_is_told_once_and_replaced_and_its_line_is_still_said(tmp_path: Path) -> None:
    notices: list[str] = []
    desk = FileDesk(tmp_path / "voice.wav", [Dead("first", 1), Dead("second"), Slow()], notices.append)
    for n in range(4):
        desk.put(2.0 * n, (line(f"line {n}"),))
    desk.close()
    assert [each.line.key for each in desk.spoken] == ["line 0", "line 1", "line 2", "line 3"]
    assert notices == ["the voice stopped working (first: it broke); slow speaks from now on"]


class Controlled:
    """An engine that speaks until it is told that it has."""

    name, kind = "controlled", "speech"

    def __init__(self) -> None:
        self.said: list[str] = []
        self._begun, self._done = Semaphore(0), Semaphore(0)

    def speak(self, line: Line, stopped: Event) -> None:
        self.said.append(line.key)
        self._begun.release()
        while not stopped.is_set():
            if self._done.acquire(timeout=0.005):
                return
        self.said[-1] += "!"

    def begun(self) -> None:
        assert self._begun.acquire(timeout=10), "nothing was said"

    def end(self) -> None:
        self._done.release()


@pytest.fixture
def live() -> Any:
    """Opens desks and closes them after the test."""
    desks: list[LiveDesk] = []

    def open_live(*engines: Any, notice: Callable[[str], None] = _never, now: list[float] | None = None) -> LiveDesk:
        desks.append(LiveDesk([*engines, Silence()], notice, (lambda: now[0]) if now else lambda: 0.0))
        return desks[-1]

    yield open_live
    for desk in desks:
        desk.close(now=True)


def test_aloud_lines_are_said_by_urgency_and_stale_ones_are_not(live: Any) -> None:
    engine, now = Controlled(), [0.0]
    desk = live(engine, now=now)
    desk.put(0.0, (line("first"),))
    engine.begun()
    desk.put(0.0, (line("praise", urgency=PRAISE, fresh_s=9.0), line("stale", fresh_s=1.0)))
    desk.put(0.0, (line("count", urgency=COUNT),))
    now[0] = 1.5
    for _ in range(2):
        engine.end()
        engine.begun()
    engine.end()
    desk.close()
    assert engine.said == ["first", "count", "praise"]


def test_aloud_safety_cuts_off_and_nothing_else_does(live: Any) -> None:
    engine = Controlled()
    desk = live(engine)
    desk.put(0.0, (line("cue"),))
    engine.begun()
    desk.put(0.0, (line("stage", urgency=STAGE),))
    assert engine.said == ["cue"]
    desk.put(0.0, (line("stop", urgency=SAFETY),))
    engine.begun()
    engine.end()
    engine.begun()
    engine.end()
    desk.close()
    assert engine.said == ["cue!", "stop", "stage"]


def test_aloud_hush_stops_the_sentence_and_the_desk_goes_on(live: Any) -> None:
    engine = Controlled()
    desk = live(engine)
    desk.put(0.0, (line("a"), line("b")))
    engine.begun()
    desk.hush()
    desk.put(0.0, (line("c"),))
    engine.begun()
    engine.end()
    desk.close()
    assert engine.said == ["a!", "c"]


def test_aloud_closing_now_ends_at_once_and_nothing_more_is_taken(live: Any) -> None:
    engine = Controlled()
    desk = live(engine)
    desk.put(0.0, (line("a"), line("b")))
    engine.begun()
    desk.close(now=True)
    desk.put(0.0, (line("c"),))
    desk.close()
    assert engine.said == ["a!"]


def test_an_engine_that_dies_in_mid_set_is_replaced_and_told_once(live: Any) -> None:
    engine, notices = Controlled(), list[str]()
    desk = live(Dead("first", 1), Dead("second"), engine, notice=notices.append)
    desk.put(0.0, (line("a"), line("b"), line("c")))
    for _ in range(2):
        engine.begun()
        engine.end()
    desk.close()
    assert engine.said == ["b", "c"]
    assert notices == ["the voice stopped working (first: it broke); controlled speaks from now on"]
    assert desk.engine == "controlled"


class Crash:
    name, kind = "crash", "speech"

    def speak(self, line: Line, stopped: Event) -> None:
        del line, stopped
        raise ZeroDivisionError("a driver's own defect")


def test_when_all_die_it_is_silent_and_goes_on(live: Any) -> None:
    notices: list[str] = []
    desk = live(Crash(), notice=notices.append)
    desk.put(0.0, (line("a"), line("b")))
    desk.close()
    assert notices == ["the voice stopped working (crash: a driver's own defect); nothing is heard from now on"]


# what the program speaks through


class Kept:
    """A desk that keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[Any] = []

    def put(self, t: float, lines: Any) -> None:
        self.told.append((t, *(each.text for each in lines)))

    def hush(self) -> None:
        self.told.append("hush")

    def close(self, *, now: bool = False) -> None:
        self.told.append("close now" if now else "close")


def test_muted_nothing_is_said_and_what_is_being_said_stops() -> None:
    desk = Kept()
    speaker = Speaker(desk)
    speaker.say(1.0, (line("a"),))
    speaker.muted = True
    speaker.say(2.0, (line("b", urgency=SAFETY),))
    speaker.muted = False
    speaker.say(3.0, (line("c"),))
    assert desk.told == [(1.0, "1.0 a"), "hush", (2.0,), (3.0, "1.0 c")]


def test_a_speaker_is_closed_at_the_end_of_its_block_and_at_once_after_an_error() -> None:
    desk = Kept()
    with Speaker(desk):
        pass
    with pytest.raises(KeyError), Speaker(desk):
        raise KeyError
    assert desk.told == ["close", "close now"]


def moment(t: float, coaching: Coaching | None) -> Moment:
    return Moment(t, find("bridge"), None, {}, None, (), (), None, (), coaching=coaching)


def test_the_sink_says_what_the_session_wants_said_in_the_language() -> None:
    desk = Kept()
    sink = VoiceSink(Texts("zh"), Speaker(desk))
    says = (Say("exercise.bridge.fault.hips_low.say"), Say("screen.good", {"n": 3}, PRAISE))
    sink.take(None, Sight(0.0, None), moment(0.0, None))
    sink.take(Frame(1.5, np.zeros((4, 4, 3), np.uint8)), Sight(1.5, None), moment(1.5, Coaching("set", says=says)))
    sink.abort()
    assert desk.told == [(0.0,), (1.5, "再抬高一点", "3 次达标"), "hush"]


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"rate": 0.1}, id="too slow"),
        pytest.param({"rate": 3.0}, id="too fast"),
        pytest.param({"rate": float("nan")}, id="no rate"),
        pytest.param({"volume": -0.1}, id="less than silent"),
        pytest.param({"volume": 1.1}, id="too loud"),
    ],
)
def test_a_manner_that_no_voice_can_keep_is_refused(options: dict[str, float]) -> None:
    Manner(rate=0.5, volume=0.0)
    Manner(rate=2.0, volume=1.0)
    with pytest.raises(VoiceError, match=r"Use 0"):
        Manner(**options)
