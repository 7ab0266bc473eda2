"""Reads recorded videos as a person would see them: upright, square pixels, at their true times."""

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path
from threading import Lock

import av
import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, VideoReformatter
from av.video.stream import VideoStream

from formcheck.core.events import Warn
from formcheck.core.frame import Frame, Image
from formcheck.errors import VideoError
from formcheck.io.video.deinterlace import Deinterlacer
from formcheck.io.video.late_frame import LateFrame
from formcheck.io.video.timeline import Timeline

_TURNS = {90: cv2.ROTATE_90_COUNTERCLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_CLOCKWISE}
_BT709 = 1
_HD_LINES = 720
"""Untagged video of this height and more is BT.709 by convention, below it BT.601."""
_MISSING_S = 1.0
"""A file that ends this much before it says it does is damaged."""
_CHUNK = 1 << 20
_MOST_BAD = 100
"""Undecodable packets in a row after which the rest of the file is given up."""


class VideoReader:
    """A recorded video; iterate over it once. Frames are decoded as they are asked for and never kept.

    Args:
        path: mp4, mov, mkv, webm, avi, gif: whatever FFmpeg opens.
        threads: decode in several threads.
        late: make a frame's picture only when it is asked for.

    Attributes:
        path: of it.
        size: width and height of the frames, upright, in square pixels.
        fps: nominal frame rate, 1/s.
        frames_read: frames yielded so far.
        has_audio: whether there is sound.
        warnings: what was wrong with the file; grows while it is read.

    Raises:
        VideoError: the file cannot be opened, holds no video, or none of it can be decoded; while iterating: the disk
            does not give it to its end.
    """

    def __init__(self, path: Path, *, threads: bool = True, late: bool = False) -> None:
        self.path = path
        self._late = late
        # kept: a converter of its own for each frame, with threads of its own, takes five times as long
        self._reformatter, self._one_at_a_time = VideoReformatter(), Lock()
        self.warnings: list[Warn] = []
        self.frames_read = 0
        self._container = _open(path)
        try:
            self._stream = _video_stream(path, self._container)
            context = self._stream.codec_context
            if not context.width or not context.height:
                raise VideoError(
                    f"{path} says nothing about the size of its pictures. Convert it to mp4 and try again."
                )
            if threads:
                self._stream.thread_type = "AUTO"
            else:
                context.thread_count = 1
            self.has_audio = bool(self._container.streams.audio)
            self._first = next(self._decoded(), None)
            if self._first is None:
                raise VideoError(f"no picture in {path} can be decoded. Is the file complete? Copy or export it again.")
            self._plain, self.size = self._sizes(self._first)
            rate = self._stream.average_rate or self._stream.guessed_rate or Fraction(25)
            self.fps = float(rate) if 0 < rate <= 1000 else 25.0
            self._timeline = Timeline(1 / self.fps)
            # rewinding would fail on some files; the first frame is kept instead
        except BaseException:
            self._container.close()
            raise

    def __enter__(self) -> "VideoReader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._container.close()

    @property
    def duration_s(self) -> float:
        """Length in s: measured once the video was read, before that what the file says (0 = it does not)."""
        if self.frames_read:
            return self._timeline.last + 1 / self.fps if self.frames_read > 1 else 1 / self.fps
        return self._promised_s

    @property
    def _promised_s(self) -> float:
        stream, container = self._stream, self._container
        if stream.duration and stream.time_base:
            return float(stream.duration * stream.time_base)
        return container.duration / av.time_base if container.duration else 0.0

    def __iter__(self) -> Iterator[Frame]:
        start = self._container.start_time
        start_s = start / av.time_base if start is not None else 0.0
        promised = self._promised_s
        first, self._first = self._first, None
        for frame in self._rest(first):
            t = self._timeline.place(None if frame.pts is None else float(frame.time or 0.0) - start_s)
            self.frames_read += 1
            yield self._frame(round(t, 6), frame)
        self._measure_rate()
        if self._timeline.mended:
            self.warnings.append(Warn("odd_timestamps", "The video's time stamps are faulty; they were mended."))
        if "avi" in self._container.format.name:  # its length is guessed from the file's size, its frames are counted
            promised = self._stream.frames / self.fps
        cut = promised - self.duration_s > max(_MISSING_S, 0.02 * promised)
        if self._bad or (cut and not self._timeline.mended):
            _prove_readable(self.path)
            self.warnings.append(
                Warn(
                    "damaged_video",
                    f"The video is damaged: {self.duration_s:.1f} s of it could be read and were analysed.",
                )
            )

    def _rest(self, first: VideoFrame | None) -> Iterator[VideoFrame]:
        if first is not None:
            yield first
        yield from self._frames

    def _measure_rate(self) -> None:
        """The file's own word on its frame rate is often missing or wrong; what was seen is not."""
        if self.frames_read > 1 and self._timeline.last > 0:
            measured = (self.frames_read - 1) / self._timeline.span
            if not 0.95 < measured / self.fps < 1.05:
                self.fps = measured

    def _decoded(self) -> Iterator[VideoFrame]:
        self._bad = 0
        self._frames = Deinterlacer(self._stream).run(self._raw())
        return self._frames

    def _raw(self) -> Iterator[VideoFrame]:
        in_a_row = 0
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets)
            except StopIteration:
                return
            except av.FFmpegError:
                self._bad += 1
                return
            try:
                frames = packet.decode()
            except av.FFmpegError:
                self._bad, in_a_row = self._bad + 1, in_a_row + 1
                if in_a_row > _MOST_BAD:
                    return
                continue
            for frame in frames:
                in_a_row = 0
                if isinstance(frame, VideoFrame):
                    yield frame

    def _sizes(self, frame: VideoFrame) -> tuple[tuple[int, int], tuple[int, int]]:
        """Size before and after turning the picture upright, in square pixels."""
        aspect = self._stream.sample_aspect_ratio or Fraction(1)
        wide = float(aspect) if 0.2 < aspect < 5 else 1.0
        plain = (max(1, round(frame.width * wide)), frame.height)
        self._turn = _TURNS.get(round(frame.rotation / 90) * 90 % 360)
        on_its_side = self._turn in {cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE}
        return plain, (plain[1], plain[0]) if on_its_side else plain

    def _frame(self, t: float, frame: VideoFrame) -> Frame:
        return LateFrame(t, self.size, partial(self._picture, frame)) if self._late else Frame(t, self._picture(frame))

    def _picture(self, frame: VideoFrame) -> Image:
        width, height = self._plain
        hd = frame.colorspace == _BT709 or (frame.colorspace == 2 and frame.height >= _HD_LINES)
        colours = Colorspace.ITU709 if hd else Colorspace.ITU601
        # one pass: size, pixel format, colours; a frame of another size than the first is fitted to it
        with self._one_at_a_time:
            rgb = self._reformatter.reformat(frame, width, height, "rgb24", src_colorspace=colours, threads=1)
        image = np.ascontiguousarray(rgb.to_ndarray(), np.uint8)
        return image if self._turn is None else np.asarray(cv2.rotate(image, self._turn), np.uint8)


def _open(path: Path) -> av.container.InputContainer:
    """Open a file, telling apart what a user may have got wrong."""
    if not path.exists():
        raise VideoError(f"there is no file {path}. Check the name and the folder.")
    if path.is_dir():
        raise VideoError(f"{path} is a folder. Name the video files in it.")
    try:
        if path.stat().st_size == 0:
            raise VideoError(f"{path} is empty. Copy or export it again.")
        return av.open(str(path), metadata_errors="replace")
    except PermissionError as error:
        raise VideoError(f"{path} may not be read. Change its permissions or copy it.") from error
    except (av.FFmpegError, OSError) as error:
        reason = error.strerror or "unknown format"
        raise VideoError(f"{path} is not a video that can be read ({reason}). Use mp4, mov, mkv, webm, avi.") from error


def _prove_readable(path: Path) -> None:
    """Tell a video that is damaged from one that the disk or the network did not give to its end: FFmpeg does not."""
    try:
        with path.open("rb") as file:
            while file.read(_CHUNK):
                pass
    except OSError as error:
        raise VideoError(
            f"{path} cannot be read to its end ({error.strerror}). Check the disk or the connection, and try again."
        ) from error


def _video_stream(path: Path, container: av.container.InputContainer) -> VideoStream:
    names = container.format.name.split(",")
    if "image2" in names or any(name.endswith("_pipe") for name in names):
        raise VideoError(f"{path} is a picture. formcheck needs a video.")
    for stream in container.streams.video:
        if not stream.disposition & av.stream.Disposition.attached_pic:
            return stream
    what = "only sound" if container.streams.audio else "no video"
    raise VideoError(f"{path} holds {what}. formcheck needs a video.")
