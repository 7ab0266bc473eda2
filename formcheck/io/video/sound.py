"""The original sound, carried over into a new file as its pictures advance."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet

AudioPacket: TypeAlias = "Packet[AudioStream]"
_COPIED = {"aac", "mp3", "mp3float"}
"""What browsers play in mp4; anything else is encoded anew as AAC."""


class Sound:
    """Packets of the first sound track of a video, in step with the pictures.

    A damaged track never breaks the video: it ends where it cannot be read any further.

    Attributes:
        damaged: whether it ended that way.
    """

    def __init__(self, source: InputContainer, stream: AudioStream, target: OutputContainer) -> None:
        self._source = source
        self._stream = stream
        self.damaged = False
        start = source.start_time
        self._start_s = Fraction(start, av.time_base) if start is not None else Fraction(0)
        self._copy = stream.codec_context.name in _COPIED
        if self._copy:
            self._out = target.add_stream_from_template(stream)
        else:
            self._out = target.add_stream("aac", rate=stream.codec_context.sample_rate)
        self._packets = self._copied() if self._copy else self._encoded()
        self._next: tuple[float, AudioPacket] | None = None

    @classmethod
    def of(cls, path: Path, target: OutputContainer) -> "Sound | None":
        """Return the sound of ``path`` for ``target``, or None where it cannot be had."""
        try:
            source = av.open(str(path), metadata_errors="replace")
        except (av.FFmpegError, OSError):
            return None
        stream = next(iter(source.streams.audio), None)
        if stream is None or not stream.codec_context.sample_rate:
            source.close()
            return None
        try:
            return cls(source, stream, target)
        except (av.FFmpegError, ValueError):
            source.close()
            return None

    def until(self, t: float) -> Iterator[AudioPacket]:
        """Yield the packets that begin up to ``t`` s."""
        while True:
            if self._next is None:
                self._next = self._step()
            if self._next is None or self._next[0] > t:
                return
            packet, self._next = self._next[1], None
            yield packet

    def rest(self) -> list[AudioPacket]:
        """Return what the encoder still holds."""
        return [] if self._copy or self.damaged else list(self._out.encode(None))

    def close(self) -> None:
        """Close the file the sound comes from."""
        self._source.close()

    def _step(self) -> tuple[float, AudioPacket] | None:
        try:
            return next(self._packets, None)
        except (av.FFmpegError, ValueError):
            self.damaged = True
            self._packets = iter(())
            return None

    def _copied(self) -> Iterator[tuple[float, AudioPacket]]:
        for packet in self._source.demux(self._stream):
            if packet.dts is None or packet.pts is None or packet.time_base is None:
                continue  # the demuxer's last, empty packet
            clock: Fraction = packet.time_base
            shift = round(self._start_s / clock)
            packet.pts, packet.dts = packet.pts - shift, packet.dts - shift
            t = float(packet.pts * clock)
            packet.stream = self._out
            yield t, packet

    def _encoded(self) -> Iterator[tuple[float, AudioPacket]]:
        for frame in self._source.decode(self._stream):
            if not isinstance(frame, AudioFrame) or frame.pts is None or frame.time_base is None:
                continue
            frame.pts = frame.pts - round(self._start_s / frame.time_base)
            t = float(frame.pts * frame.time_base)
            for packet in self._out.encode(frame):
                yield t, packet
