"""What was done, kept: one SQLite file, written as it happens."""

from formcheck.io.history.history import History
from formcheck.io.history.place import default_path
from formcheck.io.history.records import PainRecord, SessionRecord, SetRecord
from formcheck.io.history.sink import HistorySink

__all__ = ["History", "HistorySink", "PainRecord", "SessionRecord", "SetRecord", "default_path"]
