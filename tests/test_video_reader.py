"""Video in: every container, upright, at true times; and clear words for whatever is no video."""

import errno
import gc
import os
import weakref
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from formcheck.errors import VideoError
from formcheck.io.video.reader import VideoReader
from formcheck.io.video.timeline import Timeline
from tests import videos


def read(path: Path) -> tuple[VideoReader, list[float], list[np.ndarray]]:
    with VideoReader(path) as video:
        frames = list(video)
    return video, [frame.t for frame in frames], [frame.image for frame in frames]


@pytest.mark.parametrize(
    ("name", "codec", "pix_fmt"),
    [
        pytest.param("a.mp4", "libx264", "yuv420p", id="mp4"),
        pytest.param("a.mov", "mpeg4", "yuv420p", id="mov"),
        pytest.param("a.mkv", "libx264", "yuv420p", id="mkv"),
        pytest.param("a.webm", "libvpx", "yuv420p", id="webm"),
        pytest.param("a.avi", "mpeg4", "yuv420p", id="avi"),
        pytest.param("a.gif", "gif", "rgb8", id="gif"),
        pytest.param("raw.h264", "libx264", "yuv420p", id="bare stream without duration or frame count"),
    ],
)
def test_every_container_is_read(tmp_path: Path, name: str, codec: str, pix_fmt: str) -> None:
    video, times, images = read(videos.make(tmp_path / name, codec=codec, pix_fmt=pix_fmt))
    assert len(times) == video.frames_read == 25
    assert np.diff(times) == pytest.approx(0.04, abs=0.011)
    assert video.duration_s == pytest.approx(1.0, abs=0.05)
    assert video.fps == pytest.approx(25, rel=0.05)
    assert video.warnings == []
    if codec != "gif":  # eight bits a pixel are not true to colour
        assert all(videos.is_right(image) for image in images)


@pytest.mark.parametrize("width", [360, 640, 854, 1080, 1081, 322])
@pytest.mark.parametrize("height", [240, 361])
def test_odd_and_padded_sizes_are_read_right(tmp_path: Path, width: int, height: int) -> None:
    path = videos.make(tmp_path / "a.mkv", size=(width, height), frames=2, pix_fmt="yuv444p")
    video, _, images = read(path)
    assert video.size == (width, height)
    for image in images:
        assert image.shape == (height, width, 3)
        assert image.flags.c_contiguous
        assert videos.is_right(image)


@pytest.mark.parametrize("clockwise", [90, 180, 270])
def test_a_turned_phone_video_is_upright(tmp_path: Path, clockwise: int) -> None:
    upright = [videos.picture(240, 320, i) for i in range(3)]
    stored = [np.ascontiguousarray(np.rot90(image, clockwise // 90)) for image in upright]
    height, width = stored[0].shape[:2]
    path = videos.make(tmp_path / "a.mp4", size=(width, height), frames=3, images=stored)
    video, _, images = read(videos.turned(path, clockwise))
    assert video.size == (240, 320)
    assert all(image.shape == (320, 240, 3) and videos.is_right(image) for image in images)


def test_variable_frame_rate_keeps_its_times(tmp_path: Path) -> None:
    times = [0.0, 0.02, 0.1, 0.15, 0.4, 0.41, 0.9, 1.5]
    path = videos.make(tmp_path / "a.mp4", frames=8, pts=[round(t * videos.CLOCK) for t in times])
    assert read(path)[1] == pytest.approx(times, abs=1e-4)


def test_a_late_start_is_no_gap(tmp_path: Path) -> None:
    path = videos.make(tmp_path / "a.mkv", frames=5, pts=[videos.CLOCK * 5 + i * 3600 for i in range(5)])
    assert read(path)[1] == pytest.approx([0, 0.04, 0.08, 0.12, 0.16], abs=2e-3)


def test_pixels_that_are_not_square_are_made_so(tmp_path: Path) -> None:
    path = videos.make(tmp_path / "a.mkv", size=(720, 576), frames=2, aspect=Fraction(16, 11))
    video, _, images = read(path)
    assert video.size == (1047, 576)
    assert videos.is_right(images[0])


def test_ten_bit_video_is_read(tmp_path: Path) -> None:
    _, times, images = read(videos.make(tmp_path / "a.mkv", pix_fmt="yuv420p10le", frames=3))
    assert len(times) == 3
    assert videos.is_right(images[0])


def test_interlaced_video_loses_its_comb(tmp_path: Path) -> None:
    moving = []
    for i in range(12):
        image = np.full((240, 320, 3), 96, np.uint8)
        for field in (0, 1):
            image[field::2, 20 * i + 10 * field : 20 * i + 10 * field + 40] = 230
        moving.append(image)
    path = videos.make(tmp_path / "a.mkv", frames=12, images=moving, interlaced=True)
    _, times, images = read(path)
    assert len(times) == 12
    assert np.diff(times) == pytest.approx(0.04, abs=2e-3)

    def comb(image: np.ndarray) -> float:
        rows = image[..., 0].astype(float)
        return float(np.abs(rows[1:-1] - (rows[:-2] + rows[2:]) / 2).mean())

    assert comb(images[6]) < comb(moving[6]) / 4


def test_the_first_frame_of_another_size_sets_the_size_for_all(tmp_path: Path) -> None:
    small = videos.make(tmp_path / "s.h264", size=(320, 240), frames=3)
    large = videos.make(tmp_path / "l.h264", size=(640, 480), frames=3)
    both = tmp_path / "both.h264"
    both.write_bytes(small.read_bytes() + large.read_bytes())
    video, times, images = read(both)
    assert video.size == (320, 240)
    assert len(times) == 6
    assert all(image.shape == (240, 320, 3) for image in images)


def test_one_frame_is_a_video(tmp_path: Path) -> None:
    video, times, _ = read(videos.make(tmp_path / "a.mp4", frames=1))
    assert times == [0.0]
    assert video.duration_s == pytest.approx(0.04)


def test_frames_are_not_kept(tmp_path: Path) -> None:
    alive: list[weakref.ref[np.ndarray]] = []
    most = 0
    with VideoReader(videos.make(tmp_path / "a.mp4", frames=60)) as video:
        for frame in video:
            alive.append(weakref.ref(frame.image))
            gc.collect(0)
            most = max(most, sum(ref() is not None for ref in alive))
    assert most <= 3


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.avi"])
def test_a_truncated_video_is_read_as_far_as_it_goes(tmp_path: Path, name: str, share: float) -> None:
    codec = "mpeg4" if name.endswith("avi") else "libx264"
    front = {"movflags": "+faststart"} if name.endswith("mp4") else {}
    path = tmp_path / name
    noise = np.random.default_rng(1)
    images = [noise.integers(0, 255, (240, 320, 3), np.uint8) for _ in range(100)]
    with av.open(str(path), "w", options=front) as out:
        stream = out.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for image in images:
            out.mux(stream.encode(av.VideoFrame.from_ndarray(image, "rgb24")))
        out.mux(stream.encode(None))
    path.write_bytes(path.read_bytes()[: round(path.stat().st_size * share)])
    video, times, _ = read(path)
    assert 100 * share * 0.7 <= len(times) <= 100 * share * 1.15
    if share < 0.7:  # what is missing at the very end cannot be told from a file that says so itself
        assert [warn.key for warn in video.warnings] == ["damaged_video"]
        assert f"{video.duration_s:.1f} s" in video.warnings[0].say


def test_what_the_disk_does_not_give_is_not_taken_for_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = videos.make(tmp_path / "a.mkv", frames=100)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    def fails(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "open", fails)
    with pytest.raises(VideoError, match=r"cannot be read to its end \(Input/output error\)") as caught:
        read(path)
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.__cause__.errno == errno.EIO  # so a batch tries it again


def garble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3000] = os.urandom(3000)
    path.write_bytes(data)


def test_garbage_in_the_middle_is_survived(tmp_path: Path) -> None:
    path = videos.make(tmp_path / "a.mkv", frames=100, size=(640, 480))
    garble(path)
    _, times, _ = read(path)
    assert len(times) > 20
    assert np.all(np.diff(times) > 0)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(lambda p: None, r"there is no file .*a\.mp4.*Check the name", id="no such file"),
        pytest.param(lambda p: p.mkdir(), r"a\.mp4 is a folder.*Name the video", id="a folder"),
        pytest.param(lambda p: p.write_bytes(b""), r"is empty.*again", id="empty"),
        pytest.param(lambda p: p.write_text("hello\n" * 50), r"not a video.*Use mp4", id="text"),
        pytest.param(lambda p: p.write_bytes(bytes(range(256)) * 90), r"not a video.*Use mp4", id="garbage"),
        pytest.param(videos.only_sound, r"holds only sound.*needs a video", id="sound only"),
        pytest.param(
            lambda p: videos.make(p, codec="mjpeg", pix_fmt="yuvj420p", frames=1, container="image2"),
            r"is a picture.*needs a video",
            id="a picture",
        ),
        pytest.param(
            lambda p: videos.make(p, codec="png", pix_fmt="rgb24", frames=1, container="image2"),
            r"is a picture.*needs a video",
            id="another picture",
        ),
        pytest.param(
            lambda p: p.write_bytes(videos.make(p, frames=50).read_bytes()[:-900]),
            "not a video",
            id="cut before its index",
        ),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:.*deprecated pixel format.*")
def test_what_is_no_video_is_refused_with_what_where_and_what_to_do(tmp_path: Path, make: object, says: str) -> None:
    path = tmp_path / "a.mp4"
    make(path)  # type: ignore[operator]
    with pytest.raises(VideoError, match=says):
        VideoReader(path)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = videos.make(tmp_path / "a.mp4", frames=2)
    path.chmod(0)
    with pytest.raises(VideoError, match="may not be read"):
        VideoReader(path)


@pytest.mark.parametrize(
    ("told", "expected", "mended"),
    [
        pytest.param([0, 0.04, 0.08], [0, 0.04, 0.08], False, id="as it should be"),
        pytest.param([0, 0.04, 5.0], [0, 0.04, 5.0], False, id="a pause is true"),
        pytest.param([None, None, None], [0, 0.04, 0.08], False, id="none at all"),
        pytest.param([0, 0, 0, 0.12], [0, 0.001, 0.002, 0.12], True, id="repeated"),
        pytest.param([0, 0.08, 0.04, 0.12], [0, 0.08, 0.081, 0.12], True, id="two exchanged"),
        pytest.param([0, 0.04, 90000, 90000.04], [0, 0.04, 0.08, 0.12], True, id="leaps hours ahead"),
        pytest.param([50, 50.04, 0.0, 0.04], [0, 0.04, 0.08, 0.12], True, id="starts late, then over again"),
        pytest.param([0, 0.04, None, 0.12], [0, 0.04, 0.08, 0.12], True, id="one missing"),
        pytest.param([-0.02, 0.02], [0, 0.04], False, id="begins before its start"),
    ],
)
def test_times_always_rise(told: list[float | None], expected: list[float], mended: bool) -> None:
    line = Timeline(0.04)
    assert [line.place(t) for t in told] == pytest.approx(expected)
    assert line.mended is mended


def test_absurd_time_stamps_in_a_file_are_mended_with_a_warning(tmp_path: Path) -> None:
    pts = [i * 3600 + (videos.CLOCK * 3600 if i >= 10 else 0) for i in range(20)]
    video, times, _ = read(videos.make(tmp_path / "a.mkv", frames=20, pts=pts))
    assert times == pytest.approx([i * 0.04 for i in range(20)], abs=0.03)
    assert [warn.key for warn in video.warnings] == ["odd_timestamps"]
