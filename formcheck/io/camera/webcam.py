"""Cameras that are built in or plugged in, by OpenCV."""

import errno
import os
import stat
import sys
from pathlib import Path

import cv2
import numpy as np

from formcheck.errors import CameraError
from formcheck.io.camera.address import Address
from formcheck.io.camera.device import GoneError, Shot, Wanted
from formcheck.io.pose.quiet import quiet_stderr

LISTED = sys.platform.startswith("linux")
"""Whether this system can say which cameras there are without opening them."""
_READ_S = 3
"""After so long without a picture a read gives up (Linux); by itself OpenCV waits for 10 s."""
_FIRST = 3
"""How many pictures a camera may fail to give before the first: some need a moment to wake up."""
_MOST_BAD = 10


class Webcam:
    """A camera of this machine.

    Args:
        address: its number or device path.
        wanted: what is asked of it.

    Raises:
        CameraError: there is none, it may not be used, or another program has it.
    """

    def __init__(self, address: Address, wanted: Wanted) -> None:
        self._name = f"camera {address.text}" if address.kind == "number" else address.text
        path = _path(address)
        if path is not None:
            _check(path, self._name)
        os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", str(_READ_S))
        with quiet_stderr():  # OpenCV tries backends one after another, and logs each failure
            self._capture = cv2.VideoCapture(int(address.text) if address.kind == "number" else address.text)
            if not self._capture.isOpened():
                self._capture.release()
                raise CameraError(_no_camera(self._name, path))
            self._ask(wanted)
            self._first = self._wake()
        self._bad = 0
        if self._first is None:
            self._capture.release()
            raise CameraError(
                f"{self._name} gives no picture. Another program may be using it: close video calls and browser tabs "
                "that have it, or plug it in again."
            )

    @property
    def fps(self) -> float | None:
        """Frames a second that it says it gives."""
        fps = float(self._capture.get(cv2.CAP_PROP_FPS))
        return fps if 0 < fps <= 1000 else None

    def read(self) -> Shot | None:
        """Wait for the next picture."""
        shot, self._first = self._first, None
        if shot is not None:
            return shot
        ok, image = self._capture.read()
        if ok and image is not None and image.ndim == 3 and image.size:
            self._bad = 0
            return Shot(np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), np.uint8))
        self._bad += 1
        if self._bad >= _MOST_BAD or not self._there():
            raise GoneError(f"{self._name} gives no picture any more")
        return None

    def close(self) -> None:
        """Let go of it."""
        self._capture.release()

    def _ask(self, wanted: Wanted) -> None:
        if sys.platform.startswith("linux"):
            # above 640x480 most cameras give 30 pictures a second only packed
            self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, wanted.size[0])
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, wanted.size[1])
        self._capture.set(cv2.CAP_PROP_FPS, wanted.fps)
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # the newest picture, not the oldest of a queue

    def _wake(self) -> Shot | None:
        for _ in range(_FIRST):
            ok, image = self._capture.read()
            if ok and image is not None:
                return Shot(np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), np.uint8))
            if not self._there():
                return None
        return None

    def _there(self) -> bool:
        return bool(self._capture.isOpened())


def found() -> list[str]:
    """Return the device paths of this machine's cameras; on other systems than Linux none are listed."""
    if not LISTED:
        return []
    names = [path for path in Path("/dev").glob("video*") if path.name[5:].isdecimal()]
    return [str(path) for path in sorted(names, key=lambda path: int(path.name[5:]))]


def _path(address: Address) -> Path | None:
    if address.kind == "device":
        return Path(address.text)
    return Path(f"/dev/video{address.text}") if sys.platform.startswith("linux") else None


def _check(path: Path, name: str) -> None:
    """Tell apart what may be wrong before OpenCV says only that it failed."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise CameraError(_no_camera(name, path)) from error
    if not stat.S_ISCHR(mode):
        raise CameraError(f"{path} is no camera.")
    try:
        os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))
    except PermissionError as error:
        raise CameraError(
            f"{name} may not be used by you. Add yourself to the group that owns {path} (usually 'video') "
            "and log in anew."
        ) from error
    except OSError as error:
        if error.errno == errno.EBUSY:
            raise CameraError(
                f"{name} is in use by another program. Close video calls and browser tabs that have the camera."
            ) from error
        raise CameraError(f"{name} cannot be opened: {error.strerror}. Plug it in again.") from error


def _no_camera(name: str, path: Path | None) -> str:
    there = [each for each in found() if each != str(path)]
    others = f" There is {', '.join(there)}." if there else ""
    return (
        f"{name} was not found or is no camera.{others} Plug one in, or name another with --camera: a number, a "
        "device, a phone's stream (http://192.168.1.20:8080/video), or a video file."
    )
