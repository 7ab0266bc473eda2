"""The history, for people at a terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from formcheck.core.events import Hold, Rep
from formcheck.exercises import all_exercises
from formcheck.exercises.vocabulary import Exercise, Holds, Measure
from formcheck.io.history import SessionRecord, SetRecord
from formcheck.io.history.trends import of_exercise, of_pain
from formcheck.io.report.trend import PAIN, judged
from formcheck.io.report.words import columns, noun, number, short_noun, told
from formcheck.session.progress import Trend

_BLOCKS, _PLAIN = "▁▂▃▄▅▆▇█", "_.-=+*#@"
_MOST_BARS = 24
_COLOURS = {"improving": "green", "worse": "red", "no_evidence": "default"}


def listed(sessions: Sequence[SessionRecord]) -> Table:
    """Return a table of sessions."""
    table = _table("no.", "when", "from", "what", "pain", "ended")
    for each in sessions:
        what = "; ".join(_what(part) for part in each.sets if part.done) or "nothing counted"
        pain = " to ".join(str(score) for asked in ("before", "end") if (score := each.told(asked)) is not None)
        source = each.plan or each.source
        table.add_row(f"{each.id}", f"{each.started:%Y-%m-%d %H:%M}", source, what, pain, each.reason or "cut off")
    return table


def shown(session: SessionRecord) -> Iterator[str | Table]:
    """Yield what there is to say of one session."""
    yield f"Session {session.id}, {session.started:%Y-%m-%d %H:%M}, formcheck {session.software}"
    if session.origin:
        yield f"Video: {session.origin}"
    if session.plan:
        yield f"Plan: {session.plan}"
    for part in session.sets:
        asked = f", asked for: {part.dose}" if part.dose else ""
        yield f"{_what(part)}{asked}"
        if part.exercise and part.done:
            yield _movements(part.exercise, part.done)
    for pain in session.pain:
        yield f"Pain {pain.words}: {pain.score} of 10"
    yield f"Ended: {session.reason or 'cut off'}"


def trends(sessions: Sequence[SessionRecord], exercises: Sequence[Exercise], console: Console) -> Table:
    """Return how each exercise's measures, and pain, went from session to session."""
    table = _table("what", "sessions", "course", "from", "to", "verdict")
    for exercise in exercises:
        for found in of_exercise(sessions, exercise):
            if found.points:
                measure = exercise.measure(found.aim.measure)
                leg = f", {found.side}" if found.side else ""
                title = f"{exercise.title}: {measure.title.lower()}{leg}"
                table.add_row(title, *_course(found, measure, console))
    pain = of_pain(sessions)
    if pain.points and len(exercises) == len(all_exercises()):
        table.add_row(PAIN.title, *_course(pain, PAIN, console))
    return table


def sparkline(values: Sequence[float], console: Console) -> str:
    """Return values as a row of bars, the latest of them where there are many."""
    bars = _BLOCKS if console.encoding.lower().startswith("utf") else _PLAIN
    latest = values[-_MOST_BARS:]
    low, high = min(latest), max(latest)
    steps = [round((value - low) / (high - low) * (len(bars) - 1)) if high > low else 0 for value in latest]
    return "".join(bars[step] for step in steps)


def _course(trend: Trend, measure: Measure, console: Console) -> tuple[str, ...]:
    line = sparkline([point.value for point in trend.points], console)
    if trend.first is None or trend.latest is None:
        return f"{len(trend.points)}", line, "", number(trend.points[-1].value, measure), "one session is no trend"
    said = f"[{_COLOURS[trend.verdict]}]{judged(trend, measure)}[/]"
    return f"{len(trend.points)}", line, number(trend.first, measure), number(trend.latest, measure), said


def _what(part: SetRecord) -> str:
    if part.exercise is None:
        return f"{part.key or 'not recognised'} {len(part.done)}"
    n = len(part.done)
    return f"{part.exercise.title}: {n} {noun(part.exercise, n)}, {part.good} good"


def _movements(exercise: Exercise, done: Sequence[Rep | Hold]) -> Table:
    holds = isinstance(exercise.counts, Holds)
    shown_measures = columns(exercise)[:2]
    titles = [measure.title.lower() for measure in shown_measures]
    table = _table(short_noun(exercise), *(("leg", "held") if holds else ()), *titles, "")
    for each in done:
        leg = [each.side, f"{each.held:.1f} s"] if isinstance(each, Hold) else []
        faults = "; ".join(fault.say for fault in each.faults) or "good"
        table.add_row(f"{each.number}", *leg, *(told(measure, each) for measure in shown_measures), faults)
    return table


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
