"""A video file that plays as a camera, in real time: to try and to show a live session without one."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from formcheck.core.frame import Frame
from formcheck.io.camera.clock import Clock
from formcheck.io.camera.device import EndedError, Shot
from formcheck.io.video.reader import VideoReader


class Playback:
    """Gives each picture when its time has come.

    Args:
        path: of the video.
        clock: which time it keeps.
        lead_in: for how long its first picture is held before it plays, s: time to get ready.

    Raises:
        VideoError: the file cannot be read.
    """

    def __init__(self, path: Path, clock: Clock, lead_in: float = 0.0) -> None:
        self._video = VideoReader(path)
        self._clock = clock
        self._lead_in = lead_in
        self._closed = Event()
        self._frames = self._held()
        self._first_t: float | None = None
        self._started: float | None = None

    @property
    def fps(self) -> float | None:
        """Frames a second that the file says it has."""
        return self._video.fps

    def read(self) -> Shot | None:
        """Wait until the next picture is due."""
        frame = next(self._frames, None)
        if frame is None:
            raise EndedError
        if self._first_t is None:  # it begins to play when the second one is asked for
            self._first_t = frame.t
            return Shot(frame.image, frame.t)
        if self._started is None:
            self._started = self._clock.now() - self._first_t
        if self._clock.wait(self._closed, self._started + frame.t - self._clock.now()):
            raise EndedError
        return Shot(frame.image, frame.t)

    def close(self) -> None:
        """Stop playing."""
        self._closed.set()
        self._video.close()

    def _held(self) -> Iterator[Frame]:
        frames = iter(self._video)
        first = next(frames)
        held = int(self._lead_in * self._video.fps)
        for n in range(held):
            yield Frame(n / self._video.fps, first.image)
        shift = held / self._video.fps - first.t
        yield Frame(first.t + shift, first.image)
        for frame in frames:
            yield Frame(frame.t + shift, frame.image)
