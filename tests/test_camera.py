"""What ``--camera`` may name, and every kind of it on the real thing: devices, streams on loopback, files."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from formcheck.core.frame import Frame
from formcheck.errors import CameraError, VideoError
from formcheck.io.camera.address import parse
from formcheck.io.camera.capture import Capture
from formcheck.io.camera.clock import SystemClock
from formcheck.io.camera.device import EndedError, Wanted
from formcheck.io.camera.opening import opener
from formcheck.io.camera.playback import Playback
from tests import videos
from tests.cameras import Hands
from tests.mjpeg import MjpegCamera


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("0", "number", id="the first camera"),
        pytest.param(" 2 ", "number", id="spaces"),
        pytest.param("/dev/video7", "device", id="a device that is not there"),
        pytest.param("/dev/null", "device", id="a device that is"),
        pytest.param("clip.mp4", "file", id="a file"),
        pytest.param("3.mp4", "file", id="a file named like a number"),
        pytest.param("C:\\films\\a.mp4", "file", id="a drive is no scheme"),
        pytest.param("http://127.0.0.1:8080/video", "stream", id="loopback"),
        pytest.param("http://[::1]:8080/", "stream", id="loopback, IPv6"),
        pytest.param("rtsp://user:pass@192.168.1.20/live", "stream", id="the own network"),
        pytest.param("rtsp://10.0.0.3:554/", "stream", id="the own network, 10"),
        pytest.param("HTTP://169.254.3.4/", "stream", id="link local"),
        pytest.param("http://phone:8080/", "stream", id="a bare name"),
        pytest.param("http://phone.local:8080/", "stream", id="a local name"),
    ],
)
def test_a_camera_is_told_by_how_it_is_written(text: str, kind: str) -> None:
    assert parse(text).kind == kind


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("http://8.8.8.8/video", "not in your own network", id="a public address"),
        pytest.param("rtsp://cameras.example.com/1", "not in your own network", id="a public name"),
        pytest.param("http://localhost.example.com/", "not in your own network", id="a public name that looks local"),
        pytest.param("http://[2001:4860:4860::8888]/", "not in your own network", id="public, IPv6"),
        pytest.param("ftp://192.168.1.2/a.mp4", "cannot be read", id="another scheme"),
        pytest.param("concat://a.mp4", "cannot be read", id="one of FFmpeg's own"),
        pytest.param("http://", "names no host", id="no host"),
        pytest.param("http://[::1/", "no address", id="no address"),
    ],
)
def test_what_is_no_camera_of_ones_own_is_refused(text: str, why: str) -> None:
    with pytest.raises(CameraError, match=why):
        parse(text)


def test_a_password_is_not_shown() -> None:
    assert parse("rtsp://me:secret@192.168.1.20/live").shown == "rtsp://192.168.1.20/live"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("/dev/video97", "was not found or is no camera.*--camera", id="no such device"),
        pytest.param("97", "was not found or is no camera.*--camera", id="no such number"),
        pytest.param("/dev/null", "was not found or is no camera", id="a device that is no camera"),
        pytest.param("http://127.0.0.1:9/video", "gives no stream .*refused", id="nobody answers"),
    ],
)
def test_no_camera_is_told_with_a_remedy(text: str, why: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CameraError, match=why):
        opener(parse(text), Wanted(), SystemClock())()
    assert capfd.readouterr().err == ""


def test_a_missing_file_is_told() -> None:
    with pytest.raises(VideoError, match="there is no file"):
        opener(parse("no.mp4"), Wanted(), SystemClock())()


def test_what_answers_but_is_no_video_is_told(tmp_path: Path) -> None:
    with MjpegCamera() as camera:
        camera.garbage = True
        with pytest.raises(CameraError, match=r"gives no stream|is no video|sends no picture"):
            Capture(opener(parse(camera.url), Wanted(), SystemClock()), SystemClock())


def until(capture: Capture, wanted: Callable[[], bool]) -> list[Frame]:
    """Take frames until something holds."""
    frames, deadline = [], time.monotonic() + 40
    while not wanted():
        assert time.monotonic() < deadline
        frame = capture.take(0.05)
        if frame is not None:
            frames.append(frame)
    return frames


def test_a_stream_survives_what_networks_do() -> None:
    with MjpegCamera() as camera:
        capture = Capture(opener(parse(camera.url), Wanted(), SystemClock()), SystemClock())
        capture.start()
        try:
            sent = camera.sent
            frames = until(capture, lambda: camera.sent > sent + 8)
            assert videos.is_right(frames[-1].image)

            camera.size = (400, 300)
            sent = camera.sent
            frames += until(capture, lambda: camera.sent > sent + 8)
            assert videos.is_right(frames[-1].image)
            assert {frame.size for frame in frames} == {(320, 240)}

            camera.garbage = True
            until(capture, lambda: capture.garbage > 5)
            camera.garbage = False
            assert capture.lost is None
            until(capture, lambda: capture.take(0.2) is not None)

            camera.go_away()
            frames += until(capture, lambda: capture.lost is not None)
            camera.come_back()
            frames += until(capture, lambda: capture.lost is None and capture.away_s > 0)

            clients, camera.stalled = camera.clients, True
            frames += until(capture, lambda: capture.lost is not None)
            frames += until(capture, lambda: camera.clients > clients)  # it has called again
            camera.stalled = False
            frames += until(capture, lambda: capture.lost is None)
            assert capture.away_s > 3
            times = [frame.t for frame in frames]
            assert times == sorted(set(times))
        finally:
            capture.close()


def test_a_file_plays_at_its_own_pace_after_its_first_picture_was_held(tmp_path: Path) -> None:
    clock = Hands()
    file = Playback(videos.make(tmp_path / "a.mp4", frames=5, fps=10), clock, lead_in=0.5)
    shots = []
    for _ in range(10):
        shot = file.read()
        assert shot is not None
        shots.append((shot, round(clock.now() - 100, 3)))
    with pytest.raises(EndedError):
        file.read()
    times = [round(shot.t or 0.0, 3) for shot, _ in shots]
    assert times == [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    assert [at for _, at in shots] == times
    held = [shot.image for shot, _ in shots[:6]]
    assert all((image == held[0]).all() for image in held)
    assert not (shots[6][0].image == held[0]).all()
    file.close()


def test_a_closed_file_plays_no_more(tmp_path: Path) -> None:
    file = Playback(videos.make(tmp_path / "a.mp4", frames=5), Hands())
    file.read()
    file._closed.set()
    with pytest.raises(EndedError):
        file.read()
    file.close()
