"""What went wrong, in words for the person: a key for programs, what it is, and what to do next."""

from collections.abc import Mapping
from typing import Any


class Problem(Exception):  # noqa: N818 - what a response says, as much as an error
    """A request that cannot be done.

    Args:
        status: of the HTTP response.
        key: stable, for programs.
        text: what is wrong.
        remedy: what to do next.
        headers: further ones of the response.
    """

    def __init__(self, status: int, key: str, text: str, remedy: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(text)
        self.status, self.key, self.text, self.remedy = status, key, text, remedy
        self.headers = dict(headers or {})

    def told(self) -> dict[str, Any]:
        """Return what it says."""
        return {"key": self.key, "text": self.text, "remedy": self.remedy}

    def body(self) -> dict[str, Any]:
        """Return it as an HTTP response's body."""
        return {"error": self.told()}

    def message(self) -> dict[str, Any]:
        """Return it as a message of the socket."""
        return {"type": "error", **self.told()}
