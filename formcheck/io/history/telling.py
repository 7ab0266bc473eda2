"""What SQLite complains of, in words for the person whose history it is."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from formcheck.errors import HistoryError

BUSY_S = 5.0
"""How long another program may keep the file to itself."""
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_ELSEWHERE = "name another file with --db, or another folder in FORMCHECK_DATA"
_WORDS = {
    sqlite3.SQLITE_FULL: "the disk is full. Free some space",
    sqlite3.SQLITE_IOERR: "the disk is full or failing. Free some space and look after the disk",
    sqlite3.SQLITE_READONLY: f"it may not be written. Change its permissions, or {_ELSEWHERE}",
    sqlite3.SQLITE_PERM: f"it may not be opened. Change its permissions, or {_ELSEWHERE}",
    sqlite3.SQLITE_CANTOPEN: f"it cannot be opened there. Change the folder's permissions, or {_ELSEWHERE}",
    sqlite3.SQLITE_BUSY: f"another program has kept it to itself for {BUSY_S:.0f} s. Close that program and try again",
    sqlite3.SQLITE_LOCKED: "another program keeps it to itself. Close that program and try again",
    sqlite3.SQLITE_CORRUPT: "it is damaged. It will be set aside, and a new one begun, when formcheck starts again",
    sqlite3.SQLITE_NOTADB: "it is damaged. It will be set aside, and a new one begun, when formcheck starts again",
}


def code_of(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code; 1 where it gives none."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn errors around the file at ``path`` into ``HistoryError``."""
    try:
        yield
    except sqlite3.Error as error:
        words = _WORDS.get(code_of(error), f"{error}. Keep a copy of the file and report this")
        raise HistoryError(f"the history {path} cannot be used: {words}.") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise HistoryError(f"the history {path} cannot be used: {reason}. Mend that, or {_ELSEWHERE}.") from error
