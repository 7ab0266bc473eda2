"""A live session from inside: a real stream that goes away in mid-set, and what the stage keeps, tells and hands on."""

import io
import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

import pytest
from rich.console import Console

from formcheck.core.events import Warn
from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.errors import OutputError
from formcheck.exercises import find
from formcheck.io.camera.device import EndedError, GoneError
from formcheck.io.trace import TraceReader
from formcheck.io.video.reader import VideoReader
from formcheck.io.voice import Line
from formcheck.session.coaching import Coaching
from formcheck.session.moment import Moment
from formcheck.session.session import Session
from formcheck.session.summary import Result
from formcheck.ui.live import run
from formcheck.ui.live.choices import LiveChoices, Speech
from formcheck.ui.live.run import LiveStage
from tests.cameras import Hands, Nobody, Puppet, shot
from tests.conftest import ROOT
from tests.mjpeg import MjpegCamera


class Plain:
    """A session without set-up help: judges a bridge from the first frame to when it is told to end."""

    def __init__(self, after: Callable[[Moment], None] = lambda _: None) -> None:
        self._session, self._after = Session(find("bridge")), after
        self.paused = self.over = False
        self._end = False

    def step(self, sight: Sight) -> Moment:
        self.over = self._end
        moment = self._session.step(sight)
        self._after(moment)
        return moment

    def finish(self, reading: Sequence[Warn] = ()) -> Result:
        return self._session.finish(reading)

    def pause(self) -> None:
        self.paused = True

    def resume(self) -> None:
        self.paused = False

    def end(self) -> None:
        self._end = True


class Notes:
    """A sink that keeps everything."""

    def __init__(self) -> None:
        self.taken: list[tuple[Frame | None, Sight, Moment]] = []
        self.result: Result | None = None
        self.aborted = False

    def take(self, frame: Frame | None, sight: Sight, moment: Moment) -> None:
        self.taken.append((frame, sight, moment))

    def finish(self, result: Result) -> None:
        self.result = result

    def abort(self) -> None:
        self.aborted = True

    @property
    def said(self) -> list[str]:
        coachings: list[Coaching] = [moment.coaching for _, _, moment in self.taken if moment.coaching]
        return [say.key for coaching in coachings for say in coaching.says]


def console() -> tuple[Console, io.StringIO]:
    text = io.StringIO()
    return Console(file=text, width=200), text


@pytest.mark.video
def test_unplugged_in_mid_set_the_session_is_kept_and_goes_on() -> None:
    with VideoReader(ROOT / "samples" / "bridge.mp4") as video:
        one_rep = [frame.image for frame, _ in zip(video, range(138), strict=False)]
    told, text = console()
    notes = Notes()
    with MjpegCamera(one_rep) as camera:
        gone = False

        def watch(moment: Moment) -> None:
            nonlocal gone
            if len(moment.done) == 1 and moment.phase == "rest" and not gone:
                gone = True
                camera.go_away()
            elif gone and "coach.camera_lost" in notes.said and camera._listener is None:
                camera.come_back()
            elif len(moment.done) == 2:
                session.end()

        session = Plain(watch)
        with LiveStage(LiveChoices(camera=camera.url, window=False), told) as stage:
            result = stage.play(session, [notes])
    assert len(result.reps) == 2
    assert notes.said == ["coach.camera_lost", "coach.camera_back"]
    assert "camera_lost" in [warn.key for warn in result.warnings]
    assert notes.result is result
    gap = [sight.t for frame, sight, _ in notes.taken if frame is None]
    assert result.reps[0].end < gap[0] < gap[-1] < result.reps[1].start
    assert "the camera is gone" in text.getvalue()


def played(*items: object, session: Plain | None = None, **choices: object) -> tuple[Result, Notes, LiveStage, str]:
    """Play what a puppet camera gives, with a clock set by hand; the camera, once gone, does not come back."""
    devices = [Puppet(*items)]
    told, text = console()

    def open_it() -> Puppet:
        return devices.pop() if devices else Puppet(EndedError())

    notes = Notes()
    how = LiveChoices(camera="puppet", window=False, **choices)  # type: ignore[arg-type]
    with LiveStage(how, told, clock=Hands(), open_it=open_it, estimator=Nobody()) as stage:
        result = stage.play(session or Plain(), [notes])
    return result, notes, stage, text.getvalue()


def test_the_end_of_a_file_is_one_more_sight_so_that_the_session_can_say_goodbye() -> None:
    session = Plain()
    _, notes, _, text = played(shot(t=0.0), EndedError(), session=session)
    assert [frame is None for frame, _, _ in notes.taken] == [False, True]
    assert notes.taken[-1][1].pose is None
    assert session.over
    assert text.startswith("camera puppet: 64x48 at 30 fps\n")
    assert "the camera is gone" not in text


def test_a_camera_gone_for_good_is_an_end_and_not_an_error() -> None:
    _, notes, stage, _ = played(shot(t=0.0), GoneError("unplugged"))
    assert notes.result is not None
    assert not notes.aborted
    assert stage.interrupted is None


def test_a_defect_ends_it_with_everything_let_go() -> None:
    def fails(_: Moment) -> None:
        raise ZeroDivisionError("a defect")

    notes = Notes()
    device = Puppet(shot(t=0.0))
    how = LiveChoices(camera="puppet", window=False)
    with LiveStage(how, console()[0], open_it=lambda: device, estimator=Nobody()) as stage:
        device.put(EndedError())
        with pytest.raises(ZeroDivisionError):
            stage.play(Plain(fails), [notes])
    assert notes.aborted
    assert device.closed


def test_a_file_that_cannot_be_written_is_told_before_the_session_and_leaves_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way of a folder")
    with pytest.raises(OutputError, match="cannot write"):
        played(shot(t=0.0), EndedError(), trace=tmp_path / "a.jsonl", record=tmp_path / "file" / "a.mp4")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("choices", "why"),
    [
        pytest.param(LiveChoices("a.mp4", record=Path("a.mp4")), "--camera are the same", id="over the video played"),
        pytest.param(LiveChoices("./a.mp4", trace=Path("b/../a.mp4")), "--camera are the same", id="by another name"),
        pytest.param(LiveChoices(record=Path("a"), trace=Path("a")), "--record are the same", id="one over the other"),
        pytest.param(LiveChoices(speech=Speech(file=Path("a.vtt"))), "captions", id="captions over the voice"),
        pytest.param(LiveChoices(record=Path()), "is a folder", id="recording into a folder"),
        pytest.param(LiveChoices(speech=Speech(file=Path())), "is a folder", id="speaking into a folder"),
    ],
)
def test_no_file_is_written_over_another(choices: LiveChoices, why: str) -> None:
    with pytest.raises(OutputError, match=why), LiveStage(choices, console()[0]):
        pass


@pytest.mark.parametrize("way", ["signal", "order"])
def test_who_quits_during_the_last_words_only_cuts_them_short(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless:
        """A desk whose last words have no end of their own."""

        def __init__(self) -> None:
            self.hushed = Event()

        def put(self, t: float, lines: Sequence[Line]) -> None:
            pass

        def hush(self) -> None:
            self.hushed.set()

        def close(self, *, now: bool = False) -> None:
            if now:
                return
            if way == "signal":
                os.kill(os.getpid(), signal.SIGINT)
            else:
                stage._steering.order("quit")
            assert self.hushed.wait(30)

    monkeypatch.setattr(run, "open_desk", lambda *_: Endless())
    device = Puppet(shot(t=0.0), EndedError())
    how = LiveChoices(camera="puppet", window=False)
    with LiveStage(how, console()[0], clock=Hands(), open_it=lambda: device, estimator=Nobody()) as stage:
        stage.play(Plain(), [notes := Notes()])
    assert notes.result is not None
    assert stage.interrupted is None  # all was done


def test_a_voice_file_that_cannot_be_finished_is_a_problem_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def put(self, t: float, lines: Sequence[Line]) -> None:
            pass

        def hush(self) -> None:
            pass

        def close(self, *, now: bool = False) -> None:
            if not now:
                raise OutputError("cannot write the voice to v.wav. Make room")

    monkeypatch.setattr(run, "open_desk", lambda *_: Full())
    _, _, stage, text = played(shot(t=0.0), EndedError())
    assert stage.problems == ["cannot write the voice to v.wav. Make room"]
    assert "note: cannot write the voice" in text


def test_trace_and_recording_are_in_their_place_at_the_end_and_nothing_else(tmp_path: Path) -> None:
    items = [shot(n, (320, 240), n / 10) for n in range(3)]
    _, notes, _, _ = played(*items, EndedError(), record=tmp_path / "a.mp4", trace=tmp_path / "deep" / "a.jsonl.gz")
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")) == ["a.mp4", "deep/a.jsonl.gz"]
    with TraceReader(tmp_path / "deep" / "a.jsonl.gz") as trace:
        assert [sight.t for _, sight in trace] == [sight.t for _, sight, _ in notes.taken]
        assert trace.warnings == []
    with VideoReader(tmp_path / "a.mp4") as video:
        assert 1 <= len(list(video)) <= 3
        assert video.size == (320, 240)


class Pane:
    """In the window's place: presses a key, once, when it has been looked at so often."""

    closed = False

    def __init__(self, key: str, looks: int) -> None:
        self._key, self.left = key, looks
        self.last_words = False  # nothing more comes from the session
        self.looked_after_it = 0

    def show(self, image: object) -> None:
        pass

    def key(self) -> str | None:
        self.looked_after_it += self.last_words
        self.left -= 1
        return self._key if self.left == 0 else None

    def toggle_full_screen(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True


def shown_in(pane: Pane, session: Plain, monkeypatch: pytest.MonkeyPatch, *items: object) -> None:
    """Play a session with a window, whose last picture would stay for ever."""
    monkeypatch.setattr(run, "Window", lambda *_, **__: pane)
    monkeypatch.setattr(run, "_LAST_PICTURE_S", 1e6)
    finishing = LiveStage._finish_speaking

    def finish(stage: LiveStage) -> None:
        finishing(stage)
        pane.last_words = True

    monkeypatch.setattr(LiveStage, "_finish_speaking", finish)
    device = Puppet(*items)
    with LiveStage(LiveChoices(camera="puppet"), console()[0], open_it=lambda: device, estimator=Nobody()) as stage:
        stage.play(session)
    device.put(EndedError())


@pytest.mark.parametrize("items", [pytest.param((EndedError(),), id="the file ends"), pytest.param((), id="its dose")])
def test_the_outcome_stays_in_the_window_until_a_key_closes_it(
    items: tuple[object, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Plain(lambda _: session.end() if not items else None)
    pane = Pane("q", looks=10**9)
    real = pane.key

    def key() -> str | None:
        if pane.looked_after_it >= 3:
            pane.left = 1
        return real()

    pane.key = key  # type: ignore[method-assign]
    shown_in(pane, session, monkeypatch, shot(t=0.0), shot(t=0.1), *items)
    assert pane.looked_after_it >= 3


def test_whoever_quits_does_not_wait_for_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Plain()
    pane = Pane("q", looks=1)
    shown_in(pane, session, monkeypatch, shot(t=0.0), *[shot(t=n / 10) for n in range(1, 60)])
    assert session.over
