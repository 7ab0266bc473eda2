"""Files kept of a live session. A full disk ends the file, and not the session."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.errors import OutputError
from formcheck.io import overlay
from formcheck.io.background import Worker
from formcheck.io.camera.source import LiveSource
from formcheck.io.texts import Texts
from formcheck.io.trace import TraceWriter
from formcheck.io.video.writer import VideoWriter
from formcheck.session.moment import Moment
from formcheck.session.summary import Result

_DEPTH = 60


class _Kept:
    """A file that is written beside its place by a thread of its own, and moved there at the end."""

    def __init__(self, path: Path, failed: Callable[[str], None]) -> None:
        self._path = path
        self._beside = path.with_name(f".{path.name}.partial{path.suffix}")
        self._failed = failed
        self._broken = False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._open(self._beside)
        except OSError as error:
            with suppress(OSError):
                self._beside.unlink()
            raise OutputError(f"cannot write {path}: {error.strerror or error}. Choose another file.") from error
        self._worker: Worker[tuple[Frame | None, Sight, Moment]] = Worker(self._write, _DEPTH)

    def take(self, frame: Frame | None, sight: Sight, moment: Moment) -> None:
        """Queue one frame."""
        if self._broken:
            return
        try:
            self._queue((frame, sight, moment))
        except OSError as error:
            self._fail(error)

    def finish(self, result: Result) -> None:
        """Write what is queued and put the file in its place."""
        del result
        if self._broken:
            return
        try:
            self._worker.close()
            self._close()
            self._beside.replace(self._path)
        except OSError as error:
            self._fail(error)

    def abort(self) -> None:
        """Let go of the file; what was written stays, for it cannot be done again."""
        self._worker.abort()
        if not self._broken:
            try:
                self._close()
                self._beside.replace(self._path)
            except OSError:
                self._drop()

    def discard(self) -> None:
        """Leave nothing: the session did not begin."""
        self._worker.abort()
        self._drop()
        self._beside.unlink(missing_ok=True)

    def _fail(self, error: OSError) -> None:
        self._broken = True
        self.discard()
        self._failed(f"{self._path} could not be kept: {error.strerror or error}. The session goes on without it.")

    def _queue(self, item: tuple[Frame | None, Sight, Moment]) -> None:
        raise NotImplementedError

    def _open(self, path: Path) -> None:
        raise NotImplementedError

    def _write(self, item: tuple[Frame | None, Sight, Moment]) -> None:
        raise NotImplementedError

    def _close(self) -> None:
        raise NotImplementedError

    def _drop(self) -> None:
        raise NotImplementedError


class KeptVideo(_Kept):
    """The annotated session as mp4; where encoding is too slow, pictures are left out.

    Args:
        path: where to.
        size: width and height of the pictures.
        fps: nominal frame rate.
        texts: of the language that is written.
        failed: is told why, where it cannot be kept.
    """

    def __init__(
        self, path: Path, size: tuple[int, int], fps: float, texts: Texts, failed: Callable[[str], None]
    ) -> None:
        self._size, self._fps, self._texts = size, fps, texts
        super().__init__(path, failed)

    def _open(self, path: Path) -> None:
        self._writer = VideoWriter(path, self._size, self._fps)

    def _queue(self, item: tuple[Frame | None, Sight, Moment]) -> None:
        if item[0] is not None:
            self._worker.offer(item)

    def _write(self, item: tuple[Frame | None, Sight, Moment]) -> None:
        frame, _, moment = item
        if frame is not None:
            picture = frame.image.copy()
            overlay.draw(picture, moment, self._texts)
            self._writer.write(picture, frame.t)

    def _close(self) -> None:
        self._writer.close()

    def _drop(self) -> None:
        self._writer.abort()


class KeptTrace(_Kept):
    """The poses, for ``formcheck replay``; none is left out, or the replay would not be the same.

    Args:
        path: where to.
        source: known in full at the end.
        failed: is told why, where it cannot be kept.
    """

    def __init__(self, path: Path, source: LiveSource, failed: Callable[[str], None]) -> None:
        self._source = source
        super().__init__(path, failed)

    def _open(self, path: Path) -> None:
        self._writer = TraceWriter(path, self._source.capture.size)

    def _queue(self, item: tuple[Frame | None, Sight, Moment]) -> None:
        self._worker.put((None, item[1], item[2]))

    def _write(self, item: tuple[Frame | None, Sight, Moment]) -> None:
        self._writer.write(item[1])

    def _close(self) -> None:
        self._writer.close(self._source.info, self._source.warnings)

    def _drop(self) -> None:
        try:
            self._writer.close()
        except OSError:
            return  # its last bytes did not fit on the disk either
