"""What the commands on the history share."""

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from formcheck.errors import HistoryError
from formcheck.io.history import History, SessionRecord
from formcheck.ui.console import stderr
from formcheck.ui.options import Db

__all__ = ["AsJson", "Db", "Session", "chosen", "opened", "stdout"]

AsJson = Annotated[bool, typer.Option("--json", help="Print it for programs, and nothing else, on standard output.")]
Session = Annotated[int | None, typer.Argument(metavar="[SESSION]", help="Its number; the latest if left out.")]


def opened(db: Path | None, *, create: bool = False) -> History:
    """Open the history, and tell what there is to tell of it."""
    history = History.open(db, create=create)
    if history.notice:
        stderr().print(f"[yellow]note:[/] {escape(history.notice)}")
    return history


def chosen(history: History, session: int | None) -> SessionRecord:
    """Return the session of that number, or the latest."""
    if session is not None:
        return history.session(session)
    sessions = history.sessions()
    if not sessions:
        raise HistoryError(f"there are no sessions in {history.path} yet.")
    return sessions[-1]


def stdout() -> Console:
    """Return a console on standard output."""
    if isinstance(sys.stdout, TextIOWrapper):  # a terminal without the degree sign shows a question mark
        sys.stdout.reconfigure(errors="replace")
    return Console(highlight=False)
