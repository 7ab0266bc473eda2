"""When a video was recorded, by its own word."""

from datetime import UTC, datetime
from pathlib import Path

import av

_KEYS = ("com.apple.quicktime.creationdate", "creation_time", "date")
"""The first has the time zone of where it was."""
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Cameras without a clock write their epoch."""


def recorded(path: Path) -> datetime | None:
    """Return when a video was recorded, in the time of where it was or of here; None where it does not say."""
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            tables = [container.metadata, *(stream.metadata for stream in container.streams)]
    except (av.FFmpegError, OSError):
        return None
    for key in _KEYS:
        for table in tables:
            when = _when(table.get(key, ""))
            if when is not None:
                return when
    return None


def _when(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if "T" not in text and " " not in text.strip():  # a day or a year alone is no time
        return None
    when = found.astimezone() if found.tzinfo in {None, UTC} else found
    return when if when >= _EARLIEST else None
