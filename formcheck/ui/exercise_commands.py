"""``formcheck exercises``."""

import typer

from formcheck.exercises import all_exercises


def exercises() -> None:
    """List the exercises, how to do them, and what is checked."""
    for exercise in all_exercises():
        asked = "" if exercise.recognisable else f" (only when asked for with --exercise {exercise.name})"
        typer.echo(f"{exercise.name}: {exercise.title}, {exercise.dose}{asked}")
        for step in exercise.how:
            typer.echo(f"  {step}")
        typer.echo(f"  Camera: {exercise.camera}")
        typer.echo("  Checked:")
        widest = max(len(rule.key) for rule in exercise.rules)
        for rule in exercise.rules:
            typer.echo(f"    {rule.key:{widest}} {rule.say}. {rule.why}")
        typer.echo("  Not seen: " + "; ".join(exercise.cannot_see))
