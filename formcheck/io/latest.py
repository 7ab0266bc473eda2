"""A place for the newest of something: whoever is slow gets the latest, and never falls behind."""

from threading import Condition
from typing import Generic, TypeVar

T = TypeVar("T")


class Latest(Generic[T]):
    """Holds one item; a newer one takes its place.

    Attributes:
        dropped: how many were replaced before anybody took them.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._item: T | None = None
        self._closed = False
        self.dropped = 0

    @property
    def closed(self) -> bool:
        """True once nothing more will come and nothing is left."""
        with self._changed:
            return self._closed and self._item is None

    def put(self, item: T) -> None:
        """Offer an item; after ``close`` it is ignored."""
        with self._changed:
            if self._closed:
                return
            self.dropped += self._item is not None
            self._item = item
            self._changed.notify_all()

    def take(self, timeout_s: float) -> T | None:
        """Return the newest item, once; None where none has come within ``timeout_s`` s, or ever will."""
        with self._changed:
            self._changed.wait_for(lambda: self._item is not None or self._closed, timeout_s)
            item, self._item = self._item, None
            return item

    def close(self) -> None:
        """Nothing more will come; what is there can still be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
