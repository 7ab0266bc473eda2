"""Work that overlaps keeps its order, passes errors on, and leaves no thread behind."""

import threading
import time
from collections.abc import Iterator

import pytest

from formcheck.io.background import Worker, ahead


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("formcheck")]


def test_items_arrive_in_order_and_the_thread_ends() -> None:
    assert list(ahead(range(100), depth=3)) == list(range(100))
    assert threads() == []


def test_an_error_is_raised_in_its_turn() -> None:
    def source() -> Iterator[int]:
        yield 1
        raise OSError("torn")

    items = ahead(source())
    assert next(items) == 1
    with pytest.raises(OSError, match="torn"):
        next(items)
    assert threads() == []


def test_stopping_early_ends_the_thread() -> None:
    taken = []

    def source() -> Iterator[int]:
        for i in range(10_000):
            taken.append(i)
            yield i

    items = ahead(source(), depth=2)
    next(items)
    items.close()  # type: ignore[attr-defined]
    assert threads() == []
    assert len(taken) < 10


def test_no_more_than_the_depth_is_read_ahead() -> None:
    taken: list[int] = []

    def source() -> Iterator[int]:
        for i in range(100):
            taken.append(i)
            yield i

    items = ahead(source(), depth=2)
    next(items)
    time.sleep(0.3)
    assert len(taken) <= 5
    items.close()  # type: ignore[attr-defined]


def test_a_worker_does_all_in_order_before_it_closes() -> None:
    done: list[int] = []
    worker: Worker[int] = Worker(done.append, depth=2)
    for i in range(50):
        worker.put(i)
    worker.close()
    assert done == list(range(50))
    assert threads() == []


def test_a_workers_error_reaches_who_feeds_it() -> None:
    def fail(item: int) -> None:
        raise OSError(f"full at {item}")

    worker: Worker[int] = Worker(fail, depth=1)
    with pytest.raises(OSError, match="full at 0"):  # noqa: PT012 - whichever call comes first
        for i in range(100):
            worker.put(i)
        worker.close()
    worker.abort()
    assert threads() == []


def test_aborting_drops_what_waits() -> None:
    gate = threading.Event()
    done: list[int] = []

    def handle(item: int) -> None:
        gate.wait(5)
        done.append(item)

    worker: Worker[int] = Worker(handle, depth=4)
    for i in range(4):
        worker.put(i)
    threading.Timer(0.1, gate.set).start()
    worker.abort()
    assert done in ([], [0])
    assert threads() == []
