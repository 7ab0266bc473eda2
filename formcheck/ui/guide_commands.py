"""``formcheck guide``: how each exercise is done."""

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
