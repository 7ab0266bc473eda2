"""The server's temporary folder: a killed server's goes at the next start, a living one's and others' things stay."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from formcheck.ui.web.videos.folder import OwnFolder, sweep
from tests.conftest import ROOT

_OTHER = """
import sys
from formcheck.ui.web.videos.folder import OwnFolder
mine = OwnFolder()
(mine.path / "video.mp4").write_text("somebody's recording")
print(mine.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield tmp_path
    tempfile.tempdir = None


def other() -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _OTHER],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip


def test_what_a_killed_server_leaves_goes_when_the_next_one_begins_and_not_before() -> None:
    with other() as server:
        assert server.stdout is not None
        folder = Path(server.stdout.readline().strip())
        sweep()
        assert (folder / "video.mp4").is_file()
        server.send_signal(signal.SIGKILL)
        server.wait()
        assert folder.is_dir()
        sweep()
        assert not folder.exists()


def test_an_own_folder_stays_until_it_is_closed() -> None:
    mine = OwnFolder()
    sweep()
    assert mine.path.is_dir()
    mine.close()
    assert not mine.path.exists()


def test_what_is_not_a_servers_is_left_alone(temporary: Path) -> None:
    elsewhere = temporary / "elsewhere"
    (elsewhere / "deep").mkdir(parents=True)
    (elsewhere / "locked").touch()
    (temporary / "formcheck-web-link").symlink_to(elsewhere)
    (temporary / "formcheck-web-no-owner").mkdir()
    (temporary / "formcheck-web-file").touch()
    before = sorted(temporary.rglob("*"))
    sweep()
    assert sorted(temporary.rglob("*")) == before
