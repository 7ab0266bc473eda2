"""What every kind of camera does."""

from dataclasses import dataclass
from typing import Protocol

from formcheck.core.frame import Image


class GoneError(Exception):
    """A device stopped delivering: unplugged, switched off, or its stream broke. It may come back."""


class EndedError(Exception):
    """A file was played to its end."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a camera, and need not be given.

    Attributes:
        size: width and height, pixels.
        fps: frames a second.
        lead_in: for how long a file's first picture is held before it plays, s.
    """

    size: tuple[int, int] = (1280, 720)
    fps: float = 30.0
    lead_in: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """A picture as it was taken.

    Attributes:
        image: (H, W, 3) uint8 RGB, C-contiguous.
        t: when, s from the device's start; None where the device does not say: it was taken just now.
    """

    image: Image
    t: float | None = None


class Device(Protocol):
    """An opened camera. One thread reads it."""

    @property
    def fps(self) -> float | None:
        """Frames a second that it says it gives; None where it does not say."""

    def read(self) -> Shot | None:
        """Wait for the next picture and return it; None where it was garbage.

        Raises:
            GoneError: it delivers nothing any more.
            EndedError: it was a file, and that is over.
        """

    def close(self) -> None:
        """Let go of it; also from another thread, after ``read`` did not return."""
