"""What a worker does with one video. It knows nothing of pools and clusters, and keeps nothing for the next one."""

import errno
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from formcheck import __version__
from formcheck.errors import BatchError, FormcheckError, NoPersonError, VideoError
from formcheck.io.batch.content import UnreadableError, check, fetched
from formcheck.io.batch.entry import Entry, State, from_bytes, parts_of, to_bytes
from formcheck.io.batch.store import MARK, Store, store_at
from formcheck.ui.batch.order import Order

Tell = Callable[[float], object]
"""Told the share that is done, 0..1."""
Analyse = Callable[[Path, Order, Path, Tell], dict[str, Any]]
"""Given the video, the order, a folder for the folder of results, and whom to tell: returns the report."""

_MACHINES = frozenset(
    (errno.EIO, errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.EACCES, errno.ENOENT, errno.ESTALE, errno.ETIMEDOUT)
)
"""Of a video that cannot be opened: it is a disk, a network or the memory that failed."""


def analyse(video: Path, order: Order, out: Path, tell: Tell) -> dict[str, Any]:
    """Analyse a video as ``formcheck analyze`` does."""
    from formcheck.exercises import find  # noqa: PLC0415 - slow to load: only workers need it
    from formcheck.ui.analysis import Choices, analyze  # noqa: PLC0415
    from formcheck.ui.shares import ShareSink  # noqa: PLC0415

    wanted = order.wanted
    choices = Choices(
        exercise=find(wanted.exercise) if wanted.exercise else None,
        out=out,
        video=wanted.video,
        trace=wanted.trace,
        pdf=wanted.pdf,
        model=Path(wanted.model) if wanted.model else None,
        called=order.place,
    )
    return analyze(video, order.folder, choices, partial(ShareSink, tell)).document


def carry_out(order: Order, tell: Tell, how: Analyse = analyse) -> Entry:
    """Analyse a video and put its results where they belong; what the video is to blame for is told, not raised.

    Raises:
        BatchError: this worker has another version.
    """
    if order.formcheck != __version__:
        raise BatchError(
            f"the batch is of formcheck {order.formcheck}, a worker of {__version__}. Install the same everywhere."
        )
    store = store_at(order.out)
    key = order.wanted.key
    there = from_bytes(store.read(f"{order.folder}/{MARK}") or b"")
    if there is not None and (there.sha256, there.key) == (order.content.sha256, key):
        return there  # by a worker whose batch, or whose connection, was gone by then
    began = perf_counter()
    try:
        with fetched(order.place, order.content) as video, store.workspace() as space:
            try:
                return _done(order, store, space, how(video, order, space, tell), began)
            except FormcheckError as error:
                check(order.place, order.content)  # nothing is said of what it held if it is not that any more
                return _failed(order, str(error).replace(str(video), order.place), error, began)
    except UnreadableError as error:
        return _failed(order, str(error), error, began)


def _done(order: Order, store: Store, space: Path, report: dict[str, Any], began: float) -> Entry:
    check(order.place, order.content)
    entry = Entry(
        sha256=order.content.sha256,
        key=order.wanted.key,
        state="ok",
        paths=(order.place,),
        folder=order.folder,
        exercises=parts_of(report),
        duration_s=report["source"]["duration_s"],
        took_s=round(perf_counter() - began, 2),
        peak_mib=peak_mib(),
    )
    folder = space / order.folder
    (folder / MARK).write_bytes(to_bytes(entry))
    store.keep(folder, order.folder)
    return entry


def _failed(order: Order, why: str, error: FormcheckError, began: float) -> Entry:
    state: State = "nobody" if isinstance(error, NoPersonError) else "failed"
    final = isinstance(error, VideoError) and not isinstance(error, UnreadableError)
    final = final and getattr(error.__cause__, "errno", None) not in _MACHINES
    return Entry(
        sha256=order.content.sha256,
        key=order.wanted.key,
        state=state,
        paths=(order.place,),
        took_s=round(perf_counter() - began, 2),
        peak_mib=peak_mib(),
        error=why,
        final=final,
    )


def peak_mib() -> float | None:
    """Return the most memory this process has held, MiB; None where the system does not say."""
    if os.name == "nt":
        return None
    import resource  # noqa: PLC0415 - POSIX only

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)
