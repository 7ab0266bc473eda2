"""Takes analysed videos into the history: from their report.json, by the date of the recording."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from formcheck.core.events import Hold, Rep
from formcheck.errors import HistoryError
from formcheck.exercises import find
from formcheck.io.history.history import History
from formcheck.io.report import stored
from formcheck.io.report.folder import REPORT
from formcheck.io.video.recorded import recorded

_NAMES = uuid.UUID("5b1a7d0e-6f0c-5c0e-9a53-3f2a6b7c8d9e")
"""Makes names of sessions from recordings: the same recording is never taken twice."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one report: the session, when it was, how many movements; ``new`` False: it was there already."""

    session: int
    started: datetime
    movements: int
    new: bool


def import_report(history: History, path: Path, when: datetime | None = None) -> Imported:
    """Take an analysed video into the history, as a whole or not at all.

    Args:
        history: where to.
        path: the folder of its results, or its report.json.
        when: it was recorded; None asks the video.

    Raises:
        ReportError: the report cannot be read.
        HistoryError: it has nothing to take, or nobody knows when the video was recorded.
    """
    file = path / REPORT if path.is_dir() else path
    document = stored.read(file)
    with stored.telling(file):
        source = document["source"]
        started = when or _recorded(document, file)
        uid = str(uuid.uuid5(_NAMES, json.dumps([started.isoformat(), _told(source)])))
        parts = document.get("segments") or [document]
        sets = [(find(part["exercise"]), _done(part)) for part in parts if part["exercise"]]
        sets = [(exercise, done) for exercise, done in sets if done]
        ended = started + timedelta(seconds=source["duration_s"])
    movements = sum(len(done) for _, done in sets)
    there = history.by_uid(uid)
    if there is not None:
        return Imported(there, started, movements, new=False)
    if not sets:
        raise HistoryError(f"{file} has no repetition and no hold: there is nothing to take into the history.")
    with history.writing():
        session = history.begin_session(started, source="video", origin=source["path"], uid=uid)
        for exercise, done in sets:
            at = [started + timedelta(seconds=s) for s in (done[0].start, done[-1].end)]
            set_ = history.begin_set(session, exercise, exercise.dose, at[0])
            for each in done:
                history.add(set_, each)
            history.end_set(set_, at[1])
        history.end_session(session, "imported", ended)
    return Imported(session, started, movements, new=True)


def _recorded(document: Mapping[str, Any], file: Path) -> datetime:
    told = document["source"]["path"]
    video = Path(told)
    when = recorded(video) if video.is_file() else None
    if when is None:
        why = "does not say when it was recorded" if video.is_file() else "is not there any more to be asked"
        raise HistoryError(f"{file}: the video {told} {why}. Give the day with --date, for example 2026-01-31.")
    return when


def _told(source: Mapping[str, Any]) -> list[Any]:
    """What makes a recording itself, wherever it lies."""
    return [Path(source["path"]).name, source["frames"], source["width"], source["height"]]


def _done(part: Mapping[str, Any]) -> list[Rep | Hold]:
    return [*map(stored.rep_of, part["reps"]), *map(stored.hold_of, part["holds"])]
