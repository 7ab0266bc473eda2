"""Writes an export whole, or not at all."""

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from formcheck.errors import OutputError
from formcheck.io.export import fhir, plain, rows
from formcheck.io.history.records import SessionRecord

FORMATS: Mapping[str, Callable[[Sequence[SessionRecord]], str]] = MappingProxyType(
    {"csv": rows.text, "json": plain.text, "fhir": fhir.text}
)


def text(sessions: Sequence[SessionRecord], how: str, subject: str | None = None) -> str:
    """Return sessions in one of the formats.

    Args:
        sessions: oldest first.
        how: one of ``FORMATS``.
        subject: in FHIR, reference to the patient.

    Raises:
        OutputError: the format needs what is not installed.
    """
    return fhir.text(sessions, subject) if how == "fhir" else FORMATS[how](sessions)


def save(content: str, path: Path) -> None:
    """Write a file; one that is there is replaced only when the new one is complete.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(content)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}. Free some space or choose another --out.") from error
