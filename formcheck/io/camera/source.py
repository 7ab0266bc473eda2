"""A camera as a source of the one loop: the newest frame, whenever the last one is judged."""

from collections.abc import Callable, Generator
from threading import Event

from formcheck.core.events import Warn
from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.io.camera.capture import Capture
from formcheck.io.camera.fresh import Freshness
from formcheck.io.report.source_info import SourceInfo
from formcheck.session.pipeline import Estimator, Observation

_TICK_S = 0.2
"""Without a camera the session still runs this often: its clock goes on, and it can be paused and ended."""
_FEW_FPS = 12.0
"""Fewer judged frames a second than this miss short faults."""
_FEW_AFTER_S = 5.0


class LiveSource:
    """Frames of a camera with what is seen in them; while it is gone, sights of nobody without a frame.

    Args:
        capture: the camera, not yet started.
        estimator: finds the person.
        shown_as: the camera as the user named it.
        on_lost: is told why, when the camera goes away.
        on_back: is told when it is there again.
        on_end: is told when nothing more comes, with one last sight of nobody still to follow.
    """

    def __init__(
        self,
        capture: Capture,
        estimator: Estimator,
        shown_as: str,
        *,
        on_lost: Callable[[str], None],
        on_back: Callable[[], None],
        on_end: Callable[[], None],
    ) -> None:
        self.capture = capture
        self._estimator = estimator
        self._shown_as = shown_as
        self._on_lost, self._on_back, self._on_end = on_lost, on_back, on_end
        self._stop = Event()
        self._fresh = Freshness()
        self._frames = self._times_lost = 0
        self._last = -1.0

    def stop(self) -> None:
        """Deliver nothing any more; from any thread."""
        self._stop.set()

    def __iter__(self) -> Generator[Observation, None, None]:
        lost = False
        self.capture.start()
        try:
            while not self._stop.is_set():
                frame = self._newest()
                if frame is not None:
                    if frame.t <= self._last:
                        continue  # taken just before the camera was said to be gone
                    if lost:
                        lost = False
                        self._on_back()
                    self._frames, self._last = self._frames + 1, frame.t
                    yield frame, self._estimator.estimate(frame)
                elif self.capture.ended:
                    self._on_end()
                    yield self._nobody(self._last + 1 / 30)
                    return
                elif (why := self.capture.lost) is not None:
                    if not lost:
                        lost, self._times_lost = True, self._times_lost + 1
                        self._on_lost(why)
                    yield self._nobody(self.capture.now())
        finally:
            self.capture.close()

    def _newest(self) -> Frame | None:
        """Return the newest picture, or the next one, where the newest is old by now and the next is due."""
        frame = self.capture.take(_TICK_S)
        if frame is None:
            return None
        wait_s = self._fresh.wait_s(frame.t, self.capture.now(), self.capture.period)
        if wait_s:
            frame = self.capture.take(wait_s) or frame
        return frame

    @property
    def info(self) -> SourceInfo:
        """What was got from the camera, complete after the last frame."""
        length = max(0.0, self._last)
        width, height = self.capture.size
        return SourceInfo(self._shown_as, length, self._rate(), width, height, self._frames)

    @property
    def warnings(self) -> list[Warn]:
        """What was wrong with the camera, complete after the last frame."""
        found = []
        if self._times_lost:
            times = "once" if self._times_lost == 1 else f"{self._times_lost} times"
            said = f"The camera was gone {times}, for {self.capture.away_s:.0f} s in all; nothing was seen meanwhile."
            if self.capture.gave_up:
                said = "The camera went away and did not come back; the session was ended."
            found.append(Warn("camera_lost", said))
        if self._last > _FEW_AFTER_S and self._rate() < _FEW_FPS and not self._times_lost:
            found.append(
                Warn(
                    "few_frames",
                    f"Only {self._rate():.0f} pictures a second could be judged; short faults may be missed. "
                    "Close other programs, or take a smaller picture (--size 640x480).",
                )
            )
        return found

    def _rate(self) -> float:
        return (self._frames - 1) / self._last if self._last > 0 else 0.0

    def _nobody(self, t: float) -> Observation:
        self._last = max(round(t, 6), round(self._last + 0.001, 6))
        return None, Sight(self._last, None, blind=True)
