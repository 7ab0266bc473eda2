"""What went wrong, in words for the person: a key for programs, what it is, and what to do next."""

from collections.abc import Mapping
from typing import Any

from formcheck.errors import FormcheckError, HistoryError, ModelError, NoPersonError, OutputError, PlanError, VideoError
from formcheck.io.texts import Texts

_KEYS: tuple[tuple[type[FormcheckError], str], ...] = (
    (NoPersonError, "no_person"),
    (VideoError, "no_video_file"),
    (ModelError, "no_model"),
    (HistoryError, "history"),
    (OutputError, "no_output"),
    (PlanError, "plan_wrong"),
)


class Problem(Exception):  # noqa: N818 - what a response says, as much as an error
    """A request that cannot be done.

    Args:
        status: of the HTTP response.
        key: stable, for programs; where a person may read it, also of its texts (``web.trouble``, ``web.remedy``).
        text: what is wrong.
        remedy: what to do next.
        headers: further ones of the response.
        values: what fills the places of its texts.
    """

    def __init__(
        self,
        status: int,
        key: str,
        text: str,
        remedy: str,
        headers: Mapping[str, str] | None = None,
        *,
        values: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(text)
        self.status, self.key, self.text, self.remedy = status, key, text, remedy
        self.headers, self.values = dict(headers or {}), dict(values or {})

    def told(self) -> dict[str, Any]:
        """Return what it says."""
        return {"key": self.key, "text": self.text, "remedy": self.remedy, "values": self.values}

    def body(self) -> dict[str, Any]:
        """Return it as an HTTP response's body."""
        return {"error": self.told()}

    def message(self) -> dict[str, Any]:
        """Return it as a message of the socket."""
        return {"type": "error", **self.told()}


def known(status: int, key: str, headers: Mapping[str, str] | None = None, **values: Any) -> Problem:
    """Return a problem whose words are in the catalogue of texts, in every language; here they are English.

    Args:
        status: of the HTTP response.
        key: of its texts.
        headers: further ones of the response.
        values: what fills the places of its texts.
    """
    texts = Texts("en")
    text, remedy = (texts.of(f"web.{part}.{key}", **values) for part in ("trouble", "remedy"))
    return Problem(status, key, text, remedy, headers, values=values)


def of_error(error: FormcheckError, status: int = 503) -> Problem:
    """Return an error as a problem: of which kind it is in every language, its details as they are."""
    key = next((key for kind, key in _KEYS if isinstance(error, kind)), "failed")
    return known(status, key, detail=str(error))
