"""Cameras, and the network that finds a person in their pictures."""

import time
from importlib.resources import files

import cv2
import numpy as np

from formcheck.core.frame import Frame, Image
from formcheck.errors import CameraError, ModelError
from formcheck.io.camera import webcam
from formcheck.io.camera.address import parse
from formcheck.io.camera.device import Wanted
from formcheck.io.pose import model as pose_model
from formcheck.io.pose.estimator import PoseEstimator
from formcheck.ui.doctor.check import Check

_WARM_UP, _FRAMES = 5, 40
_GOOD_FPS, _LEAST_FPS = 20.0, 8.0


def cameras() -> list[Check]:
    """Open every camera of this machine once."""
    names = webcam.found() if webcam.LISTED else ["0"]
    if not names:
        return [
            Check(
                "camera",
                "warn",
                "none at this machine",
                "Plug one in, or use a phone: a camera app that gives a stream, and --camera http://PHONE:8080/video. "
                "Recorded videos need none: formcheck analyze VIDEO.",
            )
        ]
    return [_camera(name) for name in names]


def model() -> Check:
    """Check the pose model against its checksum."""
    try:
        content = pose_model.load()
    except ModelError as error:
        return Check("model", "fail", str(error), "Install formcheck again.")
    found = f"{pose_model.NAME}, {len(content) / 1e6:.1f} MB, SHA-256 {pose_model.SHA256[:12]}... as it should be"
    return Check("model", "pass", found)


def speed() -> Check:
    """Find a person in a picture again and again."""
    try:
        image = picture()
        with PoseEstimator() as estimator:
            for n in range(_WARM_UP):
                estimator.estimate(Frame(n / 30, image))
            begin = time.perf_counter()
            sights = [estimator.estimate(Frame((_WARM_UP + n) / 30, image)) for n in range(_FRAMES)]
            fps = _FRAMES / (time.perf_counter() - begin)
    except ModelError as error:
        return Check("pose", "fail", str(error), "Install formcheck again.")
    if any(sight.pose is None for sight in sights):
        return Check("pose", "fail", "the person in the test picture is not found", "Install formcheck again.")
    return _judged(fps)


def picture() -> Image:
    """Return the test picture: somebody who lies on a mat, (H, W, 3) RGB."""
    data = np.frombuffer((files("formcheck.ui.doctor") / "person.jpg").read_bytes(), np.uint8)
    image = cv2.imdecode(data, cv2.IMREAD_COLOR)
    if image is None:
        raise ModelError("the test picture is damaged")
    return np.ascontiguousarray(image[..., ::-1], np.uint8)


def _judged(fps: float) -> Check:
    found = f"a person is found {fps:.0f} times a second"
    if fps >= _GOOD_FPS:
        return Check("pose", "pass", found)
    remedy = "Close other programs; plug in the charger; try the lite model with --model."
    return Check("pose", "warn" if fps >= _LEAST_FPS else "fail", found, remedy)


def _camera(name: str) -> Check:
    try:
        device = webcam.Webcam(parse(name), Wanted())
    except CameraError as error:
        said, _, remedy = str(error).partition(". ")
        return Check("camera", "fail", said, remedy)
    try:
        shot = device.read()
        size = "no picture" if shot is None else f"{shot.image.shape[1]}x{shot.image.shape[0]}"
        return Check("camera", "pass", f"{name}: {size}" + (f" at {device.fps:.3g} fps" if device.fps else ""))
    finally:
        device.close()
