"""MediaPipe's pose landmarker, kept behind one door: pixels out, rising time stamps, no noise."""

from typing import Any, Literal

import cv2
import numpy as np

from formcheck.core.frame import Image
from formcheck.core.landmarks import LANDMARKS
from formcheck.core.pose import FloatArray, Pose
from formcheck.errors import ModelError
from formcheck.io.memory import give_back
from formcheck.io.pose.quiet import quiet_stderr

Turn = Literal[0, 1, 2, 3]
"""Quarter turns clockwise by which a picture is turned before it is looked at."""

_TURNS = (None, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE)


class Landmarker:
    """One MediaPipe landmarker. Not for use from several threads.

    Args:
        model: bytes of the bundle.
        video: track from frame to frame (one person, smoothed); otherwise look at each picture by itself.
        people: how many at most; tracking is for one.

    Raises:
        ModelError: MediaPipe refuses the bundle.
    """

    def __init__(self, model: bytes, *, video: bool, people: int = 1) -> None:
        # it loads matplotlib besides, a third of the start of commands that look at no picture
        import mediapipe as mp  # noqa: PLC0415
        from mediapipe.tasks.python import BaseOptions, vision  # noqa: PLC0415

        self._image = mp.Image
        self._format = mp.ImageFormat.SRGB
        self._video = video
        self._stamp = -1
        self._started = False
        mode = vision.RunningMode.VIDEO if video else vision.RunningMode.IMAGE
        options = vision.PoseLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=model), running_mode=mode, num_poses=people
        )
        with quiet_stderr():
            try:
                self._task = vision.PoseLandmarker.create_from_options(options)
            except (RuntimeError, ValueError) as error:
                reason = str(error).splitlines()[0][:200]
                raise ModelError(f"MediaPipe refuses the pose model: {reason}. Use another bundle.") from error

    def find(self, image: Image, t: float, turn: Turn = 0) -> list[Pose]:
        """Return the people in a picture.

        Args:
            image: (H, W, 3) uint8 RGB, C-contiguous.
            t: presentation time, s.
            turn: quarter turns clockwise to give it first; results are turned back.
        """
        height, width = image.shape[:2]
        code = _TURNS[turn]
        picture = np.ascontiguousarray(image) if code is None else cv2.rotate(image, code)
        packet = self._image(image_format=self._format, data=picture)
        if self._started:
            result = self._detect(packet, t)
        else:
            with quiet_stderr():  # the first picture starts the graph, which logs
                result = self._detect(packet, t)
            self._started = True
        return [
            _pose(t, points, world, (width, height), turn)
            for points, world in zip(result.pose_landmarks, result.pose_world_landmarks, strict=True)
        ]

    def close(self) -> None:
        """Release the networks."""
        with quiet_stderr():
            self._task.close()
        give_back()

    def _detect(self, packet: Any, t: float) -> Any:
        if not self._video:
            return self._task.detect(packet)
        # two frames in one millisecond, or a step back, would end the graph
        self._stamp = max(self._stamp + 1, round(t * 1000))
        return self._task.detect_for_video(packet, self._stamp)


def _pose(t: float, points: list[object], world: list[object], size: tuple[int, int], turn: Turn) -> Pose:
    """Turn MediaPipe's normalised landmarks into pixels of the upright picture.

    Rounded to what a trace stores (0.01 px, 0.1 mm), so that a replay sees the very same numbers.
    """
    flat = np.array([(p.x, p.y, p.visibility) for p in points], np.float64)  # type: ignore[attr-defined]
    metres = np.array([(p.x, p.y, p.z) for p in world], np.float64)  # type: ignore[attr-defined]
    if flat.shape != (LANDMARKS, 3):
        raise ModelError(f"the pose model gives {len(flat)} landmarks, expected {LANDMARKS}. Use another bundle.")
    x, y = turned_back(flat[:, 0], flat[:, 1], turn, (1.0, 1.0))
    wx, wy = turned_back(metres[:, 0], metres[:, 1], turn, (0.0, 0.0))
    width, height = size
    return Pose(
        t=t,
        xy=np.round(np.column_stack((x * width, y * height)), 2).astype(np.float64),
        world=np.round(np.column_stack((wx, wy, metres[:, 2])), 4).astype(np.float64),
        seen=np.round(flat[:, 2], 3),
        size=size,
    )


def turned_back(x: FloatArray, y: FloatArray, turn: Turn, far: tuple[float, float]) -> tuple[FloatArray, FloatArray]:
    """Return points of a turned picture where they are in the picture before it was turned.

    Args:
        x: (n,) to the right, in the turned picture.
        y: (n,) down.
        turn: quarter turns clockwise it was given.
        far: right and lower edge of the upright picture in the units of x and y; (0, 0) for coordinates about a centre.
    """
    if turn == 0:
        return x, y
    if turn == 1:
        return y, far[1] - x
    if turn == 2:
        return far[0] - x, far[1] - y
    return far[0] - y, x
