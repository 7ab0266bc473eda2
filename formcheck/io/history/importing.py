"""Takes analysed videos into the history: from their report.json, by the date of the recording."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import nan
from pathlib import Path
from typing import Any

from formcheck.core.events import Fault, Hold, Rep
from formcheck.errors import HistoryError, UnknownExerciseError
from formcheck.exercises import find
from formcheck.io.history.history import History
from formcheck.io.report.document import SCHEMA
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
        HistoryError: the report cannot be used, or nobody knows when the video was recorded.
    """
    file = path / REPORT if path.is_dir() else path
    document = _read(file)
    try:
        started = when or _recorded(document, file)
        uid = str(uuid.uuid5(_NAMES, json.dumps([started.isoformat(), _told(document["source"])])))
        parts = document.get("segments") or [document]
        sets = [(find(part["exercise"]), _done(part)) for part in parts if part["exercise"]]
        sets = [(exercise, done) for exercise, done in sets if done]
        there = history.by_uid(uid)
        if there is not None:
            return Imported(there, started, sum(len(done) for _, done in sets), new=False)
        if not sets:
            raise HistoryError(f"{file} has no repetition and no hold: there is nothing to take into the history.")
        with history.writing():
            session = history.begin_session(started, source="video", origin=document["source"]["path"], uid=uid)
            for exercise, done in sets:
                at = [started + timedelta(seconds=s) for s in (done[0].start, done[-1].end)]
                set_ = history.begin_set(session, exercise, exercise.dose, at[0])
                for each in done:
                    history.add(set_, each)
                history.end_set(set_, at[1])
            history.end_session(session, "imported", started + timedelta(seconds=document["source"]["duration_s"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise HistoryError(f"{file} is not as formcheck writes it ({error!r}). Analyse the video again.") from error
    except UnknownExerciseError as error:
        raise HistoryError(f"{file} is of an exercise that this formcheck does not know: {error}") from error
    return Imported(session, started, sum(len(done) for _, done in sets), new=True)


def _read(file: Path) -> dict[str, Any]:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise HistoryError(f"there is no {file}. Name a folder that 'formcheck analyze' has written.") from error
    except OSError as error:
        raise HistoryError(f"{file} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise HistoryError(f"{file} is damaged: it is no JSON. Analyse the video again.") from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise HistoryError(f"{file} is no report of formcheck. Name a folder that 'formcheck analyze' has written.")
    return document


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
    return [*map(_rep, part["reps"]), *map(_hold, part["holds"])]


def _rep(told: Mapping[str, Any]) -> Rep:
    times = (told["start_s"], nan, told["peak_s"], nan, told["end_s"])
    return Rep(told["number"], *times, nan, told["measures"], _faults(told))


def _hold(told: Mapping[str, Any]) -> Hold:
    times = (told["start_s"], told["end_s"], told["held_s"])
    return Hold(told["number"], told["side"], *times, told["measures"], _faults(told))


def _faults(told: Mapping[str, Any]) -> tuple[Fault, ...]:
    return tuple(Fault(fault["key"], fault["t_s"], fault["say"]) for fault in told["faults"])
