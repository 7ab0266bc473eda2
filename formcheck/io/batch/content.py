"""A video's content: what it is told apart by, and a copy of it where it lies elsewhere."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO

from formcheck.errors import VideoError
from formcheck.io.batch.places import fsspec, local, reason

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Digest:
    """What a file holds, and by what it is seen that it has changed since.

    Attributes:
        sha256: of its content, in hexadecimal digits.
        size: bytes.
        changed: when it was changed last, ns; 0 where it lies elsewhere.
    """

    sha256: str
    size: int
    changed: int = 0


class UnreadableError(VideoError):
    """A video cannot be fetched now: this says nothing about what it holds."""


def digest(place: str) -> Digest:
    """Return what a path or URL holds.

    Raises:
        UnreadableError: it cannot be read.
    """
    path = local(place)
    try:
        if path is None:
            with fsspec().open(place, "rb") as file:
                return _of(file)
        before = path.stat()
        with path.open("rb") as file:
            sha = hashlib.file_digest(file, "sha256").hexdigest()
        return Digest(sha, before.st_size, before.st_mtime_ns)
    except Exception as error:  # a store's library raises what it likes
        raise _unreadable(place, error) from error


def _of(file: BinaryIO) -> Digest:
    sha, size = hashlib.sha256(), 0
    while chunk := file.read(_CHUNK):
        sha.update(chunk)
        size += len(chunk)
    return Digest(sha.hexdigest(), size)


@contextmanager
def fetched(place: str, known: Digest) -> Iterator[Path]:
    """Give a path to the video: its own, or that of a copy which goes again.

    Raises:
        UnreadableError: it cannot be fetched, or is no longer what it was.
    """
    path = local(place)
    if path is not None:
        check(place, known)
        yield path
        return
    with TemporaryDirectory(prefix="formcheck-") as folder:
        copy = Path(folder) / f"video{PurePosixPath(place).suffix}"
        try:
            with fsspec().open(place, "rb") as far, copy.open("wb") as near:
                shutil.copyfileobj(far, near, _CHUNK)
        except Exception as error:
            raise _unreadable(place, error) from error
        if digest(str(copy)).sha256 != known.sha256:
            raise _changed(place)
        yield copy


def check(place: str, known: Digest) -> None:
    """Make sure that a local video has not changed meanwhile.

    Raises:
        UnreadableError: it has, or is gone.
    """
    path = local(place)
    if path is None:
        return
    try:
        now = path.stat()
    except OSError as error:
        raise _unreadable(place, error) from error
    if (now.st_size, now.st_mtime_ns) != (known.size, known.changed):
        raise _changed(place)


def _changed(place: str) -> UnreadableError:
    return UnreadableError(f"{place} changed while it was looked at. Run the same again when it is complete.")


def _unreadable(place: str, error: BaseException) -> UnreadableError:
    return UnreadableError(f"cannot read {place}: {reason(error)}. Check it, and run the same again.")
