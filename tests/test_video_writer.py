"""Video out: true times, even sizes, the original sound, and nothing pretended when the disk is full."""

import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from formcheck.io.video.reader import VideoReader
from formcheck.io.video.writer import VideoWriter
from tests import videos


def copy(source: Path, target: Path, *, sound: bool = False) -> VideoWriter:
    with VideoReader(source) as video:
        writer = VideoWriter(target, video.size, video.fps, source if sound else None)
        for frame in video:
            writer.write(frame.image, frame.t)
        writer.close()
    return writer


def frames(path: Path) -> list[tuple[float, np.ndarray]]:
    with VideoReader(path) as video:
        return [(frame.t, frame.image) for frame in video]


@pytest.mark.parametrize("size", [(320, 240), (361, 241), (854, 480)], ids=["even", "odd", "padded rows"])
def test_pictures_come_back_as_they_were(tmp_path: Path, size: tuple[int, int]) -> None:
    writer = VideoWriter(tmp_path / "a.mp4", size, 25.0)
    for i in range(10):
        writer.write(videos.picture(*size, i), i / 25)
    writer.close()
    back = frames(tmp_path / "a.mp4")
    assert len(back) == 10
    assert back[0][1].shape == (size[1] + size[1] % 2, size[0] + size[0] % 2, 3)
    assert videos.is_right(back[5][1][: size[1], : size[0]])
    assert np.abs(back[5][1][: size[1], : size[0]].astype(int) - videos.picture(*size, 5)).mean() < 4


def test_times_of_a_variable_frame_rate_are_kept(tmp_path: Path) -> None:
    times = [0.0, 0.02, 0.1, 0.15, 0.4, 0.41, 0.9, 1.5]
    source = videos.make(tmp_path / "a.mp4", frames=8, pts=[round(t * videos.CLOCK) for t in times])
    copy(source, tmp_path / "b.mp4")
    assert [t for t, _ in frames(tmp_path / "b.mp4")] == pytest.approx(times, abs=1e-4)


def test_it_plays_in_a_browser(tmp_path: Path) -> None:
    copy(videos.make(tmp_path / "a.webm", codec="libvpx"), tmp_path / "b.mp4")
    with av.open(str(tmp_path / "b.mp4")) as file:
        context = file.streams.video[0].codec_context
        assert (context.name, context.pix_fmt) == ("h264", "yuv420p")
    data = (tmp_path / "b.mp4").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")  # starts before all of it has arrived


@pytest.mark.parametrize(
    ("name", "codec", "sound", "expected"),
    [
        pytest.param("a.mp4", "libx264", "aac", "aac", id="aac is copied"),
        pytest.param("a.mp4", "libx264", "libmp3lame", "mp3float", id="mp3 is copied"),
        pytest.param("a.mkv", "libx264", "pcm_s16le", "aac", id="pcm is encoded"),
        pytest.param("a.webm", "libvpx", "libopus", "aac", id="opus is encoded"),
    ],
)
def test_the_original_sound_survives_and_stays_in_step(
    tmp_path: Path, name: str, codec: str, sound: str, expected: str
) -> None:
    source = videos.make(tmp_path / name, codec=codec, frames=50, sound=sound)
    writer = copy(source, tmp_path / "b.mp4", sound=True)
    before, after = videos.sound_of(source), videos.sound_of(tmp_path / "b.mp4")
    assert before is not None
    assert after is not None
    assert after[0] == expected
    assert after[1] == pytest.approx(before[1], abs=0.05)
    assert after[2] == pytest.approx(before[2], abs=0.08)
    assert writer.warnings == []


def test_a_video_without_sound_gets_none(tmp_path: Path) -> None:
    copy(videos.make(tmp_path / "a.mp4"), tmp_path / "b.mp4", sound=True)
    assert videos.sound_of(tmp_path / "b.mp4") is None


def test_a_place_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        VideoWriter(tmp_path / "missing" / "a.mp4", (320, 240), 25.0)


FULL = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from formcheck.io.video.writer import VideoWriter
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
noise = np.random.default_rng(0)
writer = VideoWriter(Path(sys.argv[1]), (320, 240), 25.0)
try:
    for i in range(60):
        writer.write(noise.integers(0, 255, (240, 320, 3), np.uint8), i / 25)
    writer.close()
except OSError as error:
    writer.abort()
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
def test_a_full_disk_is_a_clear_error(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / "a.mp4")], capture_output=True, text=True, check=True
    )
    assert "File too large" in run.stdout
