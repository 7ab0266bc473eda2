"""The same batch on a cluster: a real scheduler and real workers, on this machine's loopback."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.batch_work import LOG
from tests.conftest import ROOT
from tests.test_batch import begun, table, until, videos, whole
from tests.test_cli import clip, formcheck

ENV = os.environ | {
    "PYTHONPATH": str(ROOT),
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
}


class Cluster:
    """A scheduler and its workers, each a process."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self._stack, self._folder = stack, folder
        self._file = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0")
        until(lambda: self._file.exists() and self._file.read_text().endswith("}"))
        self.address: str = json.loads(self._file.read_text())["address"]
        assert self.address.startswith("tcp://127.0.0.1:")

    def worker(self) -> subprocess.Popen[bytes]:
        return self._start("worker", "--nthreads", "1", "--no-nanny", "--local-directory", str(self._folder))

    def _start(self, what: str, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", what, "--host", "127.0.0.1", "--no-dashboard"]
        with (self._folder / "dask.log").open("ab") as log:
            process = subprocess.Popen(
                [*command, "--scheduler-file", str(self._file), *words],
                cwd=ROOT, env=ENV | {LOG: str(self._folder / "log")}, stdout=log, stderr=log,
            )  # fmt: skip
        self._stack.callback(self._end, process)
        return process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with ExitStack() as stack:
        yield Cluster(stack, tmp_path)


def batch(cluster: Cluster, out: str, paths: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.batch_work", out, cluster.address, *paths],
        cwd=ROOT, env=ENV, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_a_worker_that_is_killed_at_work_loses_nothing(tmp_path: Path, cluster: Cluster) -> None:
    out, log = tmp_path / "out", tmp_path / "log"
    paths = videos(tmp_path / "in", *(f"lasts 0.3 {n}" for n in range(10)), "broken", "dies")
    one, *others = cluster.worker(), cluster.worker()
    # results behind a URL, and one of the videos too: both workers get them by fsspec
    under_way = batch(cluster, f"local://{out}", [f"local://{tmp_path}/in/00.mp4", *paths])
    until(lambda: sum(begun(log).values()) >= 3)
    one.kill()
    others += [cluster.worker(), cluster.worker()]  # the video that dies takes two with it
    _, said = under_way.communicate(timeout=60)
    assert under_way.returncode == 1, said
    assert [worker.poll() for worker in others].count(None) == 1
    told = table(out)
    states = {name: line["state"] for name, line in told.items()}
    assert states == {f"{n:02}.mp4": "ok" for n in range(10)} | {"10.mp4": "failed", "11.mp4": "failed"}
    assert told["00.mp4"]["path"] == f"local://{tmp_path}/in/00.mp4"
    assert "is not a video" in told["10.mp4"]["error"]
    assert "brought down" in told["11.mp4"]["error"]
    assert whole(out)
    before = begun(log)

    (tmp_path / "in" / "11.mp4").unlink()
    again = batch(cluster, f"local://{out}", paths)
    _, said = again.communicate(timeout=60)
    assert "10 analysed" in said
    assert begun(log) == before
    assert again.returncode == 1


def test_it_says_when_there_are_no_workers_and_when_the_scheduler_is_gone(tmp_path: Path, cluster: Cluster) -> None:
    under_way = batch(cluster, str(tmp_path / "out"), videos(tmp_path / "in", "good"))
    assert under_way.stderr is not None
    assert "has no workers" in under_way.stderr.readline()
    cluster.worker()
    _, said = under_way.communicate(timeout=60)
    assert (under_way.returncode, "1 analysed" in said) == (0, True)

    under_way = batch(cluster, str(tmp_path / "out"), videos(tmp_path / "in", "good", "lasts 600"))
    until(lambda: len(begun(tmp_path / "log")) == 2)
    cluster.scheduler.kill()
    _, said = under_way.communicate(timeout=100)
    assert under_way.returncode == 1
    assert "the connection to the scheduler is lost" in said
    assert "Traceback" not in said, said
    assert {name: line["state"] for name, line in table(tmp_path / "out").items()} == {"00.mp4": "ok"}


def test_without_a_scheduler_it_says_so(tmp_path: Path) -> None:
    paths = videos(tmp_path / "in", "good")
    words = (*paths, "--out", "out", "--scheduler", "tcp://127.0.0.1:9")
    run = formcheck("batch", *words, cwd=tmp_path, env=ENV)
    assert run.returncode == 1
    assert "there is no Dask scheduler at tcp://127.0.0.1:9" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.video
def test_a_cluster_finds_what_one_machine_finds(tmp_path: Path, cluster: Cluster) -> None:
    cluster.worker()
    clip(tmp_path / "in.mp4", 5.0)
    for out, how in (("far", ("--scheduler", cluster.address)), ("near", ("--jobs", "1"))):
        run = formcheck("batch", "in.mp4", "--out", out, "--no-video", *how, cwd=tmp_path, env=ENV)
        assert run.returncode == 0, run.stderr
        assert "in.mp4: Bridge, 1 repetition, 1 good" in run.stderr
    far, near = (next((tmp_path / out).glob("in-*")) for out in ("far", "near"))
    assert far.name == near.name
    for name in ("report.json", "angles.csv"):
        assert (far / name).read_bytes() == (near / name).read_bytes()
