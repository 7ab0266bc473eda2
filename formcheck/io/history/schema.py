"""The tables, version by version. What is written here once stays: histories of every version are out there."""

import sqlite3

APPLICATION_ID = 0x666F726D
"""Marks the file as ours ("form")."""

VERSIONS: tuple[tuple[str, ...], ...] = (
    (  # 1: sessions, sets, reps, holds, faults, pain
        """CREATE TABLE sessions (
            id INTEGER PRIMARY KEY,
            started TEXT NOT NULL,   -- UTC, ISO 8601
            ended TEXT,              -- NULL: still going on, or cut off
            reason TEXT,
            software TEXT NOT NULL,
            source TEXT NOT NULL CHECK (source IN ('live', 'video'))
        )""",
        """CREATE TABLE sets (
            id INTEGER PRIMARY KEY,
            session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            exercise TEXT,           -- NULL: not recognised yet
            started TEXT NOT NULL,
            ended TEXT
        )""",
        """CREATE TABLE reps (
            id INTEGER PRIMARY KEY,
            set_id INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE,
            number INTEGER NOT NULL,
            start_s REAL NOT NULL,   -- times are those of the pictures
            peak_s REAL NOT NULL,
            end_s REAL NOT NULL,
            measures TEXT NOT NULL   -- JSON object; what is not known is left out
        )""",
        """CREATE TABLE holds (
            id INTEGER PRIMARY KEY,
            set_id INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE,
            number INTEGER NOT NULL,
            side TEXT NOT NULL CHECK (side IN ('left', 'right', 'both')),
            start_s REAL NOT NULL,
            end_s REAL NOT NULL,
            held_s REAL NOT NULL,
            measures TEXT NOT NULL
        )""",
        """CREATE TABLE faults (
            id INTEGER PRIMARY KEY,
            rep INTEGER REFERENCES reps ON DELETE CASCADE,
            hold INTEGER REFERENCES holds ON DELETE CASCADE,
            key TEXT NOT NULL,
            t_s REAL NOT NULL,
            CHECK ((rep IS NULL) <> (hold IS NULL))
        )""",
        """CREATE TABLE pain (
            id INTEGER PRIMARY KEY,
            session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            asked TEXT NOT NULL CHECK (asked IN ('before', 'after', 'end')),
            score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 10),
            exercise TEXT,
            at TEXT NOT NULL
        )""",
    ),
    (  # 2: what was asked for, the whole course of a rep, and which day it was where the person was
        "ALTER TABLE sets ADD COLUMN dose TEXT",
        "ALTER TABLE reps ADD COLUMN top_from_s REAL",
        "ALTER TABLE reps ADD COLUMN top_to_s REAL",
        "ALTER TABLE reps ADD COLUMN rest REAL",
        "ALTER TABLE sessions ADD COLUMN utc_offset_min INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX sets_by_session ON sets (session)",
        "CREATE INDEX reps_by_set ON reps (set_id)",
        "CREATE INDEX holds_by_set ON holds (set_id)",
        "CREATE INDEX faults_by_rep ON faults (rep)",
        "CREATE INDEX faults_by_hold ON faults (hold)",
        "CREATE INDEX pain_by_session ON pain (session)",
    ),
    (  # 3: the prescribed plan; names that stay the same wherever a session is sent to; which video it came from
        """CREATE TABLE plans (
            session INTEGER PRIMARY KEY REFERENCES sessions ON DELETE CASCADE,
            name TEXT NOT NULL,
            text TEXT NOT NULL       -- TOML, as it was then
        )""",
        "ALTER TABLE sessions ADD COLUMN origin TEXT",
        "ALTER TABLE sessions ADD COLUMN uid TEXT",
        # version 4 UUIDs, for the sessions that are there already
        """UPDATE sessions SET uid = lower(
            hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'
            || substr('89ab', 1 + (abs(random()) % 4), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))
        )""",
        "CREATE UNIQUE INDEX sessions_by_uid ON sessions (uid)",
    ),
)
CURRENT = len(VERSIONS)


def version_of(db: sqlite3.Connection) -> int:
    """Return a file's version; 0 = new."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: sqlite3.Connection, to: int = CURRENT) -> None:
    """Bring a file to a version, each step as a whole or not at all.

    Args:
        db: opened with ``isolation_level=None``.
        to: the version.
    """
    while version_of(db) < to:
        db.execute("BEGIN IMMEDIATE")
        try:
            now = version_of(db)  # another program may have been faster
            if now < to:
                for statement in VERSIONS[now]:
                    db.execute(statement)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                db.execute(f"PRAGMA user_version = {now + 1}")
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
