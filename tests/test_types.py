"""Types that travel say what is wrong with what they are given."""

import numpy as np
import pytest

from formcheck.core.body import Body
from formcheck.core.frame import Frame
from formcheck.core.pose import Pose


@pytest.mark.parametrize(
    ("image", "says"),
    [
        pytest.param(np.zeros((4, 4), np.uint8), r"\(H, W, 3\) uint8", id="grey"),
        pytest.param(np.zeros((4, 4, 3), np.float32), "float32", id="floats"),
        pytest.param(np.zeros((4, 8, 3), np.uint8)[:, ::2], "C-contiguous", id="strided: MediaPipe would see nobody"),
    ],
)
def test_a_frame_refuses(image: np.ndarray, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Frame(0.0, image)


def good() -> dict[str, object]:
    return {
        "t": 0.0, "xy": np.zeros((33, 2)), "world": np.zeros((33, 3)), "seen": np.zeros(33), "size": (640, 360),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        pytest.param("xy", np.zeros((33, 3)), r"xy \(pixels\).*\(33, 3\).*\(33, 2\)", id="xy"),
        pytest.param("world", np.zeros((33, 2)), r"world \(metres\)", id="world"),
        pytest.param("seen", np.zeros(32), r"seen \(0..1\)", id="seen"),
        pytest.param("size", (0, 360), "positive", id="size"),
    ],
)
def test_a_pose_refuses(field: str, value: object, says: str) -> None:
    Pose(**good())  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=says):
        Pose(**{**good(), field: value})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("points", "trunk", "says"),
    [pytest.param(3, 100.0, "33", id="points"), pytest.param(33, 0.0, "positive", id="trunk")],
)
def test_a_body_refuses(points: int, trunk: float, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Body(0.0, "left", True, (None,) * points, trunk)
