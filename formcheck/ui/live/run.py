"""Everything around a live session: camera, network, voice, window, files, signals. Which session it is, others say."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from threading import Event, Thread
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape

from formcheck.errors import FormcheckError, OutputError
from formcheck.io.camera.address import Address, parse
from formcheck.io.camera.capture import Capture
from formcheck.io.camera.clock import Clock, SystemClock
from formcheck.io.camera.device import Wanted
from formcheck.io.camera.opening import Opener, opener
from formcheck.io.camera.source import LiveSource
from formcheck.io.pose.estimator import PoseEstimator
from formcheck.io.report.source_info import SourceInfo
from formcheck.io.texts import Texts
from formcheck.io.voice import Manner, Speaker, VoiceSink, open_desk
from formcheck.session.pipeline import Estimator, Sink, Steered, run
from formcheck.session.summary import Result
from formcheck.ui.live.choices import LiveChoices, check_files
from formcheck.ui.live.display import Display, Shows
from formcheck.ui.live.interrupts import Interrupts
from formcheck.ui.live.keeping import KeptTrace, KeptVideo
from formcheck.ui.live.painter import Painter
from formcheck.ui.live.steering import Asking, Steering
from formcheck.ui.live.typed import Typed
from formcheck.ui.live.window import Window, WindowError

_POLL_S = 0.05
_LAST_PICTURE_S = 6.0
"""How long the outcome can be read in the window."""
_TITLE = "formcheck"


class LiveStage:
    """Where a live session takes place. Open it, play one session, close it.

    Args:
        choices: what the user asked for.
        console: takes notices.
        clock: of the camera.
        open_it: opens the camera instead of what ``choices`` name.
        estimator: finds the person instead of MediaPipe; closed by whoever made it.
        on_shown: is told the time of each frame once it is on the screen.

    Attributes:
        interrupted: number of the signal that ended it; None without one.
        problems: what could not be kept.

    Raises:
        FormcheckError: no camera, no model; when it is opened.
    """

    def __init__(
        self,
        choices: LiveChoices,
        console: Console,
        *,
        clock: Clock | None = None,
        open_it: Opener | None = None,
        estimator: Estimator | None = None,
        on_shown: Callable[[float], None] | None = None,
    ) -> None:
        self._choices, self._console, self._on_shown = choices, console, on_shown
        self._clock: Clock = clock or SystemClock()
        self._open_it, self._estimator = open_it, estimator
        self._stack = ExitStack()
        self.interrupted: int | None = None
        self.problems: list[str] = []

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._open(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._stack.close()

    @property
    def capture(self) -> Capture:
        """The camera."""
        return self._capture

    @property
    def texts(self) -> Texts:
        """The words, in the person's language."""
        return self._texts

    @property
    def info(self) -> SourceInfo:
        """What was got from the camera, complete after ``play``."""
        return self._source.info

    def notice(self, text: str) -> None:
        """Tell the user something that is no result."""
        self._console.print(f"[yellow]note:[/] {escape(text)}")

    def play(self, session: Steered, sinks: Sequence[Sink] = (), skip: Callable[[], None] | None = None) -> Result:
        """Run ``session`` to its end and return what was done; the last words are spoken then.

        Args:
            session: used by one thread only, with what its ``Steering`` is ordered.
            sinks: further ones.
            skip: what the key for "next" does; without it the session ends.

        Raises:
            FormcheckError: what the camera or the network met and could not mend.
        """
        source = self._source = LiveSource(
            self._capture, self._finder, self._address.shown, on_lost=self._lost, on_back=self._back, on_end=self._over
        )
        steering = self._steering = Steering(session, source, skip)
        display = self._display(steering)
        first: list[Sink] = [VoiceSink(self._texts, self.speaker)]  # words are late soonest
        if display is not None:
            first.append(display)
        if isinstance(session, Asking) and display is None:
            typed = Typed(self._texts, self._console.print)
            typed.listen(steering)
            first.append(typed)
        kept = self._files(source)
        loop = _Loop(lambda: run(source, steering, [*first, *kept, *sinks]))
        with Interrupts(lambda: steering.order("quit")) as interrupts:
            loop.start()
            self._wait_for(loop, display, steering)
            self.interrupted = interrupts.number
            result = loop.result()
            self._say_last_words(display, steering)
        return result

    def _say_last_words(self, display: Display | None, steering: Steering) -> None:
        """Let the speaker finish, and the last picture stay a while for whoever did not end it.

        All is done by now, so whoever quits (once more) only cuts it short.
        """
        quits, enough = steering.quits, Event()
        asked = quits - self.capture.ended  # the source's end counts as well, and nobody asked for that
        stays_s = _LAST_PICTURE_S if display is not None and not asked else 0.0

        def last() -> None:
            self._finish_speaking()
            enough.wait(stays_s)

        words = Thread(target=last, name="formcheck-last-words", daemon=True)
        with Interrupts(lambda: steering.order("quit")):
            words.start()
            self._wait_for(words, display, steering, lambda: steering.quits > quits)
            if words.is_alive():
                self.speaker.hush()
                enough.set()
                words.join()

    def _finish_speaking(self) -> None:
        try:
            self.speaker.close()
        except OutputError as error:
            self._not_kept(str(error))

    def _open(self, stack: ExitStack) -> None:
        choices = self._choices
        check_files(choices)
        self._texts = Texts(choices.speech.language)
        self._address: Address = parse(choices.camera)
        wanted = Wanted(choices.size, choices.fps, choices.lead_in)
        self._capture = Capture(self._open_it or opener(self._address, wanted, self._clock), self._clock)
        stack.callback(self._capture.close)
        self._tell_camera()
        if self._estimator is None:
            self._finder: Estimator = stack.enter_context(PoseEstimator(choices.model))
        else:
            self._finder = self._estimator
        speech = choices.speech
        manner = Manner(speech.language, speech.rate, speech.volume)
        self.speaker = Speaker(open_desk(manner, self.notice, speech.file), muted=speech.mute)
        stack.callback(self.speaker.close, now=True)
        self._window: Shows | None = self._open_window() if choices.window else None
        if self._window is not None:
            stack.callback(self._window.close)

    def _open_window(self) -> Shows | None:
        try:
            return Window(_TITLE, self._capture.size, full_screen=self._choices.full_screen)
        except WindowError as error:
            self.notice(f"{error}: going by voice alone. --no-window says so from the start.")
            return None

    def _display(self, steering: Steering) -> Display | None:
        if self._window is None:
            return None
        mirror = self._choices.mirror
        if mirror is None:
            mirror = self._address.kind in ("number", "device")
        painter = Painter(self._texts, mirror=mirror)
        return Display(self._window, painter, steering, self.speaker, self._on_shown)

    def _files(self, source: LiveSource) -> list[Sink]:
        choices = self._choices
        trace = KeptTrace(choices.trace, source, self._not_kept) if choices.trace is not None else None
        if choices.record is None:
            return [trace] if trace is not None else []
        try:
            fps = self._capture.fps or choices.fps
            video = KeptVideo(choices.record, self._capture.size, fps, self._texts, self._not_kept)
        except BaseException:
            if trace is not None:
                trace.discard()
            raise
        return [video, trace] if trace is not None else [video]

    def _wait_for(
        self, thread: Thread, display: Display | None, steering: Steering, enough: Callable[[], bool] = lambda: False
    ) -> None:
        """Wait for a thread, or until it is enough, while the window, if there is one, lives."""
        while thread.is_alive() and not enough():
            if display is None or self._window is None:
                thread.join(_POLL_S)
            elif not display.turn():
                self._window.close()
                self._window = None
                steering.order("quit")

    def _tell_camera(self) -> None:
        width, height = self._capture.size
        got = f"{width}x{height}" + (f" at {self._capture.fps:.3g} fps" if self._capture.fps else "")
        asked = ""
        if self._address.kind in ("number", "device"):
            want = self._choices
            asked = f" (asked for {want.size[0]}x{want.size[1]} at {want.fps:.3g} fps)"
        self._console.print(f"camera {escape(self._address.shown)}: {got}{asked}")

    def _lost(self, why: str) -> None:
        self._steering.tell("coach.camera_lost")
        self.notice(f"the camera is gone: {why}. Trying to get it back; the session is kept.")

    def _back(self) -> None:
        self._steering.tell("coach.camera_back")
        self.notice("the camera is back")

    def _over(self) -> None:
        self._steering.order("quit")

    def _not_kept(self, why: str) -> None:
        self.problems.append(why)
        self.notice(why)


class _Loop(Thread):
    """The one loop, in a thread of its own."""

    def __init__(self, work: Callable[[], Result]) -> None:
        super().__init__(name="formcheck-loop", daemon=True)
        self._work = work
        self._result: Result | None = None
        self._error: BaseException | None = None

    def run(self) -> None:
        """Work."""
        try:
            self._result = self._work()
        except BaseException as error:  # raised again where it can be handled
            self._error = error

    def result(self) -> Result:
        """Return what came of it; for after its end."""
        if self._error is not None:
            raise self._error
        if self._result is None:
            raise FormcheckError("the session ended without a result")
        return self._result
