"""Small test videos, made with PyAV: a red square at a known place on grey, moving as time goes on."""

import struct
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame

CLOCK = 90_000


def picture(width: int, height: int, i: int = 0) -> np.ndarray:
    """Grey, with a red square in the upper left quarter and a white bar at the right edge."""
    image = np.full((height, width, 3), 96, np.uint8)
    x, y = width // 4, height // 4
    image[y : y + max(8, height // 8), x : x + max(8, width // 8)] = (220, 30, 30)
    image[:, -max(4, width // 20) :] = 235
    image[-8:, : (7 * i) % width] = 20
    return image


def is_right(image: np.ndarray) -> bool:
    """Whether the marks of ``picture`` are where they belong."""
    height, width = image.shape[:2]
    red = image[height // 4 + 4, width // 4 + 4].astype(int)
    grey = image[height // 2, width // 2].astype(int)
    white = image[height // 2, -2].astype(int)
    return bool(
        np.abs(red - (220, 30, 30)).max() < 45 and np.abs(grey - 96).max() < 16 and np.abs(white - 235).max() < 30
    )


def make(
    path: Path,
    *,
    size: tuple[int, int] = (320, 240),
    frames: int = 25,
    fps: int = 25,
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    pts: Sequence[int] | None = None,
    sound: str | None = None,
    options: dict[str, str] | None = None,
    container: str | None = None,
    images: Sequence[np.ndarray] | None = None,
    interlaced: bool = False,
    aspect: Fraction | None = None,
) -> Path:
    """Write a video. ``pts`` are ticks of 1/90000 s; ``sound`` is an audio codec for a tone as long as the video."""
    with av.open(str(path), "w", format=container) as out:
        stream = out.add_stream(codec, rate=fps, options=options or {})
        stream.width, stream.height, stream.pix_fmt = *size, pix_fmt
        if pts is not None:
            stream.codec_context.time_base = Fraction(1, CLOCK)
        if aspect is not None:
            stream.codec_context.sample_aspect_ratio = aspect
        if interlaced:
            stream.codec_context.options = {"flags": "+ildct+ilme", "x264-params": "tff=1"}
        tone = out.add_stream(sound, rate=48000) if sound else None
        for i in range(frames):
            image = images[i] if images is not None else picture(*size, i)
            frame = VideoFrame.from_ndarray(image, "rgb24")
            if pix_fmt != "rgb24":
                frame = frame.reformat(format=pix_fmt)
            if pts is not None:
                frame.pts, frame.time_base = pts[i], Fraction(1, CLOCK)
            else:
                frame.pts, frame.time_base = i, Fraction(1, fps)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
        if tone is not None:
            samples = round(48000 * frames / fps)
            wave = (8000 * np.sin(2 * np.pi * 440 * np.arange(samples) / 48000)).astype(np.int16)
            for start in range(0, samples, 4800):
                part = AudioFrame.from_ndarray(wave[None, start : start + 4800], "s16", "mono")
                part.sample_rate, part.pts, part.time_base = 48000, start, Fraction(1, 48000)
                out.mux(tone.encode(part))
            out.mux(tone.encode(None))
    return path


def only_sound(path: Path) -> Path:
    """Write a file with a tone and no picture."""
    with av.open(str(path), "w") as out:
        tone = out.add_stream("aac", rate=44100)
        part = AudioFrame.from_ndarray(np.zeros((1, 44100), np.int16), "s16", "mono")
        part.sample_rate, part.pts = 44100, 0
        out.mux(tone.encode(part))
        out.mux(tone.encode(None))
    return path


_TURNS = {
    90: (0, 1, 0, -1, 0, 0),
    180: (-1, 0, 0, 0, -1, 0),
    270: (0, -1, 0, 1, 0, 0),
}


def turned(path: Path, clockwise: int) -> Path:
    """Say in an mp4's track header that it is to be shown turned, as phones do."""
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 40
    a, b, u, c, d, v = _TURNS[clockwise]
    data[at : at + 36] = struct.pack(
        ">9i", a << 16, b << 16, u, c << 16, d << 16, v, 0, 0, 1 << 30
    )  # fixed point 16.16, the last column 2.30
    path.write_bytes(data)
    return path


def sound_of(path: Path) -> tuple[str, float, float] | None:
    """Codec, first and last presentation time (s) of a file's sound."""
    with av.open(str(path)) as file:
        if not file.streams.audio:
            return None
        stream = file.streams.audio[0]
        frames = list(file.decode(stream))
        last = frames[-1]
        return stream.codec_context.name, float(frames[0].time), float(last.time) + last.samples / last.sample_rate
