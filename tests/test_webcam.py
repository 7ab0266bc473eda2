"""Cameras of this machine, as OpenCV and the kernel present them: busy, forbidden, asleep, unplugged."""

import errno
import os
import sys
from typing import ClassVar

import cv2
import numpy as np
import pytest

from formcheck.errors import CameraError
from formcheck.io.camera import webcam
from formcheck.io.camera.address import Address
from formcheck.io.camera.device import GoneError, Wanted

NULL = Address("device", "/dev/null")  # a device that can be opened, whatever else it is
IMAGE = np.full((48, 64, 3), (10, 20, 30), np.uint8)  # blue, green, red


class Capture:
    """OpenCV's, with pictures put in; None is a picture that did not come."""

    pictures: ClassVar[list[np.ndarray | None]] = []
    asked: ClassVar[dict[int, float]] = {}
    opens: ClassVar[bool] = True
    last: ClassVar["Capture"]

    def __init__(self, _: object) -> None:
        self.released = False
        Capture.last = self

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self.opens and not self.released

    def set(self, what: int, value: float) -> bool:
        self.asked[what] = value
        return True

    def get(self, what: int) -> float:
        return 30.0 if what == cv2.CAP_PROP_FPS else 0.0

    def read(self) -> tuple[bool, np.ndarray | None]:
        image = self.pictures.pop(0) if self.pictures else None
        return image is not None, image

    def release(self) -> None:
        self.released = True


@pytest.fixture
def capture(monkeypatch: pytest.MonkeyPatch) -> type[Capture]:
    monkeypatch.setattr(cv2, "VideoCapture", Capture)
    monkeypatch.setattr(Capture, "pictures", [])
    monkeypatch.setattr(Capture, "asked", {})
    monkeypatch.setattr(Capture, "opens", True)
    return Capture


@pytest.mark.skipif(sys.platform == "win32", reason="device files are POSIX")
@pytest.mark.parametrize(
    ("number", "why"),
    [
        pytest.param(errno.EBUSY, "in use by another program. Close video calls", id="busy"),
        pytest.param(errno.EACCES, "may not be used by you. Add yourself to the group", id="forbidden"),
        pytest.param(errno.ENODEV, "cannot be opened: .*Plug it in again", id="just unplugged"),
    ],
)
def test_why_a_device_cannot_be_opened_is_told(
    monkeypatch: pytest.MonkeyPatch, capture: type[Capture], number: int, why: str
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(webcam.os, "open", refuse)
    with pytest.raises(CameraError, match=why):
        webcam._check(webcam.Path("/dev/null"), "the camera")


def test_a_camera_that_another_program_streams_from_is_told_and_let_go(capture: type[Capture]) -> None:
    with pytest.raises(CameraError, match=r"gives no picture\. Another program may be using it"):
        webcam.Webcam(NULL, Wanted())
    assert capture.last.released


def test_a_camera_may_need_a_moment_to_wake_up(capture: type[Capture]) -> None:
    capture.pictures = [None, None, IMAGE, IMAGE]
    camera = webcam.Webcam(NULL, Wanted((800, 600), 25))
    shots = [camera.read(), camera.read()]
    assert [shot.image[0, 0].tolist() for shot in shots if shot] == [[30, 20, 10]] * 2  # red first
    assert capture.asked[cv2.CAP_PROP_FRAME_WIDTH] == 800
    assert capture.asked[cv2.CAP_PROP_FPS] == 25
    assert camera.fps == 30.0
    camera.close()
    assert capture.last.released


def test_one_missing_picture_is_garbage_and_many_are_a_loss(capture: type[Capture]) -> None:
    capture.pictures = [IMAGE, None, IMAGE]
    camera = webcam.Webcam(NULL, Wanted())
    assert [camera.read() is None for _ in range(3)] == [False, True, False]
    assert [camera.read() for _ in range(9)] == [None] * 9
    with pytest.raises(GoneError):
        camera.read()


def test_an_unplugged_camera_is_a_loss_at_once(capture: type[Capture]) -> None:
    capture.pictures = [IMAGE]
    camera = webcam.Webcam(NULL, Wanted())
    camera.read()
    capture.opens = False
    with pytest.raises(GoneError):
        camera.read()
