"""The command line."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from formcheck import __version__
from formcheck.errors import FormcheckError
from formcheck.exercises import AUTO, all_exercises, find
from formcheck.exercises.vocabulary import Exercise
from formcheck.io.report import document as report_json
from formcheck.ui.analysis import Analysed, Choices, analyze, replay
from formcheck.ui.console import progress_bar, stderr

app = typer.Typer(
    help="Watches a low-back exercise in a recorded video, counts it and says what to correct.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_OUT = Path("formcheck-results")
_ExerciseName = Annotated[
    str, typer.Option("--exercise", metavar="NAME", help="What is done in it: auto, or a name from 'exercises'.")
]
_Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the results, a folder in it for each.")]
_Json = Annotated[bool, typer.Option("--json", help="Print report.json, and nothing else, on standard output.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"formcheck {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    del version


@app.command("analyze")
def _analyze(
    videos: Annotated[list[Path], typer.Argument(metavar="VIDEO...", help="Recorded videos.", show_default=False)],
    exercise: _ExerciseName = AUTO,
    out: _Out = _OUT,
    as_json: _Json = False,
    no_video: Annotated[bool, typer.Option("--no-video", help="Leave out annotated.mp4: faster.")] = False,
    trace: Annotated[bool, typer.Option("--trace", help="Also keep the poses, for 'replay'.")] = False,
    model: Annotated[
        Path | None, typer.Option("--model", metavar="FILE", help="Another MediaPipe pose bundle (lite, heavy).")
    ] = None,
) -> None:
    """Count and judge the exercise in recorded videos.

    For each video writes DIR/<video name>/ with report.html, report.json, angles.csv and annotated.mp4.
    """
    failed = False
    with _telling_errors(), progress_bar(stderr()) as bar:
        choices = Choices(_exercise(exercise), out, video=not no_video, trace=trace, model=model)
        for path, name in zip(videos, _folder_names(videos), strict=True):
            try:
                _tell(analyze(path, name, choices, bar), as_json=as_json, one_line=len(videos) > 1)
            except FormcheckError as error:
                failed = True
                _complain(error)
    if failed:
        raise typer.Exit(1)


@app.command("replay")
def _replay(
    trace: Annotated[Path, typer.Argument(metavar="TRACE", help="A trace kept with 'analyze --trace'.")],
    exercise: _ExerciseName = AUTO,
    out: _Out = _OUT,
    as_json: _Json = False,
) -> None:
    """Judge a recorded trace again, without video or model: the same results as from the video."""
    name = trace.parent.resolve().name if trace.name.startswith("trace.jsonl") else trace.name.split(".")[0]
    with _telling_errors():
        _tell(replay(trace, f"{name}-replay", Choices(_exercise(exercise), out)), as_json=as_json, one_line=False)


@app.command("exercises")
def _exercises() -> None:
    """List the exercises, how to do them, and what is checked."""
    for exercise in all_exercises():
        low, high = exercise.dose.reps
        typer.echo(f"{exercise.name}: {exercise.title}, {low}-{high} repetitions")
        for step in exercise.how:
            typer.echo(f"  {step}")
        typer.echo(f"  Camera: {exercise.camera}")
        typer.echo("  Checked:")
        for rule in exercise.rules:
            typer.echo(f"    {rule.key:12} {rule.say}. {rule.why}")
        typer.echo("  Not seen: " + "; ".join(exercise.cannot_see))


def main() -> None:
    """Run the command line."""
    try:
        app()
    except KeyboardInterrupt:  # before or after a command had it in hand
        sys.exit(130)


@contextmanager
def _telling_errors() -> Iterator[None]:
    """Decide what a command's failure prints and which exit status it has; wrong usage is Typer's, with 2."""
    try:
        yield
    except FormcheckError as error:
        _complain(error)
        raise typer.Exit(1) from error
    except KeyboardInterrupt as stop:
        stderr().print("formcheck: stopped; nothing half-written was left behind")
        raise typer.Exit(130) from stop


def _complain(error: FormcheckError) -> None:
    stderr().print(f"[red]formcheck:[/] {escape(str(error))}")


def _exercise(name: str) -> Exercise | None:
    return None if name.strip().lower() == AUTO else find(name)


def _folder_names(videos: list[Path]) -> list[str]:
    """A folder for each video: its stem, or its whole name where two have the same stem."""
    stems = Counter(path.stem for path in videos)
    return [path.stem if stems[path.stem] == 1 else path.name for path in videos]


def _tell(done: Analysed, *, as_json: bool, one_line: bool) -> None:
    """Print what was found: for programs on standard output, or for people on standard error."""
    if as_json:
        compact = json.dumps(done.document, ensure_ascii=False, allow_nan=False) + "\n"
        sys.stdout.write(compact if one_line else report_json.text(done.document))
        sys.stdout.flush()
        return
    console, result = stderr(), done.result
    name = result.exercise.title if result.exercise else "No exercise recognised"
    console.print(f"[bold]{escape(Path(done.document['source']['path']).name)}[/]: {name}", end="")
    console.print(f", {len(result.reps)} repetitions, {result.good_reps} good" if result.exercise else "")
    if result.exercise and result.reps:
        signal = result.exercise.counts.signal
        table = Table(box=None, pad_edge=False)
        for heading in ("rep", "from", "to", "top", ""):
            table.add_column(heading, justify="left" if not heading else "right")
        for rep in result.reps:
            faults = "; ".join(fault.say for fault in rep.faults) or "good"
            top = f"{rep.measures[signal.key]:.0f}°"
            table.add_row(f"{rep.number}", f"{rep.start:.1f} s", f"{rep.end:.1f} s", top, faults)
        console.print(table)
    for warn in result.warnings:
        console.print(f"[yellow]note:[/] {escape(warn.say)}")
    console.print(f"results: {escape(str(done.folder / 'report.html'))}")
