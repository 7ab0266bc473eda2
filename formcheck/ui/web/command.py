"""``formcheck serve``. What it needs is loaded only when it is called."""

from pathlib import Path
from typing import Annotated

import typer

from formcheck.errors import WebError
from formcheck.ui.failing import telling_errors
from formcheck.ui.options import Db

_MODULES = ("fastapi", "starlette", "uvicorn", "websockets", "pydantic")


@telling_errors()
def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Of its address; 0 takes a free one.")] = 8377,
    open_it: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    host: Annotated[
        str | None,
        typer.Option(
            "--host", metavar="ADDR", help="Let other machines in by this address of yours; they need a token."
        ),
    ] = None,
    db: Db = None,
    no_history: Annotated[bool, typer.Option("--no-history", help="Keep nothing, and show nothing kept.")] = False,
    model: Annotated[
        Path | None, typer.Option("--model", metavar="FILE", help="Another MediaPipe pose bundle.")
    ] = None,
) -> None:
    """Open formcheck as a page in your browser: live, recorded videos, history, guide. Ctrl-C ends it.

    Only this machine can reach it, and nothing leaves it.
    """
    try:
        from formcheck.ui.web.running import Wanted, run  # noqa: PLC0415 - an extra, and slow to load
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in _MODULES:
            raise
        raise WebError(
            f"the page needs {error.name}, which is not installed. Install it with: pip install 'formcheck[web]'"
        ) from error
    run(Wanted(port, host, open_it=open_it, db=db, keep=not no_history, model=model))
