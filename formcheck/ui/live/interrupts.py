"""Ctrl-C and SIGTERM: the first one ends the session as it should end, the second one ends the program."""

import os
import signal
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any

_CAUGHT = (signal.SIGINT, signal.SIGTERM)


class Interrupts:
    """While this is open, the first signal calls ``stop``. For the main thread.

    Args:
        stop: begins the end; called within the signal handler.

    Attributes:
        number: of the signal that came; None without one.
    """

    def __init__(self, stop: Callable[[], None]) -> None:
        self._stop = stop
        self._before: dict[int, Any] = {}
        self.number: int | None = None

    def __enter__(self) -> "Interrupts":
        for number in _CAUGHT:
            self._before[number] = signal.signal(number, self._came)
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._restore()

    def _restore(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()

    def _came(self, number: int, _: FrameType | None) -> None:
        if self.number is None:
            self.number = number
            self._stop()
            return
        # whoever asks twice does not want to wait for anything, not even for threads
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
