"""Who does the work of a batch: processes of this machine, or of a cluster."""

from collections.abc import Mapping
from concurrent.futures import Future
from typing import Protocol

from formcheck.errors import BatchError
from formcheck.io.batch.content import Digest
from formcheck.io.batch.entry import Entry
from formcheck.ui.batch.order import Order


class Crew(Protocol):
    """Workers."""

    @property
    def room(self) -> int:
        """How many orders it is good for at once."""

    @property
    def tries(self) -> int:
        """How often an order is given, where its worker dies of it."""

    @property
    def trouble(self) -> str | None:
        """What the user should know of the workers; None where all is well."""

    def digest(self, place: str) -> Future[Digest]:
        """Find out what a path or URL holds."""

    def start(self, order: Order) -> Future[Entry]:
        """Have a video analysed."""

    def shares(self) -> Mapping[str, float]:
        """Return how far what is running is, 0..1, by the SHA-256 of its content."""

    def died(self, error: BaseException) -> bool:
        """Whether an order's failure means that its worker died."""

    def close(self) -> None:
        """End it, with all that is still running."""


def lost() -> BatchError:
    """Return what is to be raised when the workers cannot be reached any more."""
    return BatchError("the connection to the scheduler is lost. Begin it again, and run the same again to go on.")
