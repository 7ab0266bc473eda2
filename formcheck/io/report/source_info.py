"""What a report says of the recording it was made from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A recording: its path as the user gave it, length in s, frames a second, size in pixels, number of frames."""

    path: str
    duration_s: float
    fps: float
    width: int
    height: int
    frames: int
