"""The process that analyses one video. What brings it down, a video or a lack of memory, leaves the server whole."""

import os
import signal
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from formcheck.errors import FormcheckError
from formcheck.ui.cores import cores
from formcheck.ui.web.problems import of_error
from formcheck.ui.web.videos.task import RESULTS, Task

_NICER = 10


def work(task: Task, pipe: Connection) -> None:
    """Analyse a video.

    Tells through ``pipe`` ("progress", share), at last ("done", {language: words}) or ("failed", problem's words).
    """
    from formcheck.exercises import find  # noqa: PLC0415 - slow to load, and only this process needs it
    from formcheck.ui.analysis import Choices, analyze  # noqa: PLC0415
    from formcheck.ui.shares import ShareSink  # noqa: PLC0415
    from formcheck.ui.web.videos.words import summaries  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends it, and takes away what it leaves
    with suppress(OSError, AttributeError):
        os.nice(_NICER)  # a live session goes first
    os.chdir(task.folder)  # reports name the video by the path it was given by
    exercise = find(task.exercise) if task.exercise else None
    choices = Choices(exercise, task.folder, model=task.model, jobs=cores())
    watch = partial(ShareSink, lambda share: pipe.send(("progress", share)))
    try:
        done = analyze(Path(task.name), RESULTS, choices, watch)
    except FormcheckError as error:
        pipe.send(("failed", of_error(error).told()))
    else:
        pipe.send(("done", summaries(done.result)))
