"""The history: what is done is written as it is done, each repetition by itself."""

import json
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from threading import RLock
from typing import Any

from formcheck import __version__
from formcheck.core.events import Fault, Hold, Rep
from formcheck.errors import HistoryError
from formcheck.exercises.vocabulary import Dose, Exercise
from formcheck.io import plan as plans
from formcheck.io.history import reading
from formcheck.io.history.backup import copy_to
from formcheck.io.history.opening import opened
from formcheck.io.history.place import default_path
from formcheck.io.history.records import Asked, Origin, SessionRecord
from formcheck.io.history.telling import telling
from formcheck.session.plan import Plan

_LARGEST = 2**63 - 1
"""SQLite's largest whole number: a larger one cannot be asked for."""


class History:
    """An open history. May be used from several threads, and by several programs at once.

    Every method raises ``HistoryError`` with a message for the person; what was written before it stays.

    Attributes:
        path: the file.
        notice: what the person is to be told of opening it: empty, or that a damaged file was set aside.
    """

    def __init__(self, db: sqlite3.Connection, path: Path, notice: str = "") -> None:
        self._db, self.path, self.notice = db, path, notice
        self._lock = RLock()
        self._depth = 0

    @classmethod
    def open(cls, path: Path | None = None, *, create: bool = True) -> "History":
        """Open a history.

        Args:
            path: the file; None for the one in the user's data folder.
            create: make it where there is none.

        Raises:
            HistoryError: it cannot be opened; or it is not there and ``create`` is false.
        """
        path = path or default_path()
        db, notice = opened(path, create=create)
        return cls(db, path, notice)

    def __enter__(self) -> "History":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close it; what was written is in the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write several things as one: all of them, or none."""
        with self._lock, telling(self.path):
            if self._depth:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            finally:
                self._depth -= 1

    # ---- writing

    def begin_session(
        self,
        started: datetime | None = None,
        plan: Plan | None = None,
        *,
        source: Origin = "live",
        origin: str | None = None,
        uid: str | None = None,
    ) -> int:
        """Begin a session.

        Args:
            started: when, with its time zone; None = now.
            plan: by which it goes; kept as it is now.
            source: live, or an imported video.
            origin: the video.
            uid: its name everywhere, a UUID; None for a new one.

        Returns:
            Its id.
        """
        started = started or _now()
        offset = started.utcoffset()
        if offset is None:
            raise ValueError(f"{started} has no time zone")
        with self.writing():
            id_ = self._insert(
                "sessions", started=_utc(started), utc_offset_min=round(offset.total_seconds() / 60),
                software=__version__, source=source, origin=origin, uid=uid or str(uuid.uuid4()),
            )  # fmt: skip
            if plan is not None:
                self._insert("plans", session=id_, name=plan.key, text=plans.text(plan))
        return id_

    def end_session(self, session: int, reason: str, at: datetime | None = None) -> None:
        """End a session: ``done``, ``stopped``, ``pain`` ...; ``at`` None = now."""
        with self.writing():
            self._db.execute(
                "UPDATE sessions SET ended = ?, reason = ? WHERE id = ?", (_utc(at or _now()), reason, session)
            )

    def begin_set(
        self, session: int, exercise: Exercise | None, dose: Dose | None = None, started: datetime | None = None
    ) -> int:
        """Begin a set, of an exercise that may be recognised later; return its id."""
        with self.writing():
            return self._insert(
                "sets", session=session, exercise=exercise.key if exercise else None, dose=reading.dose_text(dose),
                started=_utc(started or _now()),
            )  # fmt: skip

    def name_set(self, set_: int, exercise: Exercise) -> None:
        """Say which exercise a set is."""
        with self.writing():
            self._db.execute("UPDATE sets SET exercise = ? WHERE id = ?", (exercise.key, set_))

    def end_set(self, set_: int, at: datetime | None = None) -> None:
        """End a set; ``at`` None = now."""
        with self.writing():
            self._db.execute("UPDATE sets SET ended = ? WHERE id = ?", (_utc(at or _now()), set_))

    def drop_set(self, set_: int) -> None:
        """Take a set back: it turned out to be another exercise's."""
        with self.writing():
            self._db.execute("DELETE FROM sets WHERE id = ?", (set_,))

    def add_rep(self, set_: int, rep: Rep) -> None:
        """Add a finished repetition."""
        with self.writing():
            id_ = self._insert(
                "reps", set_id=set_, number=rep.number, start_s=float(rep.start), top_from_s=_known(rep.top_from),
                peak_s=float(rep.peak), top_to_s=_known(rep.top_to), end_s=float(rep.end), rest=_known(rep.rest),
                measures=_measures(rep),
            )  # fmt: skip
            self._add_faults("rep", id_, rep.faults)

    def add_hold(self, set_: int, hold: Hold) -> None:
        """Add a finished hold."""
        with self.writing():
            id_ = self._insert(
                "holds", set_id=set_, number=hold.number, side=hold.side, start_s=float(hold.start),
                end_s=float(hold.end), held_s=float(hold.held), measures=_measures(hold),
            )  # fmt: skip
            self._add_faults("hold", id_, hold.faults)

    def add(self, set_: int, done: Rep | Hold) -> None:
        """Add a finished repetition or hold."""
        if isinstance(done, Rep):
            self.add_rep(set_, done)
        else:
            self.add_hold(set_, done)

    def add_pain(
        self, session: int, asked: Asked, score: int, exercise: Exercise | None = None, at: datetime | None = None
    ) -> None:
        """Add pain as it was told, 0 to 10; after an exercise, that one; ``at`` None = now."""
        if not 0 <= score <= 10:
            raise ValueError(f"pain is told from 0 to 10, not {score}")
        with self.writing():
            key = exercise.key if exercise else None
            self._insert("pain", session=session, asked=asked, score=score, exercise=key, at=_utc(at or _now()))

    def delete(self, *sessions: int) -> None:
        """Delete sessions and all that belongs to them, also from the file's free pages: all of them, or none."""
        with self.writing():
            for session in sessions:
                if not self._db.execute("DELETE FROM sessions WHERE id = ?", (session,)).rowcount:
                    raise self._missing(session)
        with self._lock, telling(self.path):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    # ---- reading

    def sessions(self) -> list[SessionRecord]:
        """Return all sessions, oldest first."""
        return self._read(None)

    def session(self, id_: int) -> SessionRecord:
        """Return one session."""
        found = self._read(id_) if abs(id_) <= _LARGEST else []
        if not found:
            raise self._missing(id_)
        return found[0]

    def by_uid(self, uid: str) -> int | None:
        """Return the id of the session with this UUID; None where there is none."""
        with self._lock, telling(self.path):
            row = self._db.execute("SELECT id FROM sessions WHERE uid = ?", (uid,)).fetchone()
        return None if row is None else int(row[0])

    def backup(self, path: Path) -> None:
        """Copy the history as it is now to a new file."""
        with self._lock:
            copy_to(self._db, path)

    # ---- the machinery

    def _read(self, id_: int | None) -> list[SessionRecord]:
        with self._lock, telling(self.path):
            if self._depth:
                return reading.sessions(self._db, id_)
            self._db.execute("BEGIN")  # one moment, whatever others write
            try:
                return reading.sessions(self._db, id_)
            finally:
                self._db.execute("COMMIT")

    def _insert(self, table: str, **values: Any) -> int:
        names, places = ", ".join(values), ", ".join("?" * len(values))
        row = self._db.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(values.values())).lastrowid
        return int(row or 0)

    def _add_faults(self, column: str, id_: int, faults: tuple[Fault, ...]) -> None:
        for fault in faults:
            self._insert("faults", **{column: id_}, key=fault.key, t_s=float(fault.t))

    def _missing(self, session: int) -> HistoryError:
        return HistoryError(f"there is no session {session} in {self.path}. 'formcheck history list' lists them.")


def _now() -> datetime:
    return datetime.now().astimezone()


def _utc(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _known(value: float) -> float | None:
    return float(value) if isfinite(value) else None


def _measures(done: Rep | Hold) -> str:
    return json.dumps({key: round(float(value), 4) for key, value in done.measures.items() if isfinite(value)})
