"""Cameras and clocks for tests: they do what they are told, when they are told."""

from queue import Queue
from threading import Event

import numpy as np

from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.io.camera.device import Shot


class Hands:
    """A clock that is set by hand; who waits moves it on.

    Attributes:
        waits: how long was waited, each time.
    """

    def __init__(self) -> None:
        self.t = 100.0
        self.waits: list[float] = []

    def now(self) -> float:
        return self.t

    def wait(self, until: Event, seconds: float) -> bool:
        if until.is_set():
            return True
        self.waits.append(round(seconds, 3))
        self.t += max(0.0, seconds)
        return False


class Puppet:
    """A device whose pictures a test puts in; an exception that is put in is raised."""

    fps = 30.0

    def __init__(self, *items: object) -> None:
        self._items: Queue[object] = Queue()
        self.waiting = Event()  # it has been read empty, and all that was in it was dealt with
        self.closed = False
        for item in items:
            self.put(item)

    def put(self, *items: object) -> "Puppet":
        self.waiting.clear()
        for item in items:
            self._items.put(item)
        return self

    def settled(self) -> None:
        assert self.waiting.wait(10)

    def read(self) -> Shot | None:
        if self._items.empty():
            self.waiting.set()
        item = self._items.get()
        if isinstance(item, BaseException):
            raise item
        assert item is None or isinstance(item, Shot)
        return item

    def close(self) -> None:
        self.closed = True


def shot(shade: int = 100, size: tuple[int, int] = (64, 48), t: float | None = None) -> Shot:
    return Shot(np.full((size[1], size[0], 3), shade, np.uint8), t)


def shade(frame: Frame | None) -> int:
    assert frame is not None
    return int(frame.image[frame.size[1] // 2, frame.size[0] // 2, 0])


class Nobody:
    """An estimator that sees nobody, and remembers what it was shown."""

    def __init__(self) -> None:
        self.shown: list[Frame] = []

    def estimate(self, frame: Frame) -> Sight:
        self.shown.append(frame)
        return Sight(frame.t, None)
