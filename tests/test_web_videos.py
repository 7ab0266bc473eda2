"""Recorded videos in the browser: the queue, its process, and what is left of it."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from formcheck.io.texts import Texts
from formcheck.io.video.reader import VideoReader
from formcheck.io.video.writer import VideoWriter
from formcheck.ui.web.problems import Problem
from formcheck.ui.web.settings import Settings
from formcheck.ui.web.videos.job import Job, State
from formcheck.ui.web.videos.queue import VideoQueue, results_of
from tests.conftest import ROOT
from tests.quick_work import quick
from tests.web import Served, Told


@pytest.fixture
def queue() -> Iterator[VideoQueue]:
    queue = VideoQueue(Settings(), quick)
    yield queue
    queue.close()


def put(queue: VideoQueue, what: str, *, keep: bool = False) -> Job:
    folder = queue.folder / f"{len(queue.all())}"
    folder.mkdir()
    (folder / "a.mp4").write_text(what)
    job = Job(folder, "a.mp4", "a.mp4", "bridge", keep)
    queue.add(job)
    return job


def until(true: Callable[[], bool]) -> None:
    for _ in range(6000):
        if true():
            return
        time.sleep(0.01)
    pytest.fail("it does not come to that")


def ends(job: Job, state: State) -> bool:
    until(lambda: job.state not in ("waiting", "running"))
    return job.state == state


def test_one_after_another_whatever_becomes_of_each(queue: VideoQueue) -> None:
    good, broken, deadly, kept = (put(queue, what, keep=what == "keeps") for what in ("", "fails", "dies", "keeps"))
    assert ends(good, "done")
    assert ends(broken, "failed")
    assert ends(deadly, "failed")
    assert ends(kept, "done")
    assert (good.summary, good.progress) == ({"en": "a.mp4 as bridge"}, 1.0)
    assert broken.error is not None
    assert broken.error["text"] == "a.mp4 is no video"
    assert deadly.error is not None
    assert deadly.error["key"] == "analysis_crashed"
    until(lambda: not deadly.folder.exists() and not broken.folder.exists() and not (good.folder / "a.mp4").exists())
    assert results_of(good).is_dir()
    assert (kept.folder / "a.mp4").exists()


def test_what_runs_and_what_waits_can_be_cancelled(queue: VideoQueue) -> None:
    running, waiting, last = put(queue, "lasts"), put(queue, ""), put(queue, "")
    until(lambda: running.progress > 0)
    queue.remove(waiting.id)
    queue.remove(running.id)
    assert ends(last, "done")
    assert (running.state, waiting.state) == ("cancelled", "cancelled")
    until(lambda: not running.folder.exists())
    assert not waiting.folder.exists()
    queue.remove(running.id)
    assert queue.all() == [waiting, last]


def test_the_end_of_the_server_ends_it_and_leaves_nothing() -> None:
    queue = VideoQueue(Settings(), quick)
    running = put(queue, "lasts")
    until(lambda: running.progress > 0)
    folder = queue.folder
    queue.close()
    assert not folder.exists()
    assert running.state == "cancelled"
    with pytest.raises(Problem, match="about to end"):
        queue.add(running)


def test_a_queue_that_was_never_used_leaves_no_folder_and_no_thread() -> None:
    queue = VideoQueue(Settings())
    queue.close()
    assert queue.all() == []


def cut(sample: str, folder: Path, seconds: float) -> bytes:
    """The beginning of a sample."""
    path = folder / sample
    with VideoReader(ROOT / "samples" / sample) as video:
        writer = VideoWriter(path, video.size, video.fps)
        for frame in video:
            if frame.t > seconds:
                break
            writer.write(frame.image, frame.t)
        writer.close()
    return path.read_bytes()


@pytest.mark.video
def test_two_videos_and_a_broken_one(tmp_path: Path) -> None:
    bridge, knee = cut("bridge.mp4", tmp_path, 5.0), cut("knee_to_chest.mp4", tmp_path, 1.0)
    day = "2026-03-01T09:30:00+01:00"
    with Served(Settings(db=tmp_path / "history.db")) as server:
        ids = []
        for name, body, how in (
            ("bridge.mp4", bridge, {"remember": "1", "modified": day}),
            ("broken.mp4", b"no video at all" * 50, {}),
            ("../knee.mp4", knee, {"exercise": "knee_to_chest", "keep": "1"}),
        ):
            answer = server.http.post("/api/v1/videos", params={"name": name, **how}, content=body)
            assert answer.status_code == 201
            ids.append(answer.json()["id"])

        def all_of_them() -> list[Told]:
            videos: list[Told] = server.get("/videos").json()
            return videos

        seen: set[float] = set()

        def through() -> bool:
            videos = all_of_them()
            seen.update(video["progress"] for video in videos)
            return all(video["state"] in ("done", "failed") for video in videos)

        until(through)
        one, broken, other = all_of_them()
        assert [video["id"] for video in (one, broken, other)] == ids
        assert [video["state"] for video in (one, broken, other)] == ["done", "failed", "done"]
        assert one["summary"] == "Bridge: 1 rep, 1 good"
        assert broken["error"]["key"] == "no_video_file"
        assert "broken.mp4 is not a video" in broken["error"]["values"]["detail"]
        chinese = server.get("/videos", params={"language": "zh"}).json()[0]["summary"]
        assert chinese.startswith(Texts("zh").of("exercise.bridge.title"))
        assert other["name"] == "../knee.mp4"
        assert len(seen) > 5

        (kept,) = server.get("/history/sessions").json()  # only the one that was to be taken in
        assert (one["session"], other["session"]) == (kept["id"], None)
        assert (kept["source"], kept["sets"][0]["done"]) == ("video", 1)
        assert datetime.fromisoformat(kept["started"]) == datetime.fromisoformat(day)

        at = f"/videos/{ids[0]}"
        report = server.get(f"{at}/report.json").json()
        assert (report["source"]["path"], report["totals"]["reps"]) == ("bridge.mp4", 1)
        page = server.get(f"{at}/report.html")
        assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
        assert "sandbox" in page.headers["content-security-policy"]
        assert server.get(f"{at}/angles.csv").text.startswith("t_s,")
        part = server.get(f"{at}/annotated.mp4", headers={"Range": "bytes=4-7"})
        assert (part.status_code, part.content) == (206, b"ftyp")
        assert server.get(f"{at}/original").status_code == 404
        assert server.get(f"/videos/{ids[2]}/original").content == knee
        assert server.get(f"/videos/{ids[1]}/report.html").status_code == 409

        assert server.http.delete(f"/api/v1{at}").status_code == 204
        assert server.get(f"{at}/report.json").status_code == 404
        assert server.http.delete(f"/api/v1{at}").status_code == 404
