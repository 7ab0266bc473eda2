"""A long video as a source: the person is found in several parts of it at once, and judged in order."""

from collections.abc import Generator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from zlib import crc32

from formcheck.core.frame import Frame, Image
from formcheck.core.pose import Sight
from formcheck.io.background import ahead
from formcheck.io.pose import model as pose_model
from formcheck.io.pose.estimator import with_texture
from formcheck.io.pose.finder import PersonFinder
from formcheck.io.pose.lanes import Lanes, Opened, Part
from formcheck.io.pose.looks import Looks
from formcheck.io.pose.seam import Found
from formcheck.io.pose.slim import without_mask
from formcheck.io.pose.texture import PelvisTexture
from formcheck.io.video.frame_index import FrameIndex
from formcheck.io.video.passage import Passage
from formcheck.io.video.reader import VideoReader
from formcheck.io.video.recording import Recording
from formcheck.session.pipeline import Observation

_WARM_S = 1.0
"""How long before its part a lane begins. After half a second trackers are as near to each other as they ever get; the
smoothed visibility takes one."""
_WARM_FRAMES = 15
"""More than a look for others waits for its answer: so each answer is given by the lane that asked."""


class PartedRecording(Recording):
    """A video of which every frame is decoded twice: where the person is found, and where it is judged and drawn.

    The second time the picture is made only where somebody asks for it. Pictures never wait for each other, only poses
    do: a few kilobytes a frame, a few minutes at most.

    Args:
        video: opened, late; iterated once.
        index: of it.
        starts: where its parts begin, s; the first is 0.
        shown_as: what it is called in results.
        model: another pose bundle.
        jobs: how many parts are worked on at once.

    Raises:
        ModelError: the bundle is missing, damaged or refused.
    """

    def __init__(
        self,
        video: VideoReader,
        index: FrameIndex,
        starts: list[float],
        shown_as: str,
        *,
        model: Path | None,
        jobs: int,
    ) -> None:
        self.video = video
        self._shown_as = shown_as
        self._index, self._jobs = index, jobs
        self._bundle = without_mask(pose_model.load(model))
        self._looks = Looks(self._bundle)
        self._lanes = Lanes([Part(start, partial(self._lane, self._first_of(start))) for start in starts], jobs)

    def close(self) -> None:
        """Release the networks."""
        self._looks.close()

    def share(self, t: float) -> float:
        """How much of the work is done, 0..1: of finding the person, which runs ahead of judging."""
        del t
        return min(1.0, self._lanes.found / len(self._index.times))

    def __iter__(self) -> Generator[Observation, None, None]:
        texture = PelvisTexture()
        with closing(ahead(self.video)) as frames, closing(self._lanes.sights()) as sights:
            sight = next(sights, None)
            for frame in frames:
                while sight is not None and sight.t < frame.t:
                    sight = next(sights, None)
                # only where the file is damaged may there be a frame that no lane could decode
                seen = sight if sight is not None and sight.t == frame.t else Sight(frame.t, None)
                yield frame, with_texture(frame, seen, texture)

    def _first_of(self, start: float) -> int:
        """Number of the frame with which the lane of a part begins."""
        warm = self._index.number_at(start - _WARM_S)
        return max(0, min(warm, self._index.number_at(start) - _WARM_FRAMES))

    def _lane(self, first: int) -> Opened:
        with ExitStack() as stack:
            finder = stack.enter_context(closing(PersonFinder(self._bundle, self._looks, first)))
            passage = stack.enter_context(Passage(self.video.path, self._index, first))
            # alone at work, it has a core to decode with
            frames = stack.enter_context(closing(ahead(passage))) if self._jobs == 1 else passage
            for frame in frames:
                yield Found(finder.estimate(frame), _number_of(frame))


def _number_of(frame: Frame) -> int:
    """A number that tells whether two decoders gave the same picture."""
    few: Image = frame.image[::16, ::16]
    return crc32(few.tobytes())
