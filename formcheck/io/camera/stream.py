"""Cameras in the network (RTSP, or JPEGs over HTTP: a phone), by FFmpeg."""

from collections.abc import Iterator
from typing import Any

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from formcheck.errors import CameraError
from formcheck.io.camera.address import Address
from formcheck.io.camera.device import GoneError, Shot

_OPEN_S = 6.0
_READ_S = 3.0
_MOST_BAD = 60
_OPTIONS = {
    "fflags": "nobuffer",  # show what arrives, do not collect it first
    "flags": "low_delay",
    "rtsp_transport": "tcp",
    "http_proxy": "",  # a proxy may stand anywhere; the camera stands in this network
    "protocol_whitelist": "rtsp,rtsps,rtp,udp,tcp,tls,http,https,httpproxy",
    "analyzeduration": "500000",
}


class Stream:
    """A stream from a camera in the own network.

    Args:
        address: its URL.

    Raises:
        CameraError: nothing answers there, or it is no video.
    """

    def __init__(self, address: Address) -> None:
        self._name = address.shown
        try:
            self._container = av.open(
                address.text, options=dict(_OPTIONS), timeout=(_OPEN_S, _READ_S), metadata_errors="replace"
            )
        except (av.FFmpegError, OSError) as error:
            raise CameraError(
                f"{self._name} gives no stream ({_reason(error)}). Is the camera's app running, in the same "
                "network, and the address right?"
            ) from error
        if not self._container.streams.video:
            self._container.close()
            raise CameraError(f"{self._name} is no video. Look up the address of the stream in the camera's app.")
        self._stream = self._container.streams.video[0]
        self._stream.thread_type = "SLICE"  # threads over frames would hold some of them back
        self._shots = self._read()
        self._bad = 0

    @property
    def fps(self) -> float | None:
        """Unknown: what a stream says of itself is made up more often than not."""
        return None

    def read(self) -> Shot | None:
        """Wait for the next picture."""
        return next(self._shots)

    def close(self) -> None:
        """Hang up."""
        self._container.close()

    def _read(self) -> Iterator[Shot | None]:
        packets: Iterator[Any] = self._container.demux(self._stream)
        reformatter = VideoReformatter()
        while True:
            try:
                packet = next(packets)
            except (StopIteration, av.FFmpegError, OSError) as error:
                reason = "it ended" if isinstance(error, StopIteration) else _reason(error)
                raise GoneError(f"{self._name} broke off: {reason}") from error
            try:
                frames = packet.decode()
            except av.FFmpegError as error:
                self._bad += 1
                if self._bad >= _MOST_BAD:
                    raise GoneError(f"{self._name} sends nothing that can be decoded") from error
                yield None
                continue
            for frame in frames:
                if isinstance(frame, VideoFrame) and not frame.is_corrupt:
                    self._bad = 0
                    rgb = reformatter.reformat(frame, format="rgb24", threads=1)
                    yield Shot(np.ascontiguousarray(rgb.to_ndarray(), np.uint8))
                else:
                    yield None


def _reason(error: Exception) -> str:
    if isinstance(error, av.error.ExitError):
        return "no answer"
    return getattr(error, "strerror", None) or str(error)
