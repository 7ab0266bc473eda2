"""Worker processes of this machine.

Pebble's pool, for two reasons: where a worker dies, only the video it had is lost (the standard library's pool, and
loky's, are broken as a whole then, and do not say whose fault it was), and it ends workers at once when asked to.
"""

import multiprocessing
import os
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from ctypes import c_double
from multiprocessing.connection import wait
from threading import Thread
from typing import Any

from pebble import ProcessExpired, ProcessPool

from formcheck.io.batch.content import Digest, digest
from formcheck.io.batch.entry import Entry
from formcheck.ui.batch.order import Order
from formcheck.ui.batch.work import Analyse, analyse, carry_out

_TASKS = 25
"""After so many videos a worker is replaced, so that what libraries do not give back cannot add up."""
_shares: Any = None


class LocalCrew:
    """Processes, each with a network of its own.

    Args:
        jobs: how many.
        how: analyses a video.
    """

    tries = 2
    trouble = None

    def __init__(self, jobs: int, how: Analyse = analyse) -> None:
        self._jobs, self._how = jobs, how
        # threads and networks do not survive a fork
        self._context = multiprocessing.get_context("spawn")
        # plain shared memory: a queue has a lock, and who is killed while holding it stops all others
        # twice as many places as needed: an order's is given back a moment after its end is known
        self._places = range(2 * jobs)
        self._shares = self._context.RawArray(c_double, len(self._places))
        self._running: dict[int, str] = {}
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="formcheck-digest")
        self._pool: Any = self._new_pool()

    @property
    def room(self) -> int:
        """One order for each."""
        return self._jobs

    def digest(self, place: str) -> Future[Digest]:
        """Find out what a file holds, in a thread: hashing lets others run."""
        return self._readers.submit(digest, place)

    def start(self, order: Order) -> Future[Entry]:
        """Have a video analysed."""
        slot = next(each for each in self._places if each not in self._running)
        self._running[slot] = order.content.sha256
        self._shares[slot] = 0.0
        if not self._pool.active:  # a worker died between two videos: no future says so
            self._end_pool()
            self._pool = self._new_pool()
        future: Future[Entry] = self._pool.schedule(_carry_out, args=(order, slot, self._how))
        future.add_done_callback(lambda _: self._running.pop(slot, None))
        return future

    def shares(self) -> Mapping[str, float]:
        """Return how far each is."""
        return {sha: self._shares[slot] for slot, sha in tuple(self._running.items())}

    def died(self, error: BaseException) -> bool:
        """Whether it is a process's end."""
        return isinstance(error, ProcessExpired | BrokenProcessPool)

    def close(self) -> None:
        """End all processes; what they were at is thrown away by the next batch."""
        self._readers.shutdown(wait=False, cancel_futures=True)
        self._end_pool()

    def _end_pool(self) -> None:
        self._pool.stop()
        self._pool.join()  # only this ends the workers that are left

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(self._jobs, _TASKS, _begin, (self._shares,), self._context)


# ---- in the worker


def _begin(shares: Any) -> None:
    global _shares  # noqa: PLW0603 - what a process is given once, for all its orders
    _shares = shares
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent.sentinel,), name="formcheck-parent", daemon=True).start()


def _end_with(sentinel: int) -> None:
    """A batch that is killed takes its workers with it: the next one must be alone with the results."""
    wait([sentinel])
    os._exit(1)


def _carry_out(order: Order, slot: int, how: Analyse) -> Entry:
    def tell(share: float) -> None:
        _shares[slot] = share

    return carry_out(order, tell, how)
