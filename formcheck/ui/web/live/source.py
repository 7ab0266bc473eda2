"""A browser's camera as a source of the one loop: the newest picture, whenever the last one is judged."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from threading import Event

from formcheck.core.events import Warn
from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.io.camera.fit import fitted
from formcheck.io.latest import Latest
from formcheck.io.report.source_info import SourceInfo
from formcheck.session.pipeline import Estimator, Observation
from formcheck.ui.web.live.jpeg import BrokenFrameError, decoded
from formcheck.ui.web.live.times import Times

IDLE_S = 1.0
"""After so long without a picture there is none to see ..."""
TICK_S = 0.2
"""... and the session runs this often: its clock goes on, it can be answered and ended."""
_FEW_FPS = 12.0
_FEW_AFTER_S = 5.0


@dataclass(frozen=True, slots=True)
class Incoming:
    """A picture as it came in.

    Attributes:
        line: number of the connection it came by.
        t: when it was taken, s, by the browser's clock.
        jpeg: the picture.
        arrived: when it came in, s, by the server's clock.
    """

    line: int
    t: float
    jpeg: bytes
    arrived: float


class BrowserSource:
    """Pictures with what is seen in them; while none comes, sights of nobody without a frame.

    Args:
        inbox: takes the newest picture.
        estimator: finds the person.
        clock: the server's, s.
        on_broken: is told of a picture that cannot be used, and why.
        on_idle: is told, at every tick, for how many s no picture has come; 0 when one comes again.

    Attributes:
        judged: the picture under judgement; None where there is none.
        taken: when its turn came, s, by the server's clock.
        size: width and height of the pictures that are judged; those of another size are fitted into it.
    """

    def __init__(
        self,
        inbox: Latest[Incoming],
        estimator: Estimator,
        clock: Callable[[], float],
        on_broken: Callable[[Incoming, str], None],
        on_idle: Callable[[float], None],
    ) -> None:
        self._inbox, self._estimator, self._clock = inbox, estimator, clock
        self._on_broken, self._on_idle = on_broken, on_idle
        self._times = Times(clock())
        self._stop = Event()
        self._frames = 0
        self._first_t = 0.0
        self.judged: Incoming | None = None
        self.taken = 0.0
        self.size: tuple[int, int] | None = None
        self.own_size: tuple[int, int] = (1, 1)

    def stop(self) -> None:
        """Deliver nothing any more; from any thread."""
        self._stop.set()

    def __iter__(self) -> Generator[Observation, None, None]:
        last_came = self._clock()
        wait = IDLE_S
        while not self._stop.is_set():
            incoming = self._inbox.take(wait)
            self.taken = self._clock()
            if self._stop.is_set():
                return
            frame = self._frame(incoming) if incoming is not None else None
            if frame is not None:
                if wait < IDLE_S:
                    self._on_idle(0.0)
                last_came, wait = self._clock(), IDLE_S
                self.judged = incoming
                yield frame, self._estimator.estimate(frame)
            elif incoming is None:
                wait = TICK_S
                self.judged = None
                self._on_idle(self._clock() - last_came)
                yield None, Sight(self._times.now(self._clock()), None, blind=True)

    def _frame(self, incoming: Incoming) -> Frame | None:
        try:
            image = decoded(incoming.jpeg)
        except BrokenFrameError as error:
            self._on_broken(incoming, str(error))
            return None
        t = self._times.of(incoming.line, incoming.t, incoming.arrived)
        if t is None:
            self._on_broken(incoming, "its time is not later than that of the picture before")
            return None
        height, width = image.shape[:2]
        self.own_size = (width, height)
        if self.size is None:
            self.size, self._first_t = self.own_size, t
        self._frames += 1
        return Frame(t, fitted(image, self.size))

    @property
    def info(self) -> SourceInfo:
        """What was got from the browser, complete after the last frame."""
        width, height = self.size or (1, 1)
        return SourceInfo("browser", self._times.last, self._rate(), width, height, self._frames)

    @property
    def warnings(self) -> list[Warn]:
        """What was wrong with the pictures, complete after the last frame."""
        if self._times.last - self._first_t < _FEW_AFTER_S or self._rate() >= _FEW_FPS:
            return []
        return [
            Warn(
                "few_frames",
                f"Only {self._rate():.0f} pictures a second could be judged; short faults may be missed. "
                "Close other programs and other tabs.",
            )
        ]

    def _rate(self) -> float:
        span = self._times.last - self._first_t
        return (self._frames - 1) / span if span > 0 and self._frames else 0.0
