"""What is done with every judged frame while a recording runs: the annotated video, and the trace."""

from pathlib import Path

from formcheck.core.events import Warn
from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.io import overlay
from formcheck.io.background import Worker
from formcheck.io.trace import TraceWriter
from formcheck.io.video.writer import VideoWriter
from formcheck.session.moment import Moment
from formcheck.session.summary import Result


class AnnotatedVideo:
    """Draws on a copy of each frame and encodes it, in a thread of its own.

    Args:
        writer: where the pictures go.
    """

    def __init__(self, writer: VideoWriter) -> None:
        self._writer = writer
        self._worker: Worker[tuple[Frame, Moment]] = Worker(self._draw)

    @property
    def warnings(self) -> list[Warn]:
        """What went wrong with the sound, complete after ``finish``."""
        return self._writer.warnings

    def take(self, frame: Frame | None, sight: Sight, moment: Moment) -> None:
        """Queue one frame."""
        del sight
        if frame is not None:
            self._worker.put((frame, moment))

    def finish(self, result: Result) -> None:
        """Draw what is queued and close the video."""
        del result
        self._worker.close()
        self._writer.close()

    def abort(self) -> None:
        """Drop what is queued and let go of the file."""
        self._worker.abort()
        self._writer.abort()

    def _draw(self, item: tuple[Frame, Moment]) -> None:
        frame, moment = item
        picture = frame.image.copy()
        overlay.draw(picture, moment)
        self._writer.write(picture, frame.t)


class TraceSink:
    """Records what was seen, for replay.

    Args:
        path: where to.
        size: width and height of the pictures.
    """

    def __init__(self, path: Path, size: tuple[int, int]) -> None:
        self.writer = TraceWriter(path, size)

    def take(self, frame: Frame | None, sight: Sight, moment: Moment) -> None:
        """Record one sight."""
        del frame, moment
        self.writer.write(sight)

    def finish(self, result: Result) -> None:
        """The last line needs what is known of the source only at the very end: see ``TraceWriter.close``."""

    def abort(self) -> None:
        """Let go of the file."""
        self.writer.close()
