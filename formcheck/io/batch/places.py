"""Paths and URLs, told apart; and the library that opens URLs."""

import re
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from formcheck.errors import BatchError

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(::.*)?://")
"""With ``::`` one store lies in another: ``zip://a.mp4::s3://clinic/all.zip``, ``simplecache::s3://clinic``."""


def local(place: str) -> Path | None:
    """Return the path that is meant; None where it is a URL of somewhere else."""
    if place.lower().startswith("file://"):
        return Path(url2pathname(unquote(urlsplit(place).path)))
    return None if _URL.match(place) else Path(place)


def fsspec() -> ModuleType:
    """Return the library that opens URLs.

    Raises:
        BatchError: it is not installed.
    """
    try:
        import fsspec  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise BatchError("URLs need another library. Install it with: pip install 'formcheck[cluster]'") from error
    return fsspec  # type: ignore[no-any-return]


def reason(error: BaseException) -> str:
    """Return what a system, or a library for a store, has said, in one line."""
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(said).split())
