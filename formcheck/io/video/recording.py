"""A recorded video as a source: decoded ahead in a thread while the person is found in the frame before."""

from collections.abc import Generator
from contextlib import closing

from formcheck.core.events import Warn
from formcheck.io.background import ahead
from formcheck.io.report.source_info import SourceInfo
from formcheck.io.video.reader import VideoReader
from formcheck.session.pipeline import Estimator, Observation, observe


class Recording:
    """A video and who finds the person in it.

    Args:
        video: opened; iterated once.
        estimator: finds the person.
        shown_as: what it is called in results.
    """

    def __init__(self, video: VideoReader, estimator: Estimator, shown_as: str) -> None:
        self.video = video
        self._estimator = estimator
        self._shown_as = shown_as

    @property
    def warnings(self) -> list[Warn]:
        """What was wrong with the file, complete after the last frame."""
        return self.video.warnings

    def share(self, t: float) -> float:
        """How much of the work is done, 0..1, when the frame at ``t`` s is judged; 0 where the file tells no length."""
        length = self.video.duration_s
        return min(1.0, t / length) if length > 0 else 0.0

    def __iter__(self) -> Generator[Observation, None, None]:
        with closing(ahead(self.video)) as frames:
            yield from observe(frames, self._estimator)

    @property
    def info(self) -> SourceInfo:
        """What is known of the video, complete after the last frame."""
        width, height = self.video.size
        return SourceInfo(self._shown_as, self.video.duration_s, self.video.fps, width, height, self.video.frames_read)
