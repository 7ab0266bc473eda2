"""A live session from outside: a process, a camera that fails, a window under a virtual screen, signals."""

import ctypes
import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import videos
from tests.conftest import ROOT
from tests.mjpeg import MjpegCamera

SAMPLE = ROOT / "samples" / "bridge.mp4"
pytestmark = pytest.mark.video


class Live:
    """``formcheck live`` as a process; on a virtual screen if ``display`` is given."""

    def __init__(self, *words: object, cwd: Path, display: str | None = None) -> None:
        env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
        if display is not None:
            env["DISPLAY"] = display
        self.log = cwd / "stderr"
        self._stderr = self.log.open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "formcheck", "live", *map(str, words)],
            cwd=cwd,
            env={**env, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            text=True,
            # a shell's background jobs ignore Ctrl-C, and what they start inherits that
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
        )

    def __enter__(self) -> "Live":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()
        self._stderr.close()

    def wait(self, until: Callable[[], object]) -> None:
        deadline = time.monotonic() + 60
        while not until():
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.05)

    @property
    def said(self) -> str:
        return self.log.read_text()

    def end(self) -> tuple[int, str]:
        out, _ = self.process.communicate(timeout=90)
        assert "Traceback" not in self.said
        return self.process.returncode, out


def running(folder: Path, name: str = "trace.jsonl") -> Callable[[], bool]:
    """Whether poses are being recorded."""
    beside = folder / f".{name}.partial{Path(name).suffix}"
    return lambda: beside.exists() and beside.stat().st_size > 3000


@pytest.mark.parametrize(
    ("words", "why"),
    [
        pytest.param(["--camera", "97"], "camera 97 was not found", id="no camera"),
        pytest.param(["--camera", "/dev/null"], "/dev/null was not found or is no camera", id="no camera's device"),
        pytest.param(["--camera", "no.mp4"], "there is no file no.mp4", id="no file"),
        pytest.param(["--camera", "http://8.8.8.8/"], "not in your own network", id="a public stream"),
        pytest.param(["squat", "--camera", "no.mp4"], "squat", id="no such exercise"),
        pytest.param(["--language", "xx", "--camera", "no.mp4"], "no texts in 'xx'", id="no such language"),
    ],
)
def test_what_cannot_begin_is_one_sentence_and_1(tmp_path: Path, words: list[str], why: str) -> None:
    with Live(*words, "--no-window", cwd=tmp_path) as live:
        assert live.end() == (1, "")
        assert live.said.startswith("formcheck: ")
        assert why in live.said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["stderr"]


def test_a_file_s_end_ends_the_session_and_all_is_kept(tmp_path: Path) -> None:
    videos.make(tmp_path / "a.mp4", frames=20)
    with Live(
        "bridge", "--camera", "a.mp4", "--json", "--record", "r.mp4", "--trace", "t.jsonl.gz", cwd=tmp_path
    ) as live:
        code, out = live.end()
        assert code == 0, live.said
        assert "by voice alone" in live.said  # there is no screen
    document = json.loads(out)
    assert document["source"]["path"] == "a.mp4"
    assert (document["source"]["width"], document["source"]["height"]) == (320, 240)
    assert {path.name for path in tmp_path.iterdir()} == {"a.mp4", "r.mp4", "t.jsonl.gz", "stderr"}
    replay = subprocess.run(
        [sys.executable, "-m", "formcheck", "replay", "t.jsonl.gz", "--exercise", "bridge"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "nobody is seen in the trace" in replay.stderr  # it could be read


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_a_signal_ends_the_session_with_its_result(tmp_path: Path, number: signal.Signals) -> None:
    command = ["bridge", "--camera", SAMPLE, "--no-window", "--json", "--trace", "trace.jsonl"]
    with Live(*command, cwd=tmp_path) as live:
        live.wait(running(tmp_path))
        live.process.send_signal(number)
        code, out = live.end()
    assert code == 128 + number
    document = json.loads(out)
    assert document["exercise"] == "bridge"
    assert 0 < document["source"]["duration_s"] < 30
    rows = [json.loads(line) for line in (tmp_path / "trace.jsonl").read_text().splitlines()]
    assert "source" in rows[-1]  # whole to its last line


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_second_signal_does_not_wait(tmp_path: Path) -> None:
    code = (
        "import os, signal, time\n"
        "from formcheck.ui.live.interrupts import Interrupts\n"
        "with Interrupts(lambda: print('ending', flush=True)):\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "    time.sleep(60)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        check=False, timeout=50,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (-signal.SIGTERM, "ending\n")


def test_a_camera_lost_in_mid_session_is_told_and_the_session_is_kept(tmp_path: Path) -> None:
    with (
        MjpegCamera() as camera,
        Live("bridge", "--camera", camera.url, "--no-window", "--json", "--trace", "trace.jsonl", cwd=tmp_path) as live,
    ):
        live.wait(lambda: camera.sent > 30)
        camera.go_away()
        live.wait(lambda: "the camera is gone" in live.said)
        camera.come_back()
        live.wait(lambda: "the camera is back" in live.said)
        sent = camera.sent
        live.wait(lambda: camera.sent > sent + 10)
        live.process.send_signal(signal.SIGTERM)
        code, out = live.end()
    assert code == 143
    assert "camera_lost" in [warn["key"] for warn in json.loads(out)["warnings"]]
    times = [json.loads(line)["t"] for line in (tmp_path / "trace.jsonl").read_text().splitlines()[1:-1]]
    assert times == sorted(set(times))
    assert max(b - a for a, b in zip(times, times[1:], strict=False)) < 4  # its clock went on


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """A virtual screen; its name."""
    for tool in ("Xvfb", "xdotool"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24"],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


def xdotool(display: str, *words: str) -> str:
    run = subprocess.run(
        ["xdotool", *words], env={**os.environ, "DISPLAY": display}, capture_output=True, text=True, check=False
    )
    return run.stdout.strip()


def press_close(display: str, window: int) -> None:
    """Do what a window manager does when its close button is pressed."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    server = ctypes.c_void_p(x11.XOpenDisplay(display.encode()))
    protocols, delete = (x11.XInternAtom(server, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
    # XClientMessageEvent: type 33, serial, sent, display, window, message, 32 bits, five longs; padded to an XEvent
    event = struct.pack("iLiPLLi5l", 33, 0, 1, 0, window, protocols, 32, delete, 0, 0, 0, 0).ljust(192, b"\0")
    x11.XSendEvent(server, ctypes.c_ulong(window), 0, ctypes.c_long(0), event)
    x11.XCloseDisplay(server)


@pytest.mark.parametrize("way", ["q", "Escape", "n", "close button"])
def test_the_window_ends_the_session_with_its_result(tmp_path: Path, screen: str, way: str) -> None:
    command = ["bridge", "--camera", SAMPLE, "--json", "--trace", "trace.jsonl"]
    with Live(*command, cwd=tmp_path, display=screen) as live:
        live.wait(lambda: xdotool(screen, "search", "--name", "^formcheck$"))
        live.wait(running(tmp_path))
        window = xdotool(screen, "search", "--name", "^formcheck$")
        if way == "close button":
            press_close(screen, int(window))
        else:
            xdotool(screen, "windowfocus", window, "key", way)
        code, out = live.end()
        assert code == 0, live.said
    assert 0 < json.loads(out)["source"]["duration_s"] < 30
    assert (tmp_path / "trace.jsonl").is_file()


def test_a_screen_that_cannot_be_used_leaves_the_voice(tmp_path: Path) -> None:
    videos.make(tmp_path / "a.mp4", frames=5)
    with Live("bridge", "--camera", "a.mp4", cwd=tmp_path, display=":4321") as live:
        assert live.end() == (0, "")
        assert "the screen :4321 cannot be used: going by voice alone" in live.said


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
def test_a_full_disk_ends_the_recording_and_not_the_session(tmp_path: Path) -> None:
    videos.make(tmp_path / "a.mp4", frames=50)
    code = (
        "import resource, signal, sys\n"
        "from formcheck.ui.entry import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400, 400))\n"
        "sys.argv = 'formcheck live bridge --camera a.mp4 --no-window --json --trace t.jsonl'.split()\n"
        "main()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False, timeout=90,
    )  # fmt: skip
    assert run.returncode == 1
    assert json.loads(run.stdout)["source"]["frames"] > 10
    assert run.stderr.count("t.jsonl could not be kept") == 1
    assert "Traceback" not in run.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"a.mp4"}
