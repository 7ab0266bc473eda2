"""Finds and follows one person through a video: the larger, nearer one."""

import os
import sys
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from formcheck.core.frame import Frame, Image
from formcheck.core.pose import Pose, Sight
from formcheck.io.pose import model as pose_model
from formcheck.io.pose.landmarker import Landmarker, Turn
from formcheck.io.pose.people import Box, Scout, box_of
from formcheck.io.pose.slim import without_mask
from formcheck.io.pose.texture import PelvisTexture

_LOOK_EVERY_S = 3.0
_LOOK_WAITS = 12
"""Frames after which a look begun in the background is asked for: fixed, so that results never depend on timing."""
_NICE = 10


class PoseEstimator:
    """Tracks one person with MediaPipe in VIDEO mode.

    Nobody found: the next frame is looked at turned by another quarter, until a turn holds (first detection is the
    weak point with people who lie, tracking is robust). Somebody found after nobody: the whole picture is searched,
    and if a larger person is in it, tracking starts anew on that one. Now and then, in the background, others are
    counted.

    Args:
        model: another pose bundle than the one that comes with formcheck.

    Raises:
        ModelError: the bundle is missing, damaged or refused.
    """

    def __init__(self, model: Path | None = None) -> None:
        self._model = without_mask(pose_model.load(model))
        self._tracker = Landmarker(self._model, video=True)
        self._texture = PelvisTexture()
        self._turn: Turn = 0
        self._tracking = False
        self._looks: deque[tuple[int, Future[list[Box]]]] = deque()
        self._background = ThreadPoolExecutor(1, thread_name_prefix="formcheck-look", initializer=_stand_back)
        # made there, so that the network's own threads stand back as well
        self._scout = self._background.submit(Scout, self._model).result()
        self._frames = 0
        self._looked_at: float | None = None

    def __enter__(self) -> "PoseEstimator":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the networks."""
        self._background.shutdown(cancel_futures=True)
        self._tracker.close()
        self._scout.close()

    def estimate(self, frame: Frame) -> Sight:
        """Return what is seen in ``frame``; times must rise."""
        self._frames += 1
        pose = self._find(frame.image, frame.t)
        if pose is not None and not self._tracking:
            pose = self._larger(frame, pose)
        if pose is None:
            turns: tuple[Turn, ...] = (1, 3, 2, 0)
            self._turn = turns[self._frames % 4] if not self._tracking else 0
        self._tracking = pose is not None
        brightness = None
        if self._looked_at is None or frame.t - self._looked_at >= _LOOK_EVERY_S:
            self._looked_at = frame.t
            brightness = round(float(frame.image[::16, ::16].mean()), 1)
            look = self._background.submit(self._scout.look, frame.image, self._turn)
            self._looks.append((self._frames, look))
        texture = self._texture.look(frame.image, pose) if pose is not None else None
        return Sight(frame.t, pose, self._others(), brightness, texture)

    def _find(self, image: Image, t: float) -> Pose | None:
        poses = self._tracker.find(image, t, self._turn)
        return poses[0] if poses else None

    def _larger(self, frame: Frame, found: Pose) -> Pose:
        """Follow the largest person: if another one was found, start anew with the rest of the picture blanked."""
        everybody = self._background.submit(self._scout.look, frame.image, self._turn).result()
        if len(everybody) < 2 or box_of(found).overlap(everybody[0]) > 0.5:
            return found
        self._tracker.close()
        self._tracker = Landmarker(self._model, video=True)
        return self._find(everybody[0].only(frame.image), frame.t) or found

    def _others(self) -> int | None:
        if not self._looks or self._frames - self._looks[0][0] < _LOOK_WAITS:
            return None
        return max(0, len(self._looks.popleft()[1].result()) - 1)


def _stand_back() -> None:
    """Let this thread, and those it starts, give way: counting others must not delay the picture.

    Only Linux has priorities of single threads; elsewhere they share the cores alike.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
