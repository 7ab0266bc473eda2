"""The server's temporary folder. One that a killed server has left behind goes when the next one begins."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "formcheck-web-"
_LOCK, _MARK = "lock", "locked"


class OwnFolder:
    """A new temporary folder, locked for as long as this process lives: the system lets go of it however it ends."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._lock = _lock(self.path)
        self._lock.acquire(timeout=0)
        (self.path / _MARK).touch()  # before, a folder counts as one that is being made

    def close(self) -> None:
        """Take it away, with all that is in it."""
        self._lock.release()
        shutil.rmtree(self.path, ignore_errors=True)


def sweep() -> None:
    """Take away the folders of servers that are no more; those of others and of living ones stay."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError, NotImplementedError, Timeout):
            if _is_ours(folder):
                with _lock(folder).acquire(timeout=0):
                    pass
                shutil.rmtree(folder, ignore_errors=True)


def _lock(folder: Path) -> FileLock:
    return FileLock(folder / _LOCK, fallback_to_soft=False)


def _is_ours(folder: Path) -> bool:
    if folder.is_symlink() or not folder.is_dir() or not (folder / _MARK).is_file():
        return False
    return not hasattr(os, "getuid") or folder.lstat().st_uid == os.getuid()
