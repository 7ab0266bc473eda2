"""``formcheck history list``, ``show`` and ``trends``."""

import sys
from typing import Annotated

import typer
from rich.markup import escape

from formcheck.exercises import all_exercises, find
from formcheck.io.export.plain import text as as_text
from formcheck.ui.failing import telling_errors
from formcheck.ui.history import tables
from formcheck.ui.history.common import AsJson, Db, Session, chosen, opened, stdout


@telling_errors()
def show_list(db: Db = None, as_json: AsJson = False) -> None:
    """List all sessions, the latest last."""
    with opened(db) as history:
        sessions = history.sessions()
        if as_json:
            sys.stdout.write(as_text(sessions))
        elif sessions:
            stdout().print(tables.listed(sessions))
        else:
            stdout().print(f"There are no sessions in {escape(str(history.path))} yet.")


@telling_errors()
def show(
    session: Session = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Show one session: every repetition and hold, and pain."""
    with opened(db) as history:
        found = chosen(history, session)
        if as_json:
            sys.stdout.write(as_text([found]))
            return
        for part in tables.shown(found):
            stdout().print(escape(part) if isinstance(part, str) else part)


@telling_errors()
def trends(
    exercise: Annotated[
        str | None, typer.Argument(metavar="[EXERCISE]", help="Only this one.", show_default=False)
    ] = None,
    db: Db = None,
) -> None:
    """Show how range and pain went over the sessions, judged against the measurement's own error."""
    with opened(db) as history:
        exercises = all_exercises() if exercise is None else (find(exercise),)
        table = tables.trends(history.sessions(), exercises, stdout())
        if table.row_count:
            stdout().print(table)
        else:
            stdout().print("Nothing measured yet from which a trend could be told.")
