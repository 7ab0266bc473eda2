"""The clock of a live session: every frame's time is counted from when its camera was opened."""

import time
from threading import Event
from typing import Protocol


class Clock(Protocol):
    """Tells the time, and waits."""

    def now(self) -> float:
        """Return a time in s that always rises."""

    def wait(self, until: Event, seconds: float) -> bool:
        """Wait for ``seconds``, or less if ``until`` is set; return whether it is."""


class SystemClock:
    """The machine's own."""

    def now(self) -> float:
        """Return a time in s that always rises."""
        return time.monotonic()

    def wait(self, until: Event, seconds: float) -> bool:
        """Wait for ``seconds``, or less if ``until`` is set; return whether it is."""
        return until.wait(max(0.0, seconds))
