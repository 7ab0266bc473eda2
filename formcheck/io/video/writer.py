"""Writes H.264 in mp4 that plays in a browser, at true times, with the original sound."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from formcheck.core.events import Warn
from formcheck.core.frame import Image
from formcheck.io.video.sound import Sound

_CLOCK = 90_000
"""Ticks a second: every usual frame rate is a whole number of them."""
_BT709 = 1
_ENCODING = {"preset": "superfast", "crf": "21", "x264-params": "mbtree=1:rc-lookahead=10"}
"""Beside ``veryfast``, at the same distance from the original: two thirds of the time, a tenth to a quarter more bytes.
Without the macroblock tree, which ``superfast`` leaves out, the file is three times the size and no sooner done."""
_TAIL_S = 0.5
"""How much sound after the last picture is kept."""


class VideoWriter:
    """An mp4 being written. Not for use from several threads.

    Args:
        path: where to; written as it comes, so choose a temporary name.
        size: width and height of the pictures; an odd edge is repeated to make it even, as H.264 wants it.
        fps: nominal frame rate, 1/s; pictures keep their own times.
        sound_from: a video whose sound is kept.

    Attributes:
        warnings: what happened to the sound.

    Raises:
        OSError: it cannot be written; ``report.folder.telling`` says so to the user.
    """

    def __init__(self, path: Path, size: tuple[int, int], fps: float, sound_from: Path | None = None) -> None:
        self.warnings: list[Warn] = []
        self._last = 0.0
        width, height = size
        self._pad = ((0, height % 2), (0, width % 2), (0, 0))
        # both are kept: anew for every picture they would take twice as long as what they are for
        self._reformatter = VideoReformatter()
        self._rgb = VideoFrame(width + width % 2, height + height % 2, "rgb24")
        try:
            self._file = av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})
        except (av.FFmpegError, OSError) as error:
            raise self._failed(error) from error
        rate = Fraction(fps).limit_denominator(1001) if 0 < fps <= 1000 else Fraction(25)
        self._video = self._file.add_stream("libx264", rate=rate, options=_ENCODING)
        context = self._video.codec_context
        context.width, context.height = self._rgb.width, self._rgb.height
        context.pix_fmt = "yuv420p"
        context.time_base = Fraction(1, _CLOCK)
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        context.color_range = ColorRange.MPEG
        context.thread_count = 1  # it has a thread of its own, and the other core is busy finding the person
        self._sound = Sound.of(sound_from, self._file) if sound_from is not None else None
        try:
            self._file.start_encoding()
        except (av.FFmpegError, OSError) as error:
            self.abort()
            raise self._failed(error) from error

    def write(self, image: Image, t: float) -> None:
        """Add a picture, (H, W, 3) uint8 RGB, shown from ``t`` s on; times must rise."""
        if self._pad[0][1] or self._pad[1][1]:
            image = np.pad(image, self._pad, mode="edge")
        line = self._rgb.planes[0].line_size
        rows = np.frombuffer(self._rgb.planes[0], np.uint8).reshape(-1, line)  # type: ignore[call-overload]
        rows[: self._rgb.height, : 3 * self._rgb.width] = image.reshape(self._rgb.height, -1)
        frame = self._reformatter.reformat(
            self._rgb,
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            threads=1,
        )
        frame.pts, frame.time_base = round(t * _CLOCK), Fraction(1, _CLOCK)
        self._last = t
        try:
            self._file.mux(self._video.encode(frame))
            self._add_sound(t)
        except (av.FFmpegError, OSError) as error:
            raise self._failed(error) from error

    def close(self) -> None:
        """Finish the file."""
        try:
            self._file.mux(self._video.encode(None))
            self._add_sound(self._last + _TAIL_S)
            if self._sound is not None:
                self._file.mux(self._sound.rest())
                self._note_sound()
            self._file.close()
        except (av.FFmpegError, OSError) as error:
            raise self._failed(error) from error
        finally:
            if self._sound is not None:
                self._sound.close()

    def abort(self) -> None:
        """Let go of the file, whatever state it is in."""
        if self._sound is not None:
            self._sound.close()
        try:
            self._file.close()
        except (av.FFmpegError, OSError):
            return  # the file will be thrown away

    def _add_sound(self, until: float) -> None:
        if self._sound is not None:
            for packet in self._sound.until(until):
                self._file.mux(packet)

    def _note_sound(self) -> None:
        if self._sound is not None and self._sound.damaged:
            self.warnings.append(Warn("sound_lost", "The video's sound is damaged and was kept in part only."))

    @staticmethod
    def _failed(error: av.FFmpegError | OSError) -> OSError:
        """One kind of error for all that FFmpeg may say about a file that cannot be written."""
        return OSError(error.errno, error.strerror or "the video could not be written")
