"""Parts of the server by themselves: its clock, its pictures, names of files, headers."""

import cv2
import numpy as np
import pytest

from formcheck.exercises import find
from formcheck.io.camera.fit import fitted
from formcheck.session.plan import Step
from formcheck.ui.web.live.jpeg import BrokenFrameError, decoded, size_of
from formcheck.ui.web.live.messages import Answer, Order, Start, parsed
from formcheck.ui.web.live.moment import aimed
from formcheck.ui.web.live.telling import back
from formcheck.ui.web.live.times import Times
from formcheck.ui.web.videos.job import Job, stored_as
from tests.web import JPEG


class TestTimes:
    """One rising time, whatever browsers' clocks do."""

    def test_goes_on_as_the_browsers_clock_does(self) -> None:
        times = Times(100.0)
        first = times.of(1, 5000.0, 100.5)
        assert first == pytest.approx(0.5)
        assert times.of(1, 5000.04, 100.7) == pytest.approx(0.54)  # however late it comes in

    def test_a_new_connection_goes_on_as_the_servers_clock_does(self) -> None:
        times = Times(0.0)
        assert times.of(1, 50.0, 1.0) == pytest.approx(1.0)
        assert times.of(2, 0.1, 4.0) == pytest.approx(4.0)
        assert times.of(2, 0.2, 4.1) == pytest.approx(4.1)

    def test_a_picture_that_is_not_later_has_no_time(self) -> None:
        times = Times(0.0)
        times.of(1, 5.0, 1.0)
        assert times.of(1, 5.0, 1.1) is None
        assert times.of(1, 4.0, 1.1) is None

    def test_a_clock_put_forward_leaves_no_gap(self) -> None:
        times = Times(0.0)
        times.of(1, 0.0, 1.0)
        assert times.of(1, 1e8, 1.1) == pytest.approx(1.1)
        assert times.of(1, 1e8 + 0.04, 1.1) == pytest.approx(1.14)

    def test_a_pause_in_both_clocks_is_a_pause(self) -> None:
        times = Times(0.0)
        times.of(1, 0.0, 1.0)
        assert times.of(1, 30.0, 31.0) == pytest.approx(31.0)

    def test_rises_also_after_time_has_gone_on_without_pictures(self) -> None:
        times = Times(0.0)
        times.of(1, 10.0, 0.0)
        without = times.now(2.0)
        late = times.of(1, 10.5, 2.1)  # taken before that
        assert late is not None
        assert late > without
        following = times.of(1, 10.54, 2.2)
        assert following is not None
        assert following > late


class TestPictures:
    def test_a_jpeg_is_decoded_in_rgb(self) -> None:
        red = np.zeros((32, 48, 3), np.uint8)
        red[..., 2] = 255  # BGR
        image = decoded(cv2.imencode(".jpg", red)[1].tobytes())
        assert image.shape == (32, 48, 3)
        assert image[16, 24].tolist() == pytest.approx([255, 0, 0], abs=5)

    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(b"", id="nothing"),
            pytest.param(b"garbage", id="garbage"),
            pytest.param(b"\xff\xd8", id="only a beginning"),
            pytest.param(b"\xff\xd8" + b"\xff" * 1000, id="only filling"),
            pytest.param(b"\xff\xd8\xff\xe0\x00\x00" * 200, id="parts without a length"),
            pytest.param(JPEG[:-40], id="cut off"),
            pytest.param(JPEG[:200] + b"\xff\xd9", id="cut off, with an end"),
            pytest.param(cv2.imencode(".png", np.zeros((48, 64, 3), np.uint8))[1].tobytes(), id="another format"),
            pytest.param(cv2.imencode(".jpg", np.zeros((8, 8, 3), np.uint8))[1].tobytes(), id="too small"),
        ],
    )
    def test_what_is_no_picture_is_refused(self, data: bytes) -> None:
        with pytest.raises(BrokenFrameError):
            decoded(data)

    def test_a_small_file_that_says_it_is_a_huge_picture_is_not_even_decoded(self, monkeypatch) -> None:
        at = JPEG.index(b"\xff\xc0")
        bomb = JPEG[: at + 5] + b"\xff\xdc\xff\xdc" + JPEG[at + 9 :]
        assert size_of(bomb) == (65500, 65500)
        monkeypatch.setattr(cv2, "imdecode", lambda *_: pytest.fail("decoded"))
        with pytest.raises(BrokenFrameError, match="65500x65500"):
            decoded(bomb)

    @pytest.mark.parametrize("own", [(640, 480), (480, 640), (100, 900), (1280, 720)])
    def test_points_are_told_in_the_pixels_of_the_picture_that_was_sent(self, own: tuple[int, int]) -> None:
        image = np.zeros((own[1], own[0], 3), np.uint8)
        x, y = int(0.7 * own[0]), int(0.3 * own[1])
        image[y - 8 : y + 9, x - 8 : x + 9] = 255
        small = fitted(image, (640, 360))
        rows, columns = np.nonzero(small[..., 0] > 127)
        there = back((640, 360), own)((float(columns.mean()) + 0.5, float(rows.mean()) + 0.5))
        assert there == pytest.approx((x + 0.5, y + 0.5), abs=2.5)


class TestMessages:
    def test_are_told_apart_by_their_type(self) -> None:
        assert parsed('{"type": "order", "order": "next"}') == Order(type="order", order="next")
        assert parsed('{"type": "answer", "question": "q", "value": 3}') == Answer(type="answer", question="q", value=3)
        assert parsed('{"type": "start", "unknown": 1}') == Start(type="start")

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("", id="nothing"),
            pytest.param("[]", id="a list"),
            pytest.param("{}", id="no type"),
            pytest.param('{"type": "order", "order": "fly"}', id="no such order"),
            pytest.param('{"type": "answer", "question": "q", "value": null}', id="no answer"),
            pytest.param('{"type": "answer", "question": "q", "value": 1e300}', id="a huge answer"),
            pytest.param('{"type": "start", "exercise": "' + "x" * 100 + '"}', id="a long name"),
            pytest.param('{"type": "start", "rate": NaN}', id="no number"),
            pytest.param("[" * 10_000, id="endless brackets"),
        ],
    )
    def test_anything_else_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"\w"):
            parsed(text)


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        pytest.param("bridge.mp4", "bridge.mp4", id="plain"),
        pytest.param("../../etc/passwd", "passwd", id="a path"),
        pytest.param("C:\\films\\a b.mov", "a b.mov", id="another system's path"),
        pytest.param("http://host/x", "x", id="a protocol"),
        pytest.param("concat:a|b.mp4", "concat_a_b.mp4", id="an FFmpeg protocol"),
        pytest.param("-i", "i", id="an option"),
        pytest.param("..", "video", id="the folder above"),
        pytest.param("results", "video", id="the folder of the results"),
        pytest.param("臀桥.mp4", "臀桥.mp4", id="Chinese"),
        pytest.param("a\0b\n.mp4", "a_b_.mp4", id="control characters"),
        pytest.param("x" * 255 + ".mp4", "x" * 80 + ".mp4", id="long"),
    ],
)
def test_a_files_name_means_nothing_to_the_system(name: str, stored: str) -> None:
    assert stored_as(name) == stored


def test_the_remaining_time_is_told_once_it_can_be(tmp_path) -> None:
    job = Job(tmp_path, "a", "a", None, keep=False, state="running", took=10.0)
    assert job.remaining_s is None
    job.progress = 0.25
    assert job.remaining_s == 30.0
    job.state = "done"
    assert job.remaining_s is None


class TestAimed:
    """Where an exercise is to get to, for whoever draws it."""

    def test_the_bridge_has_a_target_and_a_range(self) -> None:
        told = aimed(find("bridge"))
        assert (told["charted"], told["target"]) == ("hip_angle_deg", find("bridge").target)
        low, high = told["allowed"]
        assert low < told["target"] < high

    def test_what_is_open_at_one_end_is_null_there(self) -> None:
        assert aimed(find("knee_to_chest"))["allowed"][0] is None
        assert aimed(find("knee_to_chest"))["target"] is None

    def test_what_no_rule_is_about_has_no_range(self) -> None:
        assert aimed(find("towel_stretch"))["allowed"] is None

    def test_a_plan_s_target_is_drawn_and_not_the_usual_one(self) -> None:
        bridge = find("bridge")
        prescribed = Step(bridge, bridge.dose, targets={"hips_low": 150.0}).prescribed
        assert aimed(prescribed)["allowed"][0] == 150.0
