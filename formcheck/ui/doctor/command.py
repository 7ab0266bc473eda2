"""The command."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from formcheck.ui.console import stderr
from formcheck.ui.doctor import hearing, machine, seeing
from formcheck.ui.doctor.check import Check
from formcheck.ui.failing import telling_errors

SCHEMA = "formcheck.doctor/1"
_SIGNS = {"pass": "[green]pass[/]", "warn": "[yellow]warn[/]", "fail": "[red]FAIL[/]"}


@telling_errors()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found, and nothing else, as JSON.")] = False,
) -> None:
    """Look whether this machine has what a session needs: camera, model, voice, screen, disk, speed.

    Exit status 1 where something does not work. What only limits formcheck is a warning.
    """
    found = []
    console = stderr() if as_json else Console(highlight=False, soft_wrap=True)
    for check in examine():
        found.append(check)
        if not as_json:
            _tell(console, check)
    if as_json:
        rows = [
            {"name": check.name, "status": check.status, "found": check.found, "remedy": check.remedy}
            for check in found
        ]
        sys.stdout.write(json.dumps({"schema": SCHEMA, "checks": rows}, indent=2, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    if any(check.status == "fail" for check in found):
        raise typer.Exit(1)


def examine() -> Iterator[Check]:
    """Look at everything, one thing after another."""
    yield machine.versions()
    yield seeing.model()
    yield from seeing.cameras()
    yield hearing.voice()
    yield machine.screen()
    yield machine.disk(Path.cwd())
    yield seeing.speed()


def _tell(console: Console, check: Check) -> None:
    console.print(f"{_SIGNS[check.status]}  {check.name}: {escape(check.found)}")
    if check.remedy:
        console.print(f"      {escape(check.remedy)}")
