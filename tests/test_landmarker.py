"""MediaPipe's adapter: turned pictures, rising time stamps, silence."""

import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.frame import Frame
from formcheck.io.pose import model
from formcheck.io.pose.estimator import PoseEstimator
from formcheck.io.pose.landmarker import Landmarker, turned_back
from formcheck.io.video.reader import VideoReader
from tests.conftest import ROOT

SAMPLE = ROOT / "samples" / "bridge.mp4"


@pytest.fixture(scope="module")
def picture() -> np.ndarray:
    with VideoReader(SAMPLE) as video:
        return next(iter(video)).image


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from([0, 1, 2, 3]), st.data())
def test_points_of_a_turned_picture_come_back_to_where_they_were(
    width: int, height: int, turn: int, data: st.DataObject
) -> None:
    x, y = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    image = np.zeros((height, width), np.uint8)
    image[y, x] = 1
    turned = np.ascontiguousarray(np.rot90(image, -turn))
    (ty, tx) = np.argwhere(turned)[0]
    th, tw = turned.shape
    # centres of pixels, normalised as MediaPipe does
    back = turned_back(np.array([(tx + 0.5) / tw]), np.array([(ty + 0.5) / th]), turn, (1.0, 1.0))  # type: ignore[arg-type]
    assert (back[0][0] * width, back[1][0] * height) == pytest.approx((x + 0.5, y + 0.5))


@pytest.mark.video
@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_person_is_found_in_the_same_place_however_the_picture_is_turned(picture: np.ndarray, turn: int) -> None:
    landmarker = Landmarker(model.load(), video=False)
    plain = landmarker.find(picture, 0.0)[0]
    turned = landmarker.find(picture, 0.0, turn)[0]  # type: ignore[arg-type]
    landmarker.close()
    near = [11, 23, 25, 27]
    assert np.abs(plain.xy - turned.xy)[near].max() < 25
    assert np.abs(plain.world - turned.world)[near].max() < 0.15


@pytest.mark.video
def test_time_stamps_that_do_not_rise_are_survived(picture: np.ndarray) -> None:
    landmarker = Landmarker(model.load(), video=True)
    for t in (0.0, 0.0, 0.0004, 0.5, 0.2, 0.2):
        assert len(landmarker.find(picture, t)) == 1
    landmarker.close()


@pytest.mark.video
def test_widths_with_padded_rows_find_the_person(picture: np.ndarray) -> None:
    for width in (360, 640, 854, 1081):
        scaled = cv2.resize(picture, (width, round(picture.shape[0] * width / picture.shape[1])))
        with PoseEstimator() as estimator:
            assert estimator.estimate(Frame(0.0, scaled)).pose is not None


@pytest.mark.video
@pytest.mark.parametrize("turn", [cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180], ids=["quarter", "half"])
def test_a_picture_lying_on_its_side_is_tried_until_somebody_is_found(picture: np.ndarray, turn: int) -> None:
    image = np.ascontiguousarray(cv2.rotate(picture, turn))
    with PoseEstimator() as estimator:
        assert any(estimator.estimate(Frame(i / 25, image)).pose is not None for i in range(4))


@pytest.mark.video
def test_nobody_is_found_where_nobody_is_and_he_is_found_when_he_comes(picture: np.ndarray) -> None:
    empty = np.full_like(picture, 90)
    with PoseEstimator() as estimator:
        seen = [estimator.estimate(Frame(i / 25, empty if i < 6 else picture)).pose for i in range(14)]
    assert seen[:6] == [None] * 6
    assert seen[-1] is not None


@pytest.mark.video
def test_of_two_people_the_larger_is_followed_and_the_other_is_counted(picture: np.ndarray) -> None:
    height, width = picture.shape[:2]
    small = cv2.resize(picture, (width * 6 // 10, height * 6 // 10), interpolation=cv2.INTER_AREA)
    canvas = np.full((height, width + small.shape[1], 3), 120, np.uint8)
    canvas[-small.shape[0] :, : small.shape[1]] = small
    canvas[:, small.shape[1] :] = picture
    with PoseEstimator() as estimator:
        sights = [estimator.estimate(Frame(i / 25, canvas)) for i in range(16)]
    pose = sights[-1].pose
    assert pose is not None
    assert pose.xy[23, 0] > small.shape[1]
    assert [s.others for s in sights if s.others is not None] == [1]


@pytest.mark.video
def test_mediapipes_console_noise_does_not_reach_the_user() -> None:
    code = (
        "import numpy as np\n"
        "from formcheck.core.frame import Frame\n"
        "from formcheck.io.pose.estimator import PoseEstimator\n"
        "with PoseEstimator() as e:\n"
        "    [e.estimate(Frame(i / 25, np.zeros((240, 320, 3), np.uint8))) for i in range(20)]\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path("/"))
    assert (run.stdout, run.stderr) == ("", "")
