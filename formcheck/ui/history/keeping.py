"""``formcheck history delete``, ``backup`` and ``import``."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from formcheck.errors import FormcheckError
from formcheck.io.history.importing import import_report
from formcheck.ui.console import stderr
from formcheck.ui.failing import complain, telling_errors
from formcheck.ui.history.common import Db, opened


@telling_errors()
def delete(
    sessions: Annotated[list[int], typer.Argument(metavar="SESSION...", help="Their numbers.", show_default=False)],
    db: Db = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete sessions for good."""
    with opened(db) as history:
        found = [history.session(each) for each in dict.fromkeys(sessions)]
        if not yes:
            days = ", ".join(f"{each.id} of {each.started:%Y-%m-%d}" for each in found)
            typer.confirm(f"Delete for good: {days}?", abort=True, err=True)
        history.delete(*(each.id for each in found))
        stderr().print(f"{len(found)} deleted")


@telling_errors()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy; must not be there yet.", show_default=False)],
    db: Db = None,
) -> None:
    """Copy the history to a new file; a session may be going on."""
    with opened(db) as history:
        history.backup(file)
        stderr().print(f"copied to {escape(str(file))}; use it with --db {escape(str(file))}")


@telling_errors()
def take_in(
    folders: Annotated[
        list[Path], typer.Argument(metavar="FOLDER...", help="Results of 'formcheck analyze'.", show_default=False)
    ],
    date: Annotated[
        datetime | None,
        typer.Option(
            "--date",
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
            help="When they were recorded, if the videos do not say.",
        ),
    ] = None,
    db: Db = None,
) -> None:
    """Take analysed videos into the history, by the date of the recording."""  # fmt: skip
    failed = False
    with opened(db, create=True) as history:
        for folder in folders:
            try:
                done = import_report(history, folder, date.astimezone() if date else None)
            except FormcheckError as error:
                failed = True
                complain(error)
                continue
            how = "taken in as" if done.new else "is there already as"
            stderr().print(f"{escape(str(folder))}: {how} session {done.session} of {done.started:%Y-%m-%d %H:%M}")
    if failed:
        raise typer.Exit(1)
