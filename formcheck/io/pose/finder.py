"""Follows one person from frame to frame: the larger, nearer one."""

from collections import deque
from concurrent.futures import Future

from formcheck.core.frame import Frame, Image
from formcheck.core.pose import Pose, Sight
from formcheck.io.pose.landmarker import Landmarker, Turn
from formcheck.io.pose.looks import Looks
from formcheck.io.pose.people import Box, box_of

_LOOK_EVERY_S = 3.0
_LOOK_WAITS = 12
"""Frames after which a look begun in the background is asked for: fixed, so that results never depend on timing."""


class PersonFinder:
    """Tracks one person with MediaPipe in VIDEO mode.

    Nobody found: the next frame is looked at turned by another quarter, until a turn holds (first detection is the
    weak point with people who lie, tracking is robust). Somebody found after nobody: the whole picture is searched,
    and if a larger person is in it, tracking starts anew on that one. Now and then, in the background, others are
    counted.

    Which turn is tried, and when others are counted, hangs on the frame's number and time only: who begins in the
    middle of a video does as who has followed it from its start.

    Args:
        bundle: bytes of the pose bundle.
        looks: searches whole pictures.
        first: number of the first frame it will get, counted from the video's start.

    Raises:
        ModelError: MediaPipe refuses the bundle.
    """

    def __init__(self, bundle: bytes, looks: Looks, first: int = 0) -> None:
        self._bundle = bundle
        self._looks = looks
        self._tracker = Landmarker(bundle, video=True)
        self._turn: Turn = 0
        self._tracking = False
        self._begun: deque[tuple[int, Future[list[Box]]]] = deque()
        self._frames = first
        self._looked_in = -1
        self._begins_inside = first > 0

    def close(self) -> None:
        """Release the network."""
        self._tracker.close()

    def estimate(self, frame: Frame) -> Sight:
        """Return what is seen in ``frame``, without its texture; times must rise."""
        self._frames += 1
        pose = self._find(frame.image, frame.t)
        if pose is not None and not self._tracking:
            pose = self._larger(frame, pose)
        if pose is None:
            turns: tuple[Turn, ...] = (1, 3, 2, 0)
            self._turn = turns[self._frames % 4] if not self._tracking else 0
        self._tracking = pose is not None
        brightness = None
        if self._is_time(frame.t):
            brightness = round(float(frame.image[::16, ::16].mean()), 1)
            self._begun.append((self._frames, self._looks.begin(frame.image, self._turn)))
        return Sight(frame.t, pose, self._others(), brightness)

    def _is_time(self, t: float) -> bool:
        """Whether ``t`` is the first one in another stretch of three seconds."""
        stretch = int(t / _LOOK_EVERY_S + 1e-6)
        if self._begins_inside:
            self._looked_in, self._begins_inside = stretch, False
        if stretch == self._looked_in:
            return False
        self._looked_in = stretch
        return True

    def _find(self, image: Image, t: float) -> Pose | None:
        poses = self._tracker.find(image, t, self._turn)
        return poses[0] if poses else None

    def _larger(self, frame: Frame, found: Pose) -> Pose:
        """Follow the largest person: if another one was found, start anew with the rest of the picture blanked."""
        everybody = self._looks.begin(frame.image, self._turn).result()
        if len(everybody) < 2 or box_of(found).overlap(everybody[0]) > 0.5:
            return found
        self._tracker.close()
        self._tracker = Landmarker(self._bundle, video=True)
        return self._find(everybody[0].only(frame.image), frame.t) or found

    def _others(self) -> int | None:
        if not self._begun or self._frames - self._begun[0][0] < _LOOK_WAITS:
            return None
        return max(0, len(self._begun.popleft()[1].result()) - 1)
