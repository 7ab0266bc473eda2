"""Work that overlaps: a source read ahead, and a worker that runs behind. Both keep order, and both stop cleanly."""

from collections.abc import Callable, Generator, Iterable
from queue import Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

T = TypeVar("T")
_POLL_S = 0.1


class _Failed:
    def __init__(self, error: BaseException) -> None:
        self.error = error


class _End:
    pass


def ahead(items: Iterable[T], depth: int = 4) -> Generator[T, None, None]:
    """Yield ``items``, taken in a thread up to ``depth`` ahead.

    An error of theirs is raised here when its turn comes. Closing this iterator ends the thread.
    """
    queue: Queue[T | _Failed | _End] = Queue(depth)
    stop = Event()

    def put(item: T | _Failed | _End) -> bool:
        while not stop.is_set():
            try:
                queue.put(item, timeout=_POLL_S)
            except Full:
                continue
            return True
        return False

    def read() -> None:
        try:
            for item in items:
                if not put(item):
                    return
        except BaseException as error:  # raised again where it can be handled
            put(_Failed(error))
        else:
            put(_End())

    thread = Thread(target=read, name="formcheck-ahead", daemon=True)
    thread.start()
    try:
        while not isinstance(item := queue.get(), _End):
            if isinstance(item, _Failed):
                raise item.error
            yield item
    finally:
        stop.set()
        thread.join()


class Worker(Generic[T]):
    """Calls ``handle`` with each item in a thread of its own, in order.

    Args:
        handle: what to do with an item.
        depth: how many may wait; ``put`` blocks beyond that.
    """

    def __init__(self, handle: Callable[[T], None], depth: int = 4) -> None:
        self._handle = handle
        self._queue: Queue[T | _End] = Queue(depth)
        self._error: BaseException | None = None
        self._dropping = Event()
        self._thread = Thread(target=self._run, name="formcheck-worker", daemon=True)
        self._thread.start()

    def put(self, item: T) -> None:
        """Queue an item; raises what an earlier one has raised."""
        self._raise()
        self._queue.put(item)

    def offer(self, item: T) -> bool:
        """Queue an item if there is room, without waiting; raises what an earlier one has raised."""
        self._raise()
        try:
            self._queue.put_nowait(item)
        except Full:
            return False
        return True

    def close(self) -> None:
        """Work off what is queued and end; raises what an item has raised."""
        self._queue.put(_End())
        self._thread.join()
        self._raise()

    def abort(self) -> None:
        """Drop what is queued and end."""
        self._dropping.set()
        if self._thread.is_alive():
            self._queue.put(_End())
            self._thread.join()

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        while not isinstance(item := self._queue.get(), _End):
            if self._error is not None or self._dropping.is_set():
                continue  # keep emptying the queue, so that nobody waits for ever to put something in
            try:
                self._handle(item)
            except BaseException as error:  # raised again where it can be handled
                self._error = error
