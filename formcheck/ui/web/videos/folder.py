"""The server's temporary folder. One that a killed server has left behind goes when the next one begins."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

if os.name == "posix":
    import fcntl

_PREFIX = "formcheck-web-"
_OWNER = "owner"


class OwnFolder:
    """A new temporary folder, marked as in use for as long as this process lives."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        if os.name != "posix":
            self._mark = (self.path / _OWNER).open("w")
            return
        new = self.path / f"new-{_OWNER}"
        self._mark = new.open("w")
        fcntl.flock(self._mark, fcntl.LOCK_EX)  # let go of however the process ends
        new.rename(self.path / _OWNER)  # never seen without its lock

    def close(self) -> None:
        """Take it away, with all that is in it."""
        self._mark.close()
        shutil.rmtree(self.path, ignore_errors=True)


def sweep() -> None:
    """Take away the folders of servers that are no more; those of others and of living ones stay."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    if folder.is_symlink() or not folder.is_dir() or not (folder / _OWNER).is_file():
        return False
    if os.name != "posix":
        (folder / _OWNER).unlink()  # which Windows refuses while its server has it open
        return True
    if folder.lstat().st_uid != os.getuid():
        return False
    with (folder / _OWNER).open("r+") as mark:
        return _locked(mark)


def _locked(mark: IO[str]) -> bool:
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
