"""Opens a video for analysis: whole, or in parts where it is long."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from formcheck.io.pose.estimator import PoseEstimator
from formcheck.io.video.frame_index import frame_index
from formcheck.io.video.parted import PartedRecording
from formcheck.io.video.parts import starts_of_parts
from formcheck.io.video.reader import VideoReader
from formcheck.io.video.recording import Recording


@contextmanager
def open_recording(
    path: Path, called: str | None = None, model: Path | None = None, jobs: int = 1
) -> Iterator[Recording]:
    """Open a video. What is found in it does not hang on ``jobs``.

    Args:
        path: the video.
        called: what it is called in results; None: its path.
        model: another pose bundle.
        jobs: how many parts of a long one are worked on at once.

    Raises:
        VideoError: it cannot be read.
        ModelError: the pose bundle cannot be used.
    """
    # a file name may be no UTF-8; what is written of it is
    called = (called or str(path)).encode(errors="backslashreplace").decode()
    with ExitStack() as stack:
        video = stack.enter_context(VideoReader(path))
        index = frame_index(path) if len(starts_of_parts(video.duration_s)) > 1 else None
        starts = starts_of_parts(index.times[-1]) if index is not None else []
        if index is None or len(starts) < 2:
            yield Recording(video, stack.enter_context(PoseEstimator(model)), called)
            return
        video.close()
        late = stack.enter_context(VideoReader(path, late=True))
        yield stack.enter_context(closing(PartedRecording(late, index, starts, called, model=model, jobs=jobs)))
