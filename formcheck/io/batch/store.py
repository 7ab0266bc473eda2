"""Where a batch's results go: a folder here, or a URL. Whatever is written there is there whole, or not at all."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from formcheck.errors import BatchError
from formcheck.io.batch.far import FarStore
from formcheck.io.batch.places import local
from formcheck.io.report.folder import telling

PRIVATE = ".batch"
"""Folder for what only a batch reads."""
MARK = "batch.json"
"""In each folder of results, written last: without it the folder does not count."""


class Store(Protocol):
    """Where results go. Names have ``/`` between folders."""

    @property
    def place(self) -> str:
        """Path or URL."""

    def read(self, name: str) -> bytes | None:
        """Return a file's content; None where there is none."""

    def write(self, name: str, content: bytes) -> None:
        """Write a file: it is whole, or as it was."""

    def remove(self, name: str) -> None:
        """Remove a file if there is one."""

    def files(self, folder: str) -> dict[str, bytes]:
        """Return all files of a folder with their content."""

    def marked(self) -> set[str]:
        """Return the names of the folders that count."""

    def workspace(self) -> AbstractContextManager[Path]:
        """Give an empty local folder that goes again."""

    def keep(self, folder: Path, name: str) -> None:
        """Put a local folder with results and their mark there, in the place of an earlier one."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep other batches out."""


def store_at(out: str) -> Store:
    """Return the store at a path or URL."""
    path = local(out)
    return FarStore(out, MARK) if path is None else NearStore(path)


class NearStore:
    """A folder of this machine, or one that several machines share.

    Args:
        root: the folder; made where it is missing.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self.place = str(root)
        with telling(root):
            (root / PRIVATE / "work").mkdir(parents=True, exist_ok=True)

    def read(self, name: str) -> bytes | None:
        """Return a file's content; None where there is none."""
        with telling(self._root / name):
            try:
                return (self._root / name).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None

    def write(self, name: str, content: bytes) -> None:
        """Write a file: it is whole, or as it was; and there to stay when this returns."""
        path = self._root / name
        with telling(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            # beside its place: a temporary folder may be on another disk
            handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".partial", dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                Path(beside).chmod(0o644)
                Path(beside).replace(path)
            except BaseException:
                Path(beside).unlink(missing_ok=True)
                raise
            _settle(path.parent)

    def remove(self, name: str) -> None:
        """Remove a file if there is one."""
        with telling(self._root / name):
            (self._root / name).unlink(missing_ok=True)

    def files(self, folder: str) -> dict[str, bytes]:
        """Return all files of a folder with their content."""
        where = self._root / folder
        if not where.is_dir():
            return {}
        with telling(where):
            names = [each.name for each in os.scandir(where) if not each.name.startswith(".") and each.is_file()]
            return {name: (where / name).read_bytes() for name in sorted(names)}

    def marked(self) -> set[str]:
        """Return the names of the folders that count."""
        return {path.parent.name for path in self._root.glob(f"*/{MARK}")}

    @contextmanager
    def workspace(self) -> Iterator[Path]:
        """Give an empty folder on the same disk, so that what is in it can be moved into place at once."""
        with telling(self._root):
            folder = Path(tempfile.mkdtemp(dir=self._root / PRIVATE / "work"))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def keep(self, folder: Path, name: str) -> None:
        """Put a folder with results and their mark there, in the place of an earlier one."""
        target = self._root / name
        with telling(target):
            for path in sorted(folder.iterdir()):
                _settle(path)
            _settle(folder)
            if target.exists():
                target.replace(folder.with_name(f"{folder.name}.before"))
            folder.replace(target)
            _settle(self._root)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other batches out; throw away what workers that were killed have left.

        Raises:
            BatchError: another batch is at work there.
        """
        # the system lets go of it when the process ends, however it ends
        lock = FileLock(self._root / PRIVATE / "lock", fallback_to_soft=False)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise BatchError(
                f"another batch is writing to {self._root}. Wait until it is done, or choose another --out."
            ) from error
        except (OSError, NotImplementedError) as error:
            raise BatchError(f"{self._root} cannot be locked: {error}. Choose a folder on another disk.") from error
        try:
            self._tidy()
            yield
            self._tidy()
        finally:
            lock.release()

    def _tidy(self) -> None:
        for left in (self._root / PRIVATE / "work").iterdir():
            shutil.rmtree(left, ignore_errors=True)


def _settle(path: Path) -> None:
    """Wait until the disk has it, so that a power cut cannot leave a mark without its results."""
    if os.name == "nt" and path.is_dir():
        return  # Windows opens no folders
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    except OSError as error:
        if not path.is_dir() or error.errno not in (errno.EINVAL, errno.EBADF, errno.ENOTSUP):
            raise  # some network disks settle files, but no folders
    finally:
        os.close(handle)
