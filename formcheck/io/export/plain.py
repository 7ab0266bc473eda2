"""The history as JSON: the fields of report.json, session by session."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from formcheck import __version__
from formcheck.io.history.records import SessionRecord, SetRecord
from formcheck.io.report.document import of_hold, of_rep

SCHEMA = "formcheck.history/1"


def text(sessions: Sequence[SessionRecord]) -> str:
    """Return sessions as they are written; see ``docs/history.md``."""
    whole = {"schema": SCHEMA, "software": __version__, "sessions": [session_of(each) for each in sessions]}
    return json.dumps(whole, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def session_of(session: SessionRecord) -> dict[str, Any]:
    """Return one session as plain data."""
    return {
        "id": session.id,
        "uid": session.uid,
        "started": when(session.started),
        "ended": when(session.ended),
        "reason": session.reason,
        "software": session.software,
        "source": session.source,
        "origin": session.origin,
        "plan": session.plan,
        "pain": [
            {"asked": pain.asked, "score": pain.score, "exercise": pain.exercise, "at": when(pain.at)}
            for pain in session.pain
        ],
        "sets": [_set(each) for each in session.sets],
    }


def when(moment: datetime | None) -> str | None:
    """Return a time in ISO 8601, to the second, in the time of where it was."""
    return moment.isoformat(timespec="seconds") if moment else None


def _set(each: SetRecord) -> dict[str, Any]:
    dose = each.dose
    return {
        "exercise": each.key,
        "dose": {"reps": dose.reps, "hold_s": dose.hold_s, "each_leg": dose.each_leg} if dose else None,
        "started": when(each.started),
        "ended": when(each.ended),
        "reps": [of_rep(rep) for rep in each.reps],
        "holds": [of_hold(hold) for hold in each.holds],
    }
