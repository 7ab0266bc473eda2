"""Nothing leaves the machine: analysing and a live session open no connection but to the machine itself."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from formcheck.io.video.reader import VideoReader
from tests import videos
from tests.conftest import ROOT

pytestmark = [
    pytest.mark.video,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed (apt-get install strace)"),
]
_ADDRESS = re.compile(r"sa_family=(AF_\w+)(?:.*?(?:inet_addr\(\"([^\"]+)\"|inet_pton\(AF_INET6, \"([^\"]+)\"))?")
_OUTWARD = ("connect(", "sendto(", "sendmsg(", "sendmmsg(", "bind(")
_HARMLESS = {"AF_UNIX", "AF_NETLINK", "AF_UNSPEC"}
"""Between programs of this machine; questions to its own kernel."""


def went_out(log: str) -> list[str]:
    """Return the calls by which something may have left the machine."""
    found = []
    for line in log.splitlines():
        if not any(call in line for call in _OUTWARD):
            continue
        for family, four, six in _ADDRESS.findall(line):
            address = four or six
            own = address.startswith("127.") or address == "::1"
            if family not in _HARMLESS and not own:
                found.append(line)
    return found


def traced(*command: object, cwd: Path) -> str:
    log = cwd / "strace.log"
    env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    run = subprocess.run(
        ["strace", "-f", "-e", "trace=network", "-o", str(log), sys.executable, *map(str, command)],
        cwd=cwd, env={**env, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=280,
    )  # fmt: skip
    if "PTRACE" in run.stderr and not log.stat().st_size:
        pytest.skip("this machine does not let strace look at programs")
    assert run.returncode == 0, run.stderr
    return log.read_text()


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of somebody on a mat."""
    with VideoReader(ROOT / "samples" / "bridge.mp4") as video:
        images = [frame.image for frame, _ in zip(video, range(50), strict=False)]
    height, width = images[0].shape[:2]
    path = tmp_path_factory.mktemp("offline") / "a.mp4"
    return videos.make(path, size=(width, height), frames=len(images), images=images)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["analyze", "--exercise", "bridge"], id="analyze"),
        pytest.param(["live", "bridge", "--no-window", "--camera"], id="live"),
    ],
)
def test_no_connection_is_opened(tmp_path: Path, clip: Path, words: list[str]) -> None:
    log = traced("-m", "formcheck", *words, clip, cwd=tmp_path)
    assert "exited with 0" in log  # it was looked at
    assert went_out(log) == []


@pytest.mark.parametrize(
    ("address", "out"),
    [
        pytest.param("('192.0.2.1', 80)", True, id="another machine"),
        pytest.param("('127.0.0.1', 9)", False, id="this machine"),
    ],
)
def test_a_connection_would_be_noticed(tmp_path: Path, address: str, out: bool) -> None:
    code = f"import socket; socket.socket(type=socket.SOCK_DGRAM).connect({address})"  # UDP: nothing is sent
    assert bool(went_out(traced("-c", code, cwd=tmp_path))) == out


def call(family: str, rest: str) -> str:
    return f"42 connect(3, {{sa_family={family}, {rest}}}, 28) = -1 EINPROGRESS"


@pytest.mark.parametrize(
    ("line", "out"),
    [
        pytest.param(call("AF_UNIX", 'sun_path="/x"'), False, id="a local program"),
        pytest.param(call("AF_NETLINK", "nl_pid=0"), False, id="the kernel"),
        pytest.param(call("AF_INET6", 'sin6_port=htons(80), inet_pton(AF_INET6, "2001:db8::1", &x)'), True, id="IPv6"),
        pytest.param(call("AF_INET6", 'inet_pton(AF_INET6, "::1", &x)'), False, id="IPv6 loopback"),
        pytest.param(call("AF_INET", 'sin_port=htons(53), sin_addr=inet_addr("8.8.8.8")'), True, id="a name server"),
        pytest.param(call("AF_INET", 'sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")'), False, id="loopback"),
    ],
)
def test_what_counts_as_leaving(line: str, out: bool) -> None:
    assert bool(went_out(line)) == out
