"""The process that analyses one video. What brings it down, a video or a lack of memory, leaves the server whole."""

import os
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from rich.progress import Progress, TaskID

from formcheck.errors import FormcheckError
from formcheck.ui.web.videos.task import RESULTS, Task

_NICER = 10
_STEP = 0.005


def work(task: Task, pipe: Connection) -> None:
    """Analyse a video; tell through ``pipe`` ("progress", share), at last ("done", words) or ("failed", why)."""
    from formcheck.exercises import find  # noqa: PLC0415 - slow to load, and only this process needs it
    from formcheck.ui.analysis import Choices, analyze  # noqa: PLC0415
    from formcheck.ui.tables import summary  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends it, and takes away what it leaves
    with suppress(OSError, AttributeError):
        os.nice(_NICER)  # a live session goes first
    os.chdir(task.folder)  # reports name the video by the path it was given by
    exercise = find(task.exercise) if task.exercise else None
    choices = Choices(exercise, task.folder, model=task.model)
    try:
        done = analyze(Path(task.name), RESULTS, choices, Told(pipe))
    except FormcheckError as error:
        pipe.send(("failed", str(error)))
    else:
        pipe.send(("done", summary(done.result)))


class Told(Progress):
    """A progress bar that is drawn elsewhere."""

    def __init__(self, pipe: Connection) -> None:
        super().__init__(disable=True)
        self._pipe = pipe
        self._total = 0.0
        self._told = 0.0

    def add_task(
        self, description: str, start: bool = True, total: float | None = 100.0, *args: Any, **fields: Any
    ) -> TaskID:
        """Take the length."""
        self._total = total or 0.0
        return super().add_task(description, start, total, *args, **fields)

    def update(self, task_id: TaskID, *, completed: float | None = None, **fields: Any) -> None:
        """Tell how far it is, now and then."""
        del task_id, fields
        if completed is None or self._total <= 0:
            return
        share = min(1.0, completed / self._total)
        if share - self._told >= _STEP:
            self._told = share
            self._pipe.send(("progress", share))
