"""``formcheck history``: what was done, how it goes, and taking it elsewhere."""

import sys
from datetime import datetime
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from formcheck.errors import FormcheckError, HistoryError
from formcheck.exercises import all_exercises, find
from formcheck.io import export
from formcheck.io.export.plain import text as as_text
from formcheck.io.history import History, SessionRecord
from formcheck.io.history import report as session_report
from formcheck.io.history.importing import import_report
from formcheck.io.report import pdf as report_pdf
from formcheck.io.report.folder import PAGE, PDF, ResultFolder, telling
from formcheck.ui import history_tables as tables
from formcheck.ui.console import stderr
from formcheck.ui.failing import complain, telling_errors

history_app = typer.Typer(
    help="What was done in earlier sessions, how it goes, and taking it elsewhere.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Db = Annotated[
    Path | None,
    typer.Option(
        "--db",
        metavar="FILE",
        help="Another history than the one in your data folder, or in the folder FORMCHECK_DATA.",
    ),
]
_Json = Annotated[bool, typer.Option("--json", help="Print it for programs, and nothing else, on standard output.")]


_Session = Annotated[int | None, typer.Argument(metavar="[SESSION]", help="Its number; the latest if left out.")]


class _Format(StrEnum):
    CSV = "csv"
    JSON = "json"
    FHIR = "fhir"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(history_app, name="history")


@history_app.command("list")
def _list(db: Db = None, as_json: _Json = False) -> None:
    """List all sessions, the latest last."""
    with telling_errors(), _opened(db) as history:
        sessions = history.sessions()
        if as_json:
            sys.stdout.write(as_text(sessions))
        elif sessions:
            _stdout().print(tables.listed(sessions))
        else:
            _stdout().print(f"There are no sessions in {escape(str(history.path))} yet.")


@history_app.command("show")
def _show(
    session: _Session = None,
    db: Db = None,
    as_json: _Json = False,
) -> None:
    """Show one session: every repetition and hold, and pain."""
    with telling_errors(), _opened(db) as history:
        found = _chosen(history, session)
        if as_json:
            sys.stdout.write(as_text([found]))
            return
        for part in tables.shown(found):
            _stdout().print(escape(part) if isinstance(part, str) else part)


@history_app.command("trends")
def _trends(
    exercise: Annotated[
        str | None, typer.Argument(metavar="[EXERCISE]", help="Only this one.", show_default=False)
    ] = None,
    db: Db = None,
) -> None:
    """Show how range and pain went over the sessions, judged against the measurement's own error."""
    with telling_errors(), _opened(db) as history:
        exercises = all_exercises() if exercise is None else (find(exercise),)
        table = tables.trends(history.sessions(), exercises, _stdout())
        if table.row_count:
            _stdout().print(table)
        else:
            _stdout().print("Nothing measured yet from which a trend could be told.")


@history_app.command("report")
def _report(
    session: _Session = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the page's folder.")] = Path(
        "formcheck-results"
    ),
    pdf: Annotated[bool, typer.Option("--pdf", help="Also write report.pdf.")] = False,
    db: Db = None,
) -> None:
    """Write the report page of a session, with how it goes against the sessions before it."""
    with telling_errors(), _opened(db) as history:
        if pdf:
            report_pdf.available()
        sessions = history.sessions()
        found = _chosen(history, session)
        page = session_report.render(found, sessions)
        folder = ResultFolder(out, f"session-{found.id}-{found.started:%Y-%m-%d}", (PAGE, PDF))
        try:
            with telling(folder.path):
                folder.new(PAGE).write_text(page, encoding="utf-8")
                if pdf:
                    report_pdf.write(folder.new(PDF), page)
            folder.commit()
        finally:
            folder.discard()
        stderr().print(f"report: {escape(str(folder.path / PAGE))}")


@history_app.command("export")
def _export(
    how: Annotated[_Format, typer.Option("--format", help="fhir: an R4B Bundle for clinical systems.")] = _Format.CSV,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where to; else standard output.")] = None,
    session: Annotated[list[int] | None, typer.Option("--session", help="Only this one; may be repeated.")] = None,
    subject: Annotated[
        str | None, typer.Option("--subject", metavar="REF", help="In FHIR, whose it is: Patient/123.")
    ] = None,
    db: Db = None,
) -> None:
    """Write sessions for other programs."""
    with telling_errors(), _opened(db) as history:
        sessions = [history.session(each) for each in dict.fromkeys(session)] if session else history.sessions()
        text = export.text(sessions, how.value, subject)
        if out is None:
            sys.stdout.write(text)
            return
        export.save(text, out)
        stderr().print(f"{len(sessions)} sessions written to {escape(str(out))}")


@history_app.command("delete")
def _delete(
    sessions: Annotated[list[int], typer.Argument(metavar="SESSION...", help="Their numbers.", show_default=False)],
    db: Db = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete sessions for good."""
    with telling_errors(), _opened(db) as history:
        found = [history.session(each) for each in dict.fromkeys(sessions)]
        if not yes:
            days = ", ".join(f"{each.id} of {each.started:%Y-%m-%d}" for each in found)
            typer.confirm(f"Delete for good: {days}?", abort=True, err=True)
        history.delete(*(each.id for each in found))
        stderr().print(f"{len(found)} deleted")


@history_app.command("backup")
def _backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy; must not be there yet.", show_default=False)],
    db: Db = None,
) -> None:
    """Copy the history to a new file; a session may be going on."""
    with telling_errors(), _opened(db) as history:
        history.backup(file)
        stderr().print(f"copied to {escape(str(file))}; use it with --db {escape(str(file))}")


@history_app.command("import")
def _import(
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
    with telling_errors(), _opened(db, create=True) as history:
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


def _opened(db: Path | None, *, create: bool = False) -> History:
    history = History.open(db, create=create)
    if history.notice:
        stderr().print(f"[yellow]note:[/] {escape(history.notice)}")
    return history


def _chosen(history: History, session: int | None) -> SessionRecord:
    """The session of that number, or the latest."""
    if session is not None:
        return history.session(session)
    sessions = history.sessions()
    if not sessions:
        raise HistoryError(f"there are no sessions in {history.path} yet.")
    return sessions[-1]


def _stdout() -> Console:
    if isinstance(sys.stdout, TextIOWrapper):  # a terminal without the degree sign shows a question mark
        sys.stdout.reconfigure(errors="replace")
    return Console(highlight=False)
