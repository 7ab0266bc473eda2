"""How the server is to work."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Protocol

from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.io.pose.estimator import PoseEstimator

PORT = 8377
LOOPBACK = "127.0.0.1"
MEGABYTE = 2**20


class Finder(Protocol):
    """Finds the person in a frame, and lets go of what it holds."""

    def estimate(self, frame: Frame) -> Sight:
        """Return what is seen in ``frame``; frames come with rising times."""

    def close(self) -> None:
        """Release everything."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is let in.

    Attributes:
        sessions: live sessions that are judged at once; each has a network and threads of its own.
        sockets: that are open at once.
        frame: bytes of one message of a socket.
        start_s: for how long a socket may say nothing at first.
        away_s: for how long a session is kept without a socket.
        upload: bytes of one video.
        uploads: videos that come in at once.
        videos: in the queue or done.
        chunk_s: for how long an upload may stand still.
        least_rate: bytes a second that an upload must come to, after ``chunk_s``.
        body: bytes of any other request.
        plans: own ones that are kept.
    """

    sessions: int = 4
    sockets: int = 16
    frame: int = 2 * MEGABYTE
    start_s: float = 10.0
    away_s: float = 60.0
    upload: int = 2 * 1024 * MEGABYTE
    uploads: int = 4
    videos: int = 50
    chunk_s: float = 20.0
    least_rate: float = 16 * 1024
    body: int = 64 * 1024
    plans: int = 50


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``formcheck serve`` was asked for.

    Attributes:
        host: address that it listens on.
        names: hosts by which it may be asked, besides its own address.
        token: to be shown with every request; None where only this machine can ask.
        db: the history; None for the one in the user's data folder.
        keep: write the history, and show it.
        model: another pose bundle.
        finder: makes what finds the person, in the thread that uses it.
        clock: rises, s.
        limits: how much is let in.
    """

    host: str = LOOPBACK
    names: tuple[str, ...] = ()
    token: str | None = None
    db: Path | None = None
    keep: bool = True
    model: Path | None = None
    finder: Callable[[Path | None], Finder] = PoseEstimator
    clock: Callable[[], float] = monotonic
    limits: Limits = Limits()
