"""What a command's failure prints, and which exit status it has."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.markup import escape

from formcheck.errors import FormcheckError
from formcheck.ui.console import stderr


@contextmanager
def telling_errors() -> Iterator[None]:
    """Decide what a command's failure prints and which exit status it has; wrong usage is Typer's, with 2."""
    try:
        yield
    except FormcheckError as error:
        complain(error)
        raise typer.Exit(1) from error
    except KeyboardInterrupt as stop:
        stderr().print("formcheck: stopped; nothing half-written was left behind")
        raise typer.Exit(130) from stop


def complain(error: FormcheckError) -> None:
    """Tell the user what is wrong and what to do."""
    stderr().print(f"[red]formcheck:[/] {escape(str(error))}")
