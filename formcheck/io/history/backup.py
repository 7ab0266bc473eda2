"""A copy of the history, made while it may be in use."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from formcheck.errors import HistoryError
from formcheck.io.history.telling import telling


def copy_to(db: sqlite3.Connection, path: Path) -> None:
    """Copy a database to a new file: whole, in a single file, or not at all.

    Raises:
        HistoryError: there is a file already, or it cannot be written.
    """
    if path.exists():
        raise HistoryError(f"{path} exists already and was left as it is. Choose another name for the copy.")
    with telling(path), tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
        part = Path(folder) / path.name
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            db.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        part.chmod(0o600)
        part.rename(path)
