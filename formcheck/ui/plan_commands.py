"""``formcheck plan``: plans to prescribe from."""

from math import isfinite
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from formcheck.io import plan as plans
from formcheck.session.plan import BUILT_IN, LOW_BACK
from formcheck.ui.console import stderr
from formcheck.ui.failing import telling_errors

plan_app = typer.Typer(
    help="Plans to prescribe from: exercises, doses, rests, targets.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@plan_app.command("new")
def _new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Must not be there yet.", show_default=False)],
    like: Annotated[
        str, typer.Option("--from", metavar="PLAN", help=f"What to begin with: {', '.join(BUILT_IN)}, or a plan file.")
    ] = LOW_BACK.key,
) -> None:
    """Write a plan to change and to prescribe from."""
    with telling_errors():
        plans.write(plans.load(like), file)
        stderr().print(f"{escape(str(file))} written; after changing it: formcheck plan check {escape(str(file))}")


@plan_app.command("check")
def _check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A plan file, or a built-in plan.", show_default=False)],
) -> None:
    """Say what a plan asks for, or what is wrong with it: the line and the remedy."""
    with telling_errors():
        found = plans.load(file)
    typer.echo(found.title)
    for number, step in enumerate(found.steps, 1):
        legs = f", {' then '.join(step.legs)}" if step.legs else ""
        pause = f", {step.between_holds_s:g} s between" if step.legs else ""
        typer.echo(f"{number}. {step.exercise.title}: {step.dose}{legs}{pause}; then {step.rest_s:g} s rest")
        for key, value in step.targets.items():
            limit = step.exercise.rule(key).limit
            side, usual = ("under", limit.low) if isfinite(limit.low) else ("over", limit.high)
            typer.echo(f"   {key}: {side} {value:g}, usually {side} {usual:g}")
        if step.notes:
            typer.echo(f"   {step.notes}")
    typer.echo(f"Pain stops an exercise when it rises by {found.pain.rise}, or is above {found.pain.above}.")
