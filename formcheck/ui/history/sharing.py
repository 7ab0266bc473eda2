"""``formcheck history report`` and ``export``."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from formcheck.io import export as exports
from formcheck.io.history import report as session_report
from formcheck.io.report import pdf as report_pdf
from formcheck.io.report.folder import PAGE, PDF, ResultFolder, telling
from formcheck.ui.console import stderr
from formcheck.ui.failing import telling_errors
from formcheck.ui.history.common import Db, Session, chosen, opened


class _Format(StrEnum):
    CSV = "csv"
    JSON = "json"
    FHIR = "fhir"


@telling_errors()
def report(
    session: Session = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the page's folder.")] = Path(
        "formcheck-results"
    ),
    pdf: Annotated[bool, typer.Option("--pdf", help="Also write report.pdf.")] = False,
    db: Db = None,
) -> None:
    """Write the report page of a session, with how it goes against the sessions before it."""
    with opened(db) as history:
        if pdf:
            report_pdf.available()
        sessions = history.sessions()
        found = chosen(history, session)
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


@telling_errors()
def export(
    how: Annotated[_Format, typer.Option("--format", help="fhir: an R4B Bundle for clinical systems.")] = _Format.CSV,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where to; else standard output.")] = None,
    session: Annotated[list[int] | None, typer.Option("--session", help="Only this one; may be repeated.")] = None,
    subject: Annotated[
        str | None, typer.Option("--subject", metavar="REF", help="In FHIR, whose it is: Patient/123.")
    ] = None,
    db: Db = None,
) -> None:
    """Write sessions for other programs."""
    with opened(db) as history:
        sessions = [history.session(each) for each in dict.fromkeys(session)] if session else history.sessions()
        text = exports.text(sessions, how.value, subject)
        if out is None:
            sys.stdout.write(text)
            return
        exports.save(text, out)
        stderr().print(f"{len(sessions)} sessions written to {escape(str(out))}")
