"""The way down to one browser, from any thread. It holds little: who does not read what comes is let go."""

import asyncio
from collections.abc import Callable
from typing import Any

from formcheck.ui.web.live.telling import as_text

_MOST = 120
"""Messages that may wait to be read: some seconds' worth."""


class Line:
    """Messages on their way to one browser.

    Args:
        number: of the connection.

    Attributes:
        number: of the connection.
        closing: code and reason with which the connection is to be closed, once all is sent.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self.closing: tuple[int, str] | None = None
        self._loop = asyncio.get_running_loop()
        self._waiting: asyncio.Queue[str | None] = asyncio.Queue()

    def post(self, message: dict[str, Any]) -> None:
        """Send a message; from any thread."""
        self._soon(self._put, as_text(message))

    def close(self, code: int = 1000, reason: str = "") -> None:
        """Close the connection after what was posted; from any thread."""
        self._soon(self._end, code, reason)

    async def next(self) -> str | None:
        """Return the next message; None where the connection is to be closed."""
        return await self._waiting.get()

    def _put(self, text: str) -> None:
        if self.closing is not None:
            return
        if self._waiting.qsize() >= _MOST:
            self._waiting = _emptied(self._waiting)
            self._end(1013, "too slow")
            return
        self._waiting.put_nowait(text)

    def _end(self, code: int, reason: str) -> None:
        if self.closing is None:
            self.closing = (code, reason)
            self._waiting.put_nowait(None)

    def _soon(self, do: Callable[..., None], *args: object) -> None:
        try:
            self._loop.call_soon_threadsafe(do, *args)
        except RuntimeError:
            return  # the server has ended


def _emptied(queue: asyncio.Queue[str | None]) -> asyncio.Queue[str | None]:
    while not queue.empty():
        queue.get_nowait()
    return queue
