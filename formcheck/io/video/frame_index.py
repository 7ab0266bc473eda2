"""Where each frame of a file lies in time, read without decoding: what is needed to begin in the middle exactly."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import av

from formcheck.io.video.timeline import LEAP_S

_KEYS_S = 20.0
"""Where pictures that stand by themselves are further apart than this, beginning in the middle costs too much."""
_SLACK_S = 2e-6


@dataclass(frozen=True, slots=True)
class FrameIndex:
    """The frames of a file in the order they are shown.

    Attributes:
        times: presentation times in s, exactly as ``VideoReader`` gives them.
        shift: what is added to a time of the file, counted from its start, s.
        keys: ticks of the pictures that can be decoded without those before them, rising.
        key_times: their times, s.
    """

    times: tuple[float, ...]
    shift: float
    keys: tuple[int, ...]
    key_times: tuple[float, ...]

    def number_at(self, t: float) -> int:
        """Return the number of the first frame that is shown at ``t`` or later."""
        return bisect_left(self.times, t - _SLACK_S)

    def key_before(self, t: float) -> int:
        """Return the ticks of the last picture at or before ``t`` that decoding can begin with."""
        return self.keys[max(0, bisect_right(self.key_times, t + _SLACK_S) - 1)]


def frame_index(path: Path) -> FrameIndex | None:
    """Read a file's frame times; None where the file is not so plain that its middle can be told exactly.

    That is: every packet is whole and has a time of its own, times need no mending, and pictures to begin with come
    often enough.
    """
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            return _read(container)
    except (av.FFmpegError, OSError):
        return None


def _read(container: av.container.InputContainer) -> FrameIndex | None:
    streams = [each for each in container.streams.video if not each.disposition & av.stream.Disposition.attached_pic]
    if not streams or streams[0].time_base is None:
        return None
    stream, start_s = streams[0], (container.start_time or 0) / av.time_base
    tick = float(streams[0].time_base)
    told: list[int] = []
    keys: list[int] = []
    for packet in container.demux(stream):
        if not packet.size or packet.is_discard:
            continue
        if packet.pts is None or packet.is_corrupt:
            return None
        told.append(packet.pts)
        if packet.is_keyframe:
            keys.append(packet.pts)
    if len(told) < 2 or not keys:
        return None
    told.sort()
    keys.sort()
    first = told[0] * tick - start_s
    shift = -first if first < 0 else 0.0
    times = [round(pts * tick - start_s + shift, 6) for pts in told]
    key_times = [round(pts * tick - start_s + shift, 6) for pts in keys]
    steps = [b - a for a, b in pairwise(times)]
    far = max(b - a for a, b in pairwise((*key_times, times[-1])))
    if first > LEAP_S or min(steps) <= 0 or max(steps) > LEAP_S or keys[0] != told[0] or far > _KEYS_S:
        return None
    return FrameIndex(tuple(times), shift, tuple(keys), tuple(key_times))
