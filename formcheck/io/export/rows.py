"""The history as CSV: one row for each repetition, hold and pain score."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from math import isfinite

from formcheck.core.events import Hold, Rep
from formcheck.exercises import all_exercises
from formcheck.io.export.plain import when
from formcheck.io.history.records import SessionRecord, SetRecord

_FIRST = (
    "session", "started", "source", "plan", "set", "exercise", "kind", "number", "side", "start_s", "end_s", "held_s",
    "good", "faults", "asked", "pain",
)  # fmt: skip
_MEASURES = tuple(dict.fromkeys(measure.key for exercise in all_exercises() for measure in exercise.measures))
COLUMNS = (*_FIRST, *_MEASURES)


def text(sessions: Sequence[SessionRecord]) -> str:
    """Return sessions as a table with a header; an empty cell = not known, or not of this kind of row."""
    out = StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for session in sessions:
        writer.writerows(_rows(session))
    return out.getvalue()


def _rows(session: SessionRecord) -> Iterator[dict[str, object]]:
    about: dict[str, object] = {
        "session": session.id,
        "started": when(session.started),
        "source": session.source,
        "plan": session.plan or "",
    }
    for number, part in enumerate(session.sets, 1):
        for each in part.done:
            yield {**about, **_movement(part, number, each)}
    for pain in session.pain:
        exercise = pain.exercise or ""
        yield {**about, "kind": "pain", "exercise": exercise, "asked": pain.asked, "pain": pain.score}


def _movement(part: SetRecord, number: int, each: Rep | Hold) -> dict[str, object]:
    row: dict[str, object] = {
        "set": number,
        "exercise": part.key or "",
        "kind": "hold" if isinstance(each, Hold) else "rep",
        "number": each.number,
        "start_s": round(each.start, 3),
        "end_s": round(each.end, 3),
        "good": str(each.good).lower(),
        "faults": " ".join(fault.key for fault in each.faults),
    }
    if isinstance(each, Hold):
        row |= {"side": each.side, "held_s": round(each.held, 3)}
    return row | {key: round(value, 3) for key, value in each.measures.items() if isfinite(value)}
