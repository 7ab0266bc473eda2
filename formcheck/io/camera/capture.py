"""Takes pictures in a thread of its own, keeps only the newest, and gets the camera back when it goes away."""

from threading import Event, Thread

from formcheck.core.frame import Frame
from formcheck.errors import CameraError, FormcheckError
from formcheck.io.camera.clock import Clock
from formcheck.io.camera.device import Device, EndedError, GoneError, Shot
from formcheck.io.camera.fit import fitted
from formcheck.io.camera.opening import Opener
from formcheck.io.latest import Latest

STALL_S = 3.0
"""Without a picture for this long, the camera counts as gone."""
_STUCK_S = 12.0
"""After this long in a read that does not return, the device is opened anew beside it."""
_GIVE_UP_S = 300.0
_PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0)
_FIRST_READS = 30
_USUAL_FPS = 30.0
_FORGETS = 0.05
"""Share of each new picture in the mean period."""


class Capture:
    """An opened camera. ``start`` begins; every frame's time is counted from there.

    Args:
        open_it: opens the camera, now and whenever it has gone.
        clock: tells when a picture was taken.

    Attributes:
        size: width and height of all its frames, pixels: those of the first one.
        fps: frames a second the camera says it gives; None where it does not say.
        ended: no frame will come any more.
        gave_up: it ended because the camera did not come back.
        garbage: pictures that could not be decoded.
        away_s: how long the camera was gone, all in all, s.
        period: time from picture to picture as they come, s.

    Raises:
        FormcheckError: the camera cannot be opened, or gives no picture.
    """

    def __init__(self, open_it: Opener, clock: Clock) -> None:
        self._open = open_it
        self._clock = clock
        self._latest: Latest[Frame] = Latest()
        self._stop = Event()
        self._turn = 0  # threads of an earlier turn were given up
        self._gone: str | None = None
        self._error: BaseException | None = None
        self.ended = self.gave_up = False
        self.garbage = 0
        self.away_s = 0.0
        self._device, self._first = _opened(open_it)
        self.fps = self._device.fps
        self.period = 1 / (self.fps or _USUAL_FPS)
        self.size = self._first.image.shape[1], self._first.image.shape[0]
        self._zero = self._arrived = clock.now()

    @property
    def dropped(self) -> int:
        """How many frames were replaced by a newer one before they were taken."""
        return self._latest.dropped

    @property
    def lost(self) -> str | None:
        """Why there are no pictures at present; None while there are."""
        if self._gone is not None:
            return self._gone
        silent = self._clock.now() - self._arrived
        return f"no picture for {silent:.0f} s" if silent > STALL_S else None

    def now(self) -> float:
        """Return the time a frame would have that is taken now, s."""
        return self._clock.now() - self._zero

    def start(self) -> None:
        """Begin to take pictures."""
        self._zero = self._arrived = self._clock.now()
        self._put(self._first)
        self._run_in_thread(self._device)

    def take(self, timeout_s: float) -> Frame | None:
        """Return the newest frame, once; None where none came within ``timeout_s`` s.

        Raises:
            Exception: what the capturing thread has met and could not handle.
        """
        frame = self._latest.take(timeout_s)
        if self._error is not None:
            raise self._error
        if frame is None and not self.ended and self._gone is None and self._stuck():
            self._turn += 1
            self._gone = "it does not answer"
            self._run_in_thread(None)
        return frame

    def close(self) -> None:
        """Let go of the camera; where it does not answer, without waiting for it."""
        self._stop.set()
        self._latest.close()
        if self._thread is not None:
            self._thread.join(2 * STALL_S)

    _thread: Thread | None = None

    def _stuck(self) -> bool:
        return self._thread is not None and self._clock.now() - self._arrived > _STUCK_S

    def _run_in_thread(self, device: Device | None) -> None:
        self._thread = Thread(target=self._run, args=(device, self._turn), name="formcheck-camera", daemon=True)
        self._thread.start()

    def _run(self, device: Device | None, turn: int) -> None:
        try:
            while self._on(turn):
                if device is None:
                    device = self._again(turn)
                    continue
                try:
                    self._look(device, turn)
                except GoneError as gone:
                    device.close()
                    device = None
                    if self._on(turn):
                        self._gone = str(gone)
        except EndedError:
            self.ended = True
            self._latest.close()
        except BaseException as error:  # raised again where it can be handled
            self._error = error
            self._latest.close()
        finally:
            if device is not None:
                device.close()

    def _on(self, turn: int) -> bool:
        return turn == self._turn and not self._stop.is_set()

    def _look(self, device: Device, turn: int) -> None:
        shot = device.read()
        if not self._on(turn):
            return
        if shot is not None:
            self._put(shot)
            return
        self.garbage += 1
        if self._clock.now() - self._arrived > STALL_S:
            raise GoneError("it sends no picture that can be read")

    def _again(self, turn: int) -> Device | None:
        """Try to open the camera until it is there, with growing pauses."""
        tries = 0
        while self._on(turn):
            if self._clock.now() - self._arrived > _GIVE_UP_S:
                self.gave_up = True
                raise EndedError
            self._clock.wait(self._stop, _PAUSES_S[min(tries, len(_PAUSES_S) - 1)])
            tries += 1
            if not self._on(turn):
                return None
            try:
                return self._open()
            except FormcheckError as error:
                self._gone = str(error)
        return None

    def _put(self, shot: Shot) -> None:
        now = self._clock.now()
        if self._gone is not None or now - self._arrived > STALL_S:
            self.away_s += now - self._arrived
        else:
            # a hitch is not how the camera usually is
            self.period += _FORGETS * (min(now - self._arrived, 3 * self.period) - self.period)
        self._arrived, self._gone = now, None
        t = now - self._zero if shot.t is None else shot.t
        self._latest.put(Frame(round(t, 6), fitted(shot.image, self.size)))


def _opened(open_it: Opener) -> tuple[Device, Shot]:
    """Open a camera and wait for its first picture."""
    device = open_it()
    try:
        for _ in range(_FIRST_READS):
            shot = device.read()
            if shot is not None:
                return device, shot
    except (GoneError, EndedError):
        pass
    except BaseException:
        device.close()
        raise
    device.close()
    raise CameraError("the camera was opened but sends no picture. Is another program using it? Plug it in again.")
