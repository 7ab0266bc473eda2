"""``formcheck guide``: how each exercise is done, filmed and judged."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from formcheck.errors import OutputError
from formcheck.exercises import all_exercises, find
from formcheck.io.guide import page as guide_html
from formcheck.io.guide import plain
from formcheck.io.texts import LANGUAGES, Texts
from formcheck.ui.console import stderr
from formcheck.ui.failing import telling_errors


def guide(
    exercise: Annotated[
        str, typer.Argument(metavar="[EXERCISE]", help="Which one; without it, all.", show_default=False)
    ] = "",
    language: Annotated[str, typer.Option("--language", metavar="CODE", help=", ".join(LANGUAGES) + ".")] = "en",
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page with drawings instead.")
    ] = None,
) -> None:
    """Say how to do an exercise, where to put the camera, what is checked, and when not to do it."""
    with telling_errors():
        chosen = (find(exercise),) if exercise else all_exercises()
        texts = Texts(language)
        if html is None:
            typer.echo(plain.render(chosen, texts), nl=False)
            return
        _write(html, guide_html.render(chosen, texts))
        stderr().print(f"guide: {escape(str(html))}")


def _write(path: Path, page: str) -> None:
    """Write beside its place and move it there, so that a full disk leaves an earlier page whole."""
    beside = path.with_name(f".{path.name}.partial")
    try:
        beside.write_text(page, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise OutputError(
            f"cannot write {path}: {error.strerror or error}. Choose another file or folder with --html."
        ) from error
