"""Reads sessions back from their tables."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from math import nan
from typing import Any

from formcheck.core.events import Fault, Hold, Rep
from formcheck.errors import UnknownExerciseError
from formcheck.exercises import find
from formcheck.exercises.vocabulary import Dose
from formcheck.io.history.records import PainRecord, SessionRecord, SetRecord

_OF_SESSION = "(:id IS NULL OR session = :id)"
_OF_SET = "set_id IN (SELECT id FROM sets WHERE :id IS NULL OR session = :id)"
_Groups = defaultdict[int, list[Any]]


def sessions(db: sqlite3.Connection, id_: int | None = None) -> list[SessionRecord]:
    """Return all sessions, oldest first, or the one with this id."""
    rows = _Rows(db, id_)
    zones: dict[int, tzinfo] = {}
    listed = rows.of("SELECT * FROM sessions WHERE :id IS NULL OR id = :id ORDER BY started, id")
    for row in listed:
        zones[row["id"]] = timezone(timedelta(minutes=row["utc_offset_min"]))
    keys = {row["id"]: row["exercise"] for row in rows.of(f"SELECT id, exercise FROM sets WHERE {_OF_SESSION}")}
    reps = _grouped(rows, "reps", keys, _rep)
    holds = _grouped(rows, "holds", keys, _hold)
    sets: _Groups = defaultdict(list)
    for row in rows.of(f"SELECT * FROM sets WHERE {_OF_SESSION} ORDER BY id"):
        zone = zones[row["session"]]
        sets[row["session"]].append(
            SetRecord(
                row["id"], row["exercise"], dose_of(row["dose"]), _when(row["started"], zone),
                _when(row["ended"], zone) if row["ended"] else None, tuple(reps[row["id"]]), tuple(holds[row["id"]]),
            )
        )  # fmt: skip
    pain: _Groups = defaultdict(list)
    for row in rows.of(f"SELECT * FROM pain WHERE {_OF_SESSION} ORDER BY id"):
        at = _when(row["at"], zones[row["session"]])
        pain[row["session"]].append(PainRecord(row["asked"], row["score"], row["exercise"], at))
    plans = {row["session"]: row for row in rows.of(f"SELECT * FROM plans WHERE {_OF_SESSION}")}
    return [
        SessionRecord(
            row["id"], row["uid"], _when(row["started"], zones[row["id"]]),
            _when(row["ended"], zones[row["id"]]) if row["ended"] else None, row["reason"], row["software"],
            row["source"], row["origin"], *_plan(plans.get(row["id"])), tuple(sets[row["id"]]), tuple(pain[row["id"]]),
        )
        for row in listed
    ]  # fmt: skip


def dose_text(dose: Dose | None) -> str | None:
    """Return a dose as it is stored."""
    if dose is None:
        return None
    return json.dumps({"reps": dose.reps, "hold_s": dose.hold_s, "each_leg": dose.each_leg})


def dose_of(text: str | None) -> Dose | None:
    """Return a stored dose."""
    if text is None:
        return None
    told = json.loads(text)
    reps, hold_s = (tuple(told[key]) if told[key] else None for key in ("reps", "hold_s"))
    return Dose(reps, hold_s, told["each_leg"])


class _Rows:
    """Rows by column name, of one session or of all."""

    def __init__(self, db: sqlite3.Connection, id_: int | None) -> None:
        self._db, self._id = db, id_

    def of(self, query: str) -> Sequence[sqlite3.Row]:
        cursor = self._db.cursor()
        cursor.row_factory = sqlite3.Row
        return cursor.execute(query, {"id": self._id}).fetchall()


def _grouped(rows: _Rows, table: str, keys: dict[int, str | None], made: Any) -> _Groups:
    """Repetitions or holds with their faults, by set."""
    column = table[:-1]
    found = rows.of(f"SELECT * FROM {table} WHERE {_OF_SET} ORDER BY set_id, number, id")
    faults: _Groups = defaultdict(list)
    for row in rows.of(f"SELECT * FROM faults WHERE {column} IN (SELECT id FROM {table} WHERE {_OF_SET}) ORDER BY id"):
        faults[row[column]].append(row)
    groups: _Groups = defaultdict(list)
    for row in found:
        key = keys[row["set_id"]]
        told = tuple(Fault(fault["key"], fault["t_s"], _say(key, fault["key"])) for fault in faults[row["id"]])
        groups[row["set_id"]].append(made(row, told))
    return groups


def _rep(row: sqlite3.Row, faults: tuple[Fault, ...]) -> Rep:
    top_from, top_to, rest = (nan if row[key] is None else row[key] for key in ("top_from_s", "top_to_s", "rest"))
    return Rep(
        row["number"], row["start_s"], top_from, row["peak_s"], top_to, row["end_s"], rest,
        json.loads(row["measures"]), faults,
    )  # fmt: skip


def _hold(row: sqlite3.Row, faults: tuple[Fault, ...]) -> Hold:
    measures = json.loads(row["measures"])
    return Hold(row["number"], row["side"], row["start_s"], row["end_s"], row["held_s"], measures, faults)


def _say(exercise: str | None, key: str) -> str:
    try:
        return find(exercise or "").rule(key).say
    except (UnknownExerciseError, StopIteration):
        return key.replace("_", " ")


def _plan(row: sqlite3.Row | None) -> tuple[str | None, str | None]:
    return (row["name"], row["text"]) if row is not None else (None, None)


def _when(text: str, zone: tzinfo) -> datetime:
    return datetime.fromisoformat(text).astimezone(zone)
