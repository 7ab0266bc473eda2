"""What the process that analyses a video is told."""

from dataclasses import dataclass
from pathlib import Path

RESULTS = "results"


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be analysed.

    Attributes:
        folder: holds the video; takes ``results``.
        name: of the video's file.
        exercise: key; None recognises it.
        model: another pose bundle.
    """

    folder: Path
    name: str
    exercise: str | None
    model: Path | None
