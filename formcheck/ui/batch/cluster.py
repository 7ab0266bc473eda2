"""Worker processes of a Dask cluster, which may be of many machines.

What is sent is plain data and the name of a function of formcheck, which is installed on every machine; no video passes
through the scheduler. A worker that dies gives its video back to the scheduler, which gives it to another one.
"""

import logging
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any

from formcheck import __version__
from formcheck.errors import BatchError
from formcheck.io.batch.content import Digest, digest
from formcheck.io.batch.entry import Entry
from formcheck.io.batch.places import reason
from formcheck.ui.batch.crew import lost
from formcheck.ui.batch.order import Order
from formcheck.ui.batch.work import Analyse, analyse, carry_out

if TYPE_CHECKING:
    from distributed import Client

_CONNECT_S = 10.0
_RETRIES = 2
_SPARE = 2
_ASK_S = 2.0
_one_at_a_time = Lock()


class ClusterCrew:
    """Workers of a running scheduler.

    Args:
        address: of the scheduler.
        how: analyses a video.

    Raises:
        BatchError: there is no scheduler, or its workers have another formcheck.
    """

    tries = 1  # the scheduler itself gives it to another worker, up to its 'allowed-failures'

    def __init__(self, address: str, how: Analyse = analyse) -> None:
        try:
            from distributed import Client  # noqa: PLC0415 - an extra, and slow to load
        except ImportError as error:
            raise BatchError(
                "a cluster needs another library. Install it with: pip install 'formcheck[cluster]'"
            ) from error
        _hush()
        try:
            self._client = Client(address, timeout=_CONNECT_S, name="formcheck-batch")
        except (OSError, ValueError, TimeoutError) as error:
            raise BatchError(
                f"there is no Dask scheduler at {address}: {reason(error)}. Begin one with 'dask scheduler'."
            ) from error
        try:
            _check_versions(self._client)
        except BaseException:
            self._client.close()
            raise
        self._address, self._how = address, how
        self._workers, self._asked = 0, -_ASK_S
        self._topic = f"formcheck-{secrets.token_hex(8)}"
        self._shares: dict[str, float] = {}
        self._running: set[str] = set()
        self._client.subscribe_topic(self._topic, self._told)
        # not pure: what came of it lies in a store, so a result that Dask remembers is worth nothing
        self._executor = self._client.get_executor(pure=False, retries=_RETRIES)

    @property
    def room(self) -> int:
        """So many that no worker waits for the next order; workers may come and go."""
        return _SPARE * max(1, self.workers)

    @property
    def workers(self) -> int:
        """How many there are now, asked for now and then."""
        if monotonic() - self._asked > _ASK_S:
            try:
                self._workers = sum(self._client.nthreads().values())
            except (OSError, TimeoutError) as error:
                raise lost() from error
            self._asked = monotonic()
        return self._workers

    @property
    def trouble(self) -> str | None:
        """Whether there is nobody to work."""
        if self.workers:
            return None
        return f"the scheduler at {self._address} has no workers. Begin some with: dask worker {self._address}"

    def digest(self, place: str) -> Future[Digest]:
        """Find out what a path or URL holds, where the videos are near."""
        return self._submit(digest, place)

    def start(self, order: Order) -> Future[Entry]:
        """Have a video analysed."""
        sha = order.content.sha256
        self._running.add(sha)
        future: Future[Entry] = self._submit(_carry_out, order, self._topic, self._how)
        future.add_done_callback(lambda _: self._running.discard(sha))
        return future

    def shares(self) -> Mapping[str, float]:
        """Return how far each is."""
        return {sha: self._shares.get(sha, 0.0) for sha in tuple(self._running)}

    def died(self, error: BaseException) -> bool:
        """Whether several workers died of it, one after another."""
        from distributed import KilledWorker  # noqa: PLC0415

        return isinstance(error, KilledWorker)

    def close(self) -> None:
        """Give back what is still running."""
        self._executor.shutdown(wait=False)
        self._client.close()

    def _submit(self, function: Callable[..., Any], *args: object) -> Future[Any]:
        try:
            future: Future[Any] = self._executor.submit(function, *args)
        except Exception as error:  # a client that has lost its scheduler raises plain ones
            raise lost() from error
        return future

    def _told(self, event: tuple[float, Any]) -> None:
        sha, share = event[1]
        self._shares[sha] = share


def _hush() -> None:
    """What Dask would print of a lost connection, with tracebacks, is told by us in a sentence."""
    for name in ("distributed", "tornado", *logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _check_versions(client: "Client") -> None:
    others = {address: told for address, told in client.run(_version).items() if told != __version__}
    if others:
        address, told = next(iter(others.items()))
        raise BatchError(
            f"the worker at {address} has formcheck {told}, this is {__version__}. Install the same there."
        )


# ---- in the worker


def _version() -> str:
    return __version__


def _carry_out(order: Order, topic: str, how: Analyse) -> Entry:
    from distributed import get_worker  # noqa: PLC0415

    worker = get_worker()

    def tell(share: float) -> None:
        worker.log_event(topic, (order.content.sha256, share))

    # one network in a process: a worker with several threads would only take turns, and more memory
    with _one_at_a_time:
        return carry_out(order, tell, how)
