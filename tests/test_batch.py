"""A batch: all videos are done, once, whatever becomes of some of them and of the batch itself."""

import csv
import hashlib
import json
import multiprocessing
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from formcheck.errors import OutputError
from formcheck.io.batch.content import digest
from formcheck.io.batch.sources import find
from formcheck.io.batch.store import NearStore
from formcheck.ui.batch.local import LocalCrew
from formcheck.ui.batch.order import Order, Wanted
from formcheck.ui.batch.run import Batch, Tally
from formcheck.ui.batch.showing import Showing
from tests import videos as blank
from tests.batch_work import LOG, WANTED, stand_in
from tests.conftest import ROOT
from tests.test_cli import clip, formcheck


def videos(folder: Path, *contents: str) -> list[str]:
    """Files that say what is to become of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(contents):
        (folder / f"{number:02}.mp4").write_text(content)
    return [str(folder)]


def table(out: Path) -> dict[str, dict[str, Any]]:
    lines = [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]
    with (out / "results.csv").open() as file:
        assert {row["path"] for row in csv.DictReader(file)} == {line["path"] for line in lines}
    assert len({line["path"] for line in lines}) == len(lines)
    return {Path(line["path"]).name: line for line in lines}


def begun(log: Path) -> Counter[str]:
    return Counter(log.read_text().split()) if log.exists() else Counter()


def done(out: Path) -> set[str]:
    """Contents that count as done."""
    entries = [json.loads(path.read_text()) for path in (out / ".batch" / "done").glob("*.json")]
    marks = [json.loads(path.read_text()) for path in out.glob("*/batch.json")]
    return {entry["sha256"] for entry in (*entries, *marks)}


def whole(out: Path) -> bool:
    """Whether every folder of results has all that belongs in it."""
    folders = [path for path in out.iterdir() if path.is_dir() and path.name != ".batch"]
    return all((folder / "report.json").stat().st_size and (folder / "batch.json").exists() for folder in folders)


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "log"
    monkeypatch.setenv(LOG, str(path))
    return path


def run(paths: list[str], out: Path, *, jobs: int = 1, wanted: Wanted = WANTED, force: bool = False) -> Tally:
    text = StringIO()
    store = NearStore(out)
    sources = find(paths, str(out))
    with store.alone(), closing(LocalCrew(jobs, stand_in)) as crew:
        showing = Showing(Console(file=text), len(sources), sum(source.size for source in sources))
        with showing:
            return Batch(sources, store, wanted, crew, showing, force=force).run()


def test_one_that_is_broken_stops_no_other(tmp_path: Path, log: Path) -> None:
    marker = tmp_path / "has died"
    paths = videos(
        tmp_path / "in", "good", "broken", "nobody", "defect", "dies", f"once {marker}", "good", "changes", "good 2"
    )
    tally = run(paths, out := tmp_path / "out", jobs=2)
    told = table(out)
    assert {name: line["state"] for name, line in told.items()} == {
        "00.mp4": "ok", "01.mp4": "failed", "02.mp4": "nobody", "03.mp4": "failed", "04.mp4": "failed",
        "05.mp4": "ok", "06.mp4": "skipped", "07.mp4": "failed", "08.mp4": "ok",
    }  # fmt: skip
    for name, why in {
        "01.mp4": f"{tmp_path}/in/01.mp4 is not a video that can be read. Use mp4.",
        "02.mp4": "no person was found",
        "03.mp4": "RuntimeError: a defect of ours",
        "04.mp4": "brought down each time",
        "07.mp4": "changed while it was looked at",
    }.items():
        assert why in told[name]["error"]
    assert told["06.mp4"]["same_as"] == told["00.mp4"]["path"]
    assert told["06.mp4"]["folder"] == told["00.mp4"]["folder"]
    assert whole(out)
    assert (tally.states, tally.same, tally.now, tally.all_well) == ({"ok": 3, "failed": 4, "nobody": 1}, 1, 8, False)
    tried = begun(log)
    twice = {hashlib.sha256((tmp_path / "in" / name).read_bytes()).hexdigest() for name in ("04.mp4", "05.mp4")}
    assert len(tried) == 8
    # one that dies at once may take along the other one's try, which has not begun
    assert all(n == 1 or (n == 2 and sha in twice) for sha, n in tried.items())
    assert not list((out / ".batch" / "work").iterdir())


def test_what_is_done_is_not_done_again(tmp_path: Path, log: Path) -> None:
    paths = videos(tmp_path / "in", "good", "broken", "dies", "good 2")
    run(paths, out := tmp_path / "out")
    (tmp_path / "in" / "00.mp4").rename(tmp_path / "in" / "renamed.mp4")
    (tmp_path / "in" / "new.mp4").write_text("good 3")
    log.unlink()
    tally = run(paths, out)
    assert sum(begun(log).values()) == 3  # the new one, and twice the one that dies: that may have been the machine
    assert (tally.states, tally.now) == ({"ok": 3, "failed": 2}, 2)
    assert {name: line["state"] for name, line in table(out).items()} == {
        "01.mp4": "failed", "02.mp4": "failed", "03.mp4": "ok", "new.mp4": "ok", "renamed.mp4": "ok",
    }  # fmt: skip
    assert table(out)["renamed.mp4"]["folder"].startswith("00-")


@pytest.mark.parametrize("how", ["other wishes", "force", "deleted results", "other content"])
def test_what_is_asked_for_anew_is_done_anew(tmp_path: Path, log: Path, how: str) -> None:
    paths = videos(tmp_path / "in", "good")
    run(paths, out := tmp_path / "out")
    folder = out / table(out)["00.mp4"]["folder"]
    if how == "deleted results":
        (folder / "batch.json").unlink()
    if how == "other content":
        (tmp_path / "in" / "00.mp4").write_text("good, but another one")
    wanted = replace(WANTED, trace=True) if how == "other wishes" else WANTED
    tally = run(paths, out, wanted=wanted, force=how == "force")
    assert (sum(begun(log).values()), tally.now) == (2, 1)
    assert [line["state"] for line in table(out).values()] == ["ok"]
    assert whole(out)


def test_tables_of_several_calls_tell_of_all(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(videos(tmp_path / "one", "good"), out)
    run(videos(tmp_path / "two", "good", "good 2"), out)
    lines = [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]
    assert [(line["path"].removeprefix(str(tmp_path)), line["state"]) for line in lines] == [
        ("/one/00.mp4", "ok"),
        ("/two/00.mp4", "skipped"),
        ("/two/01.mp4", "ok"),
    ]


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    paths = videos(tmp_path / "in", "good", "good 2")
    sources = find(paths, "out")
    (tmp_path / "in" / "00.mp4").unlink()
    store = NearStore(tmp_path / "out")
    with closing(LocalCrew(1, stand_in)) as crew:
        showing = Showing(Console(file=StringIO()), 2, 10)
        tally = Batch(sources, store, WANTED, crew, showing, force=False).run()
    assert (tally.unread, tally.states, tally.all_well) == (1, {"ok": 1}, False)
    assert "cannot read" in table(tmp_path / "out")["00.mp4"]["error"]


def test_results_that_cannot_be_kept_end_the_batch_and_are_not_blamed_on_the_video(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = videos(tmp_path / "in", "good")
    run(paths, out := tmp_path / "out")
    (tmp_path / "in" / "copy.mp4").write_text("good")
    write = NearStore.write

    def full(store: NearStore, name: str, content: bytes) -> None:
        if name.startswith(".batch"):
            raise OutputError("no space left")
        write(store, name, content)

    monkeypatch.setattr(NearStore, "write", full)
    with pytest.raises(OutputError, match="no space left"):
        run(paths, out)
    assert {line["state"] for line in table(out).values()} <= {"ok", "skipped"}


def test_a_pool_that_breaks_is_ended_before_another_begins(tmp_path: Path) -> None:
    orders = [
        Order(each.place, digest(each.place), f"a-{number}", str(tmp_path / "out"), WANTED)
        for number, each in enumerate(find(videos(tmp_path / "in", "lasts 600", "unsendable", "good"), "out"))
    ]
    with closing(LocalCrew(2, stand_in)) as crew:
        futures = [crew.start(order) for order in orders[:2]]
        assert all(crew.died(future.exception(30) or AssertionError()) for future in futures)
        before = multiprocessing.active_children()
        assert before
        assert crew.start(orders[2]).result(30).state == "ok"
        assert not any(worker.is_alive() for worker in before)  # or they would work on, beside those that try again


# ---- killed


def started(out: Path, paths: list[str], log: Path, jobs: int = 2) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.batch_work", str(out), str(jobs), *paths],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT), LOG: str(log)}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def until(true: Any) -> None:
    for _ in range(3000):
        if true():
            return
        time.sleep(0.01)
    pytest.fail("it does not come to that")


def test_killed_at_any_instant_it_goes_on_and_does_nothing_twice(tmp_path: Path) -> None:
    out, log = tmp_path / "out", tmp_path / "log"
    paths = videos(tmp_path / "in", *(f"lasts 0.04 {n}" for n in range(30)), "broken")
    chance = random.Random(7)
    kills = 0
    finished: set[str] = set()
    before = begun(log)
    while True:
        batch = started(out, paths, log)
        if kills < 3:
            aim = len(finished) + chance.randint(1, 9)
            until(lambda: len(done(out)) >= aim)  # noqa: B023 - asked at once
            time.sleep(chance.uniform(0, 0.06))
            batch.kill()
            batch.communicate()
            kills += 1
        else:
            _, said = batch.communicate(timeout=60)
            assert batch.returncode == 1, said  # one is broken
        again = begun(log) - before
        assert not finished & set(again)  # what was done by then was not begun again
        assert whole(out)
        if kills == 3 and batch.returncode == 1:
            break
        until(lambda: not alive(out))
        finished, before = done(out), begun(log)
    assert "31 videos: 30 analysed, 1 failed" in said
    assert len(table(out)) == 31
    assert len(begun(log)) == 31
    assert sum(begun(log).values()) <= 31 + 2 * kills  # only what was under way


def alive(out: Path) -> list[str]:
    """Worker processes of killed batches: they are told by whom they write for."""
    mine = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            text = (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if str(out.parent).encode() in text and b"spawn_main" in text:
            mine.append(folder.name)
    return mine


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly_and_it_says_how_to_go_on(tmp_path: Path, number: signal.Signals) -> None:
    out, log = tmp_path / "out", tmp_path / "log"
    paths = videos(tmp_path / "in", "good", "lasts 600", "lasts 600 1", "good 2")
    batch = started(out, paths, log)
    until(lambda: len(begun(log)) == 3 and len(done(out)) == 1)
    batch.send_signal(number)
    _, said = batch.communicate(timeout=30)
    assert batch.returncode == 128 + number
    assert "1 analysed, 3 left" in said
    assert "run the same command again" in said
    assert "Traceback" not in said
    assert [line["state"] for line in table(out).values()] == ["ok"]
    assert not list((out / ".batch" / "work").iterdir())
    assert not alive(out)


def test_another_batch_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    out, log = tmp_path / "out", tmp_path / "log"
    one = started(out, videos(tmp_path / "in", "lasts 600"), log)
    until(lambda: begun(log))
    other = started(out, [str(tmp_path / "in")], log)
    _, said = other.communicate(timeout=30)
    assert (other.returncode, "another batch is writing" in said) == (1, True)
    one.kill()
    one.communicate()


# ---- for real


@pytest.mark.video
def test_videos_are_judged_as_by_analyze(tmp_path: Path) -> None:
    (tmp_path / "in" / "b").mkdir(parents=True)
    clip(tmp_path / "in" / "a.mp4", 5.0)
    clip(tmp_path / "in" / "b" / "a.mp4", 3.0, start=4.0)
    (tmp_path / "in" / "copy.mp4").write_bytes((tmp_path / "in" / "a.mp4").read_bytes())
    (tmp_path / "in" / "text.mp4").write_text("no video at all")
    blank.make(tmp_path / "in" / "room.mp4", frames=12)
    run = formcheck("batch", "in/**/*.mp4", "--out", "out", "--trace", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (1, "")
    assert "5 videos: 2 analysed, 1 failed, 1 with nobody in it, 1 the same as another" in run.stderr
    assert re.search(r"\d/5 a.mp4: Bridge, 1 repetition, 1 good", run.stderr)
    lines = [json.loads(line) for line in (tmp_path / "out" / "results.jsonl").read_text().splitlines()]
    assert [(Path(line["path"]).name, line["state"]) for line in lines] == [
        ("a.mp4", "ok"), ("a.mp4", "ok"), ("copy.mp4", "skipped"), ("room.mp4", "nobody"), ("text.mp4", "failed"),
    ]  # fmt: skip
    first = lines[0]
    assert (first["exercises"][0]["exercise"], first["exercises"][0]["reps"]) == ("bridge", 1)
    assert 100 < first["peak_mib"] < 2000
    assert sorted(path.name for path in (tmp_path / "out" / first["folder"]).iterdir()) == [
        "angles.csv", "annotated.mp4", "batch.json", "report.html", "report.json", "trace.jsonl.gz",
    ]  # fmt: skip

    single = formcheck("analyze", tmp_path / "in" / "a.mp4", "--out", "one", cwd=tmp_path)
    assert single.returncode == 0
    for name in ("report.json", "angles.csv"):
        assert (tmp_path / "one" / "a" / name).read_bytes() == (tmp_path / "out" / first["folder"] / name).read_bytes()


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        pytest.param(["gone.mp4", "--out", "out"], 1, "there is no file or folder gone.mp4", id="no such file"),
        pytest.param(["*.mov", "--out", "out"], 1, "*.mov matches no video", id="no match"),
        pytest.param(["a.mp4", "--out", "a.mp4"], 1, "is a file", id="results in a file"),
        pytest.param(["a.mp4", "--out", "out", "--exercise", "squat"], 1, "no exercise called", id="exercise"),
        pytest.param(["a.mp4", "--out", "out", "--jobs", "0"], 2, "--jobs", id="no worker"),
        pytest.param(["a.mp4", "--out", "out", "--jobs", "2", "--scheduler", "tcp://a:1"], 2, "--jobs", id="both"),
        pytest.param(["a.mp4"], 2, "--out", id="no folder for the results"),
    ],
)
def test_what_cannot_begin_says_so(tmp_path: Path, words: list[str], status: int, says: str) -> None:
    (tmp_path / "a.mp4").write_text("x")
    run = formcheck("batch", *words, cwd=tmp_path)
    assert (run.returncode, run.stdout) == (status, "")
    assert says in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "out").exists()
