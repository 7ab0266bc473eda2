"""The queue of videos: one is analysed at a time. Everything lies in a temporary folder that goes with the server."""

import logging
import multiprocessing
import shutil
from collections.abc import Callable
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import RLock, Thread
from typing import Any

from formcheck.errors import FormcheckError
from formcheck.io.history import History
from formcheck.io.history.importing import import_report
from formcheck.io.video.recorded import recorded
from formcheck.ui.web.problems import known
from formcheck.ui.web.settings import Settings
from formcheck.ui.web.videos.folder import OwnFolder
from formcheck.ui.web.videos.job import Job
from formcheck.ui.web.videos.task import RESULTS, Task
from formcheck.ui.web.videos.work import work

_log = logging.getLogger(__name__)
_POLL_S = 0.1
_KILL_S = 5.0
_CRASHED = known(422, "analysis_crashed").told()


class VideoQueue:
    """The videos.

    Args:
        settings: of the server.
        do: analyses one, in a process of its own.
    """

    def __init__(self, settings: Settings, do: Callable[[Task, Connection], None] = work) -> None:
        self._settings, self._do = settings, do
        self._lock = RLock()
        self._jobs: dict[str, Job] = {}
        self._waiting: SimpleQueue[Job | None] = SimpleQueue()
        self._closed = False
        self._folder: OwnFolder | None = None
        self._thread = Thread(target=self._run, name="formcheck-videos", daemon=True)

    @property
    def folder(self) -> Path:
        """Where everything lies; made when it is needed first."""
        with self._lock:
            if self._folder is None:
                self._folder = OwnFolder()
            return self._folder.path

    def all(self) -> list[Job]:
        """Return all videos, in the order in which they came."""
        with self._lock:
            return list(self._jobs.values())

    def find(self, id_: str) -> Job:
        """Return one.

        Raises:
            Problem: there is none.
        """
        with self._lock:
            job = self._jobs.get(id_)
        if job is None:
            raise known(404, "no_video")
        return job

    def room(self) -> None:
        """Make sure that one more may come.

        Raises:
            Problem: there are too many.
        """
        most = self._settings.limits.videos
        with self._lock:
            if len(self._jobs) >= most:
                raise known(429, "too_many", most=most)

    def add(self, job: Job) -> None:
        """Queue a video that has come in."""
        with self._lock:
            if self._closed:
                raise known(503, "ending")
            self._jobs[job.id] = job
            if not self._thread.is_alive():
                self._thread.start()
        self._waiting.put(job)

    def remove(self, id_: str) -> None:
        """Cancel a video that waits or runs; remove one that is through with it.

        Raises:
            Problem: there is none.
        """
        with self._lock:
            job = self.find(id_)
            if job.state in ("waiting", "running"):
                was, job.state = job.state, "cancelled"
                if was == "running":
                    return  # its process is ended by the queue's thread, and its files go then
            else:
                del self._jobs[id_]
        shutil.rmtree(job.folder, ignore_errors=True)

    def close(self) -> None:
        """End what is under way and leave nothing behind."""
        with self._lock:
            self._closed = True
            for job in self._jobs.values():
                if job.state in ("waiting", "running"):
                    job.state = "cancelled"
        self._waiting.put(None)
        if self._thread.is_alive():
            self._thread.join(2 * _KILL_S)
        if self._folder is not None:
            self._folder.close()

    # ---- the thread

    def _run(self) -> None:
        while (job := self._waiting.get()) is not None:
            with self._lock:
                if job.state != "waiting":
                    continue
                job.state, job.began = "running", self._settings.clock()
            try:
                self._analyse(job)
            except Exception:
                _log.exception("a video could not be analysed")
                self._fail(job, _CRASHED)
            self._tidy(job)

    def _analyse(self, job: Job) -> None:
        context = multiprocessing.get_context("spawn")  # threads and networks do not survive a fork
        ours, theirs = context.Pipe()
        task = Task(job.folder, job.file, job.exercise, self._settings.model)
        process = context.Process(target=self._do, args=(task, theirs), name="formcheck-video", daemon=True)
        process.start()
        theirs.close()
        try:
            self._follow(job, ours)
        finally:
            if process.is_alive() and job.state == "cancelled":
                process.terminate()
            process.join(_KILL_S)
            if process.is_alive():
                process.kill()
                process.join()
            ours.close()

    def _follow(self, job: Job, pipe: Connection) -> None:
        while job.state == "running":
            if not pipe.poll(_POLL_S):
                job.took = self._settings.clock() - job.began
                continue
            try:
                told = pipe.recv()
            except (EOFError, OSError):
                self._fail(job, _CRASHED)
                return
            self._take(job, told)

    def _take(self, job: Job, told: tuple[object, ...]) -> None:
        with self._lock:
            if job.state != "running":
                return
            job.took = self._settings.clock() - job.began
            match told:
                case ("progress", float(share)):
                    job.progress = share
                case ("done", dict(words)):
                    job.progress, job.summary = 1.0, words
                    self._remember(job)
                    job.state = "done"
                case ("failed", dict(why)):
                    self._fail(job, why)

    def _remember(self, job: Job) -> None:
        """Take what was found into the history, where that is wanted."""
        if not (job.remember and self._settings.keep):
            return
        video = job.folder / job.file
        when = recorded(video) or job.modified or datetime.now().astimezone()
        try:
            with History.open(self._settings.db) as history:
                job.session = import_report(history, results_of(job), when).session
        except FormcheckError as error:
            job.error = known(409, "not_remembered", detail=str(error)).told()

    def _fail(self, job: Job, why: dict[str, Any]) -> None:
        with self._lock:
            if job.state == "running":
                job.state, job.error = "failed", why

    def _tidy(self, job: Job) -> None:
        """The video is kept only where that was asked for, and nothing of one without results."""
        if job.state != "done":
            shutil.rmtree(job.folder, ignore_errors=True)
        elif not job.keep:
            (job.folder / job.file).unlink(missing_ok=True)


def results_of(job: Job) -> Path:
    """Return the folder of a video's results."""
    return job.folder / RESULTS
