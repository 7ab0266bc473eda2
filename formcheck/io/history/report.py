"""The report page of a session, from what the history has of it."""

from collections.abc import Sequence
from dataclasses import replace
from math import nan

from formcheck.core.events import Warn
from formcheck.exercises.vocabulary import Exercise
from formcheck.io.history.records import SessionRecord, SetRecord
from formcheck.io.history.trends import of_exercise, of_pain
from formcheck.io.report import page
from formcheck.io.report.session_info import SessionInfo
from formcheck.session.summary import Result, Series


def render(session: SessionRecord, sessions: Sequence[SessionRecord]) -> str:
    """Return the page.

    Args:
        session: what it is about.
        sessions: all there are, oldest first; what came later is left out of the trends.
    """
    known = [(part, part.exercise) for part in session.sets if part.exercise and part.done]
    results = tuple(_result(part, exercise) for part, exercise in known)
    unknown = tuple(_unknown(part) for part in session.sets if part.done and not part.exercise)
    nothing = Result(None, False, None, 0, nan, (), (), (), (), Series())
    whole = replace(results[0] if results else nothing, segments=results if len(results) > 1 else ())
    if unknown:
        shared = tuple(replace(part, warnings=unknown) for part in whole.segments)
        whole = replace(whole, warnings=unknown, segments=shared)
    until = [each for each in sessions if each.started <= session.started]
    trends = {exercise.key: of_exercise(until, exercise) for _, exercise in known}
    about = SessionInfo(
        name=f"Session {session.id}",
        started=session.started,
        origin=page.file_name(session.origin or ""),
        plan=session.plan or "",
        software=session.software,
        ended=(session.reason or "").replace("_", " "),
        set_times=tuple(f"at {part.started:%H:%M}" for part, _ in known),
        pain=tuple((pain.words, pain.score) for pain in session.pain),
        pain_trend=of_pain(until),
    )
    return page.render(whole, about, trends=trends)


def _result(part: SetRecord, exercise: Exercise) -> Result:
    asked = replace(exercise, dose=part.dose) if part.dose else exercise
    return Result(asked, False, None, 0, nan, part.reps, part.holds, (), (), Series())


def _unknown(part: SetRecord) -> Warn:
    what = (part.key or "not recognised").replace("_", " ")
    return Warn(
        "not_known", f"A set is left out ({len(part.done)} counted): this formcheck does not know its exercise, {what}."
    )
