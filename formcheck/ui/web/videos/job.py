"""One video in the queue."""

import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

State = Literal["waiting", "running", "done", "failed", "cancelled"]
_SOME = 0.02
"""Before so much is done, nobody can tell how long the rest takes."""
_MOST_NAME = 80


@dataclass(slots=True)
class Job:
    """A video, and how far it is.

    Attributes:
        folder: holds the video and its results.
        name: of the file, as the person knows it.
        file: of the file, as it is stored.
        exercise: key; None recognises it.
        keep: keep the video after its analysis.
        remember: take what was found into the history.
        modified: when the file was changed last, by the browser's word.
        id: names it.
        state: where it is.
        progress: 0..1.
        began: when its analysis began, s; by the server's clock.
        took: how long it has been going, s.
        error: why it failed, or why it is not in the history: a problem's words.
        summary: what was found, by language.
        session: number in the history, where it was taken in.
    """

    folder: Path
    name: str
    file: str
    exercise: str | None
    keep: bool
    remember: bool = False
    modified: datetime | None = None
    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    state: State = "waiting"
    progress: float = 0.0
    began: float = 0.0
    took: float = 0.0
    error: dict[str, Any] | None = None
    summary: dict[str, str] = field(default_factory=dict)
    session: int | None = None

    @property
    def remaining_s(self) -> float | None:
        """How long it is likely to take still, s."""
        if self.state != "running" or self.progress < _SOME:
            return None
        return round(self.took * (1 - self.progress) / self.progress, 1)


def stored_as(name: str) -> str:
    """Return a file's name with nothing in it that means something to a system or to FFmpeg: no folder, no protocol."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = re.sub(r"[^\w.() -]", "_", last).strip(" .-")
    stem, dot, ending = plain.rpartition(".")
    short = f"{stem[:_MOST_NAME]}{dot}{ending[:8]}" if stem else plain[:_MOST_NAME]
    # the results' folder stands beside it
    return short if short and short != "results" else "video"
