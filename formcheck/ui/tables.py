"""What was found, for people at a terminal."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from formcheck.core.events import Hold
from formcheck.exercises.vocabulary import Holds
from formcheck.io.report.words import columns, noun, short_noun, told
from formcheck.session.summary import Result


def summary(result: Result) -> str:
    """Return what was done and how much of it, one exercise after another."""
    return "; ".join(map(_done, result.parts))


def _done(part: Result) -> str:
    if part.exercise is None:
        return "No exercise recognised"
    n = len(part.done)
    return f"{part.exercise.title}, {n} {noun(part.exercise, n)}, {part.good} good"


def movements(part: Result) -> Table | None:
    """Return a table of the repetitions or holds of one exercise; None without any."""
    exercise = part.exercise
    if exercise is None or not part.done:
        return None
    holds = isinstance(exercise.counts, Holds)
    first = columns(exercise)[:1]
    table = Table(box=None, pad_edge=False)
    headings = [short_noun(exercise), *(("leg",) if holds else ()), "from", "to", *(("held",) if holds else ())]
    for heading in (*headings, *(measure.title.lower() for measure in first)):
        table.add_column(heading, justify="right")
    table.add_column("")
    for each in part.done:
        leg, held = ([each.side], [f"{each.held:.1f} s"]) if isinstance(each, Hold) else ([], [])
        faults = "; ".join(fault.say for fault in each.faults) or "good"
        told_first = [told(measure, each) for measure in first]
        table.add_row(f"{each.number}", *leg, f"{each.start:.1f} s", f"{each.end:.1f} s", *held, *told_first, faults)
    return table


def show_parts(console: Console, result: Result) -> None:
    """Print each exercise's table, and what limits the findings: once, though it may be said of each exercise."""
    for part in result.parts:
        if result.segments and part.exercise:
            console.print(f"[bold]{part.exercise.title}[/]")
        if (table := movements(part)) is not None:
            console.print(table)
    for said in dict.fromkeys(warn.say for part in result.parts for warn in part.warnings):
        console.print(f"[yellow]note:[/] {escape(said)}")
