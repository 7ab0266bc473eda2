"""Part of a video, from a frame in its middle to its end: the same frames at the same times as reading it all gives."""

from collections.abc import Iterator
from pathlib import Path

import av
from av.video.frame import VideoFrame

from formcheck.core.frame import Frame
from formcheck.io.video.frame_index import FrameIndex
from formcheck.io.video.reader import VideoReader


class Passage(VideoReader):
    """Reads a video from a frame on; iterate over it once. Decodes in the thread that asks.

    Args:
        path: the video.
        index: of it.
        first: number of the first frame that is wanted.

    Raises:
        VideoError: it cannot be opened.
    """

    def __init__(self, path: Path, index: FrameIndex, first: int) -> None:
        super().__init__(path, threads=False)
        self._index = index
        self._wanted = index.times[first]

    def __iter__(self) -> Iterator[Frame]:
        start = self._container.start_time
        start_s = start / av.time_base if start is not None else 0.0
        for frame in self._sought():
            if frame.pts is None:
                continue
            t = round(float(frame.time or 0.0) - start_s + self._index.shift, 6)
            if t >= self._wanted - 1e-6:
                self.frames_read += 1
                yield Frame(t, self._picture(frame))

    def _sought(self) -> Iterator[VideoFrame]:
        """Decode from the last picture that stands by itself; from the file's start where that cannot be found."""
        key = self._index.key_before(self._wanted)
        if self._lands(key):
            for frame in self._decoded():
                # pictures shown before that one may need others still, which were not decoded
                if frame.pts is not None and frame.pts >= key:
                    yield frame
            return
        self._container.close()
        super().__init__(self.path, threads=False)
        first, self._first = self._first, None
        yield from self._rest(first)

    def _lands(self, key: int) -> bool:
        try:
            self._container.seek(key, stream=self._stream)
            packet = next(self._container.demux(self._stream))
            exact = packet.is_keyframe and packet.pts == key
            self._container.seek(key, stream=self._stream)
        except (av.FFmpegError, StopIteration):
            return False
        return exact
