"""One synchronised picture: two videos beside each other, so that both begin their first movement at one moment."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from formcheck.core.frame import Frame, Image
from formcheck.errors import CompareError
from formcheck.io.compare.page import pairs
from formcheck.io.compare.sessions import Compared
from formcheck.io.overlay.sheet import put
from formcheck.io.overlay.style import INK, RIGHT, Colour
from formcheck.io.overlay.text import Words, panel
from formcheck.io.video.reader import VideoReader
from formcheck.io.video.writer import VideoWriter

_TALLEST = 540
"""Two of them beside each other are still decoded everywhere."""
_FASTEST = 60.0
_STRIP = 40
_GAP = 4
_OTHER: Colour = (222, 160, 240)
_GROUND = 16
_WAITING = 0.4
"""How bright a side is shown that has not begun, or is over."""


@dataclass(frozen=True, slots=True)
class Side:
    """A video, what it is called, and when its first movement begins, s."""

    video: Path
    label: str
    starts: float


def sides(one: Compared, two: Compared) -> tuple[Side, Side]:
    """Return the two videos of sessions that have an exercise in common.

    Raises:
        CompareError: a session has no video, or nothing that was done to begin at.
    """
    a, b = pairs(one, two)[0]
    found = []
    for letter, each, part in (("A", one, a), ("B", two, b)):
        if each.video is None:
            raise CompareError(
                f"the video of {each.name} is not there any more. Name the video itself, or leave out --video."
            )
        if not part.done:
            raise CompareError(f"nothing was counted in {each.name} to begin at. Leave out --video.")
        found.append(Side(each.video, f"{letter}  {each.name}", part.done[0].start))
    return found[0], found[1]


class _Reel:
    """A video as a clock asks for it: the newest frame of a time, scaled, dimmed before its first and after its last.

    Args:
        reader: opened.
        height: to scale to.
    """

    def __init__(self, reader: VideoReader, height: int) -> None:
        self._reader = reader
        self._frames: Iterator[Frame] = iter(reader)
        width, own = reader.size
        self.size = (2 * max(1, round(width * height / own / 2)), height)
        self._next: Frame | None = next(self._frames, None)
        self._picture: Image = np.zeros((height, self.size[0], 3), np.uint8)
        self._begun = False
        self._until = 0.0

    def at(self, t: float) -> tuple[Image, bool]:
        """Return what is seen at ``t`` s of its own time, and whether it is running; times must rise."""
        last: Frame | None = None
        while self._next is not None and (self._next.t <= t or not self._begun):
            last, self._begun = self._next, True
            self._until = last.t + 1 / self._reader.fps
            self._next = next(self._frames, None)
            if self._next is not None and self._next.t > t:
                break
        if last is not None:
            self._picture = np.asarray(cv2.resize(last.image, self.size, interpolation=cv2.INTER_AREA), np.uint8)
        running = t >= 0 and (self._next is not None or t < self._until)
        return self._picture if running else (self._picture * _WAITING).astype(np.uint8), running

    @property
    def over(self) -> bool:
        """Whether its last frame was shown."""
        return self._next is None


def write(path: Path, one: Side, two: Side, progress: Callable[[float], None] = lambda _: None) -> None:
    """Write the synchronised picture.

    Args:
        path: where to.
        one: shown on the left.
        two: shown on the right.
        progress: is told how much is done, s.

    Raises:
        VideoError: a video cannot be read.
        OSError: the picture cannot be written.
    """
    with VideoReader(one.video) as left, VideoReader(two.video) as right:
        height = 2 * (min(_TALLEST, max(left.size[1], right.size[1])) // 2)
        reels = (_Reel(left, height), _Reel(right, height))
        fps = min(_FASTEST, max(left.fps, right.fps))
        widths = [reel.size[0] for reel in reels]
        writer = VideoWriter(path, (sum(widths) + _GAP, height + _STRIP), fps)
        try:
            lead, n = max(one.starts, two.starts), 0
            while True:
                t = n / fps - lead
                seen = [reel.at(t + side.starts) for reel, side in zip(reels, (one, two), strict=True)]
                if n and not any(running for _, running in seen) and all(reel.over for reel in reels):
                    break
                writer.write(_picture(seen[0][0], seen[1][0], (one, two), t), n / fps)
                progress(n / fps)
                n += 1
            writer.close()
        except BaseException:
            writer.abort()
            raise


def _picture(left: Image, right: Image, of: tuple[Side, Side], t: float) -> Image:
    """Both beside each other over a strip that says which is which, and how long since their first movement began."""
    height, width = left.shape[0], left.shape[1] + _GAP + right.shape[1]
    whole = np.full((height + _STRIP, width, 3), _GROUND, np.uint8)
    whole[:height, : left.shape[1]] = left
    whole[:height, left.shape[1] + _GAP :] = right
    clock = f"{t:+.1f} s".replace("-", "−")
    for x, room, side, colour in (
        (0, left.shape[1], of[0], RIGHT),
        (left.shape[1] + _GAP, right.shape[1], of[1], _OTHER),
    ):
        words = panel(((Words(side.label, 20, colour, 700), Words(clock, 20, INK)),), room, bare=True)
        put(whole, words, x, height + (_STRIP - words.size[1]) // 2)
    return whole
