"""Opens the file: makes it where there is none, mends its version, sets a damaged one aside."""

import os
import sqlite3
import time
from datetime import datetime
from pathlib import Path

from formcheck.errors import HistoryError
from formcheck.io.history.schema import APPLICATION_ID, CURRENT, migrate, version_of
from formcheck.io.history.telling import BUSY_S, DAMAGED, code_of, telling

_MAGIC = b"SQLite format 3\0"
_ENDINGS = {".db", ".sqlite", ".sqlite3"}
_BESIDE = ("", "-wal", "-shm")
"""What belongs to a database, by its name's ending: the log may hold what is not in the file yet."""


class _DamagedError(Exception):
    """The file is no whole database."""


def opened(path: Path, *, create: bool) -> tuple[sqlite3.Connection, str]:
    """Return a connection, and what the person is to be told: empty, or that a damaged file was set aside.

    Raises:
        HistoryError: it cannot be opened; or it is not there and ``create`` is false.
    """
    with telling(path):
        if not create and not path.exists():
            raise HistoryError(f"there is no history at {path} yet: it begins with the first session.")
        try:
            return _connect(path), ""
        except _DamagedError:
            aside = _set_aside(path)
            said = f"the history {path} was damaged. It was set aside as {aside}, and a new one was begun."
        try:
            return _connect(path), said
        except _DamagedError as error:
            raise HistoryError(f"the history {path} cannot be kept: the disk damages it. Name another --db.") from error


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # only for this person's eyes; SQLite gives its files beside it the same rights
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    db = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        _prepare(db, path)
    except sqlite3.DatabaseError as error:
        db.close()
        if code_of(error) in DAMAGED:
            raise _DamagedError from error
        raise
    except BaseException:
        db.close()
        raise
    return db


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise _DamagedError
    version, ours = version_of(db), db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    if not ours and db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise HistoryError(f"{path} is a database of another program, and was left as it is. Name another --db.")
    if version > CURRENT:
        raise HistoryError(
            f"the history {path} was written by a newer formcheck (version {version} of its tables, this one knows "
            f"{CURRENT}). Update formcheck, or name another --db."
        )
    _log_ahead(db)
    db.execute("PRAGMA synchronous = NORMAL")  # a killed program loses nothing that was committed
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA secure_delete = ON")  # what somebody deletes about their health is gone
    migrate(db)


def _log_ahead(db: sqlite3.Connection) -> None:
    """Switch to WAL. SQLite does not wait for others here; where a file system has no WAL, its own way is safe too."""
    for attempt in range(50):
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if code_of(error) != sqlite3.SQLITE_BUSY or attempt == 49:
                raise
            time.sleep(BUSY_S / 50)
        else:
            return


def _set_aside(path: Path) -> Path:
    """Rename a damaged file, with what belongs to it; nothing is ever overwritten."""
    with path.open("rb") as file:
        is_database = file.read(len(_MAGIC)) == _MAGIC
    if not is_database and path.suffix.lower() not in _ENDINGS:
        raise HistoryError(f"{path} is no history, and was left as it is. Name another --db.")
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    aside, n = path.with_name(f"{path.name}.damaged-{stamp}"), 1
    while aside.exists():
        n += 1
        aside = path.with_name(f"{path.name}.damaged-{stamp}-{n}")
    for ending in _BESIDE:
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside
