"""The API's history: sessions, how it goes, reports, export, deleting."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from math import isfinite
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel
from starlette.responses import HTMLResponse, Response

from formcheck.errors import OutputError
from formcheck.exercises import all_exercises
from formcheck.exercises.vocabulary import Exercise, Measure
from formcheck.io import export
from formcheck.io.export.plain import session_of
from formcheck.io.history import History, SessionRecord, SetRecord, default_path
from formcheck.io.history import report as session_report
from formcheck.io.history.trends import of_exercise, of_pain
from formcheck.io.report.page import script_hash
from formcheck.io.report.trend import PAIN, judged
from formcheck.io.texts import Texts
from formcheck.session.progress import Trend
from formcheck.ui.web.common import Language, failures
from formcheck.ui.web.headers import report_policy
from formcheck.ui.web.live.moment import kind
from formcheck.ui.web.problems import known
from formcheck.ui.web.settings import Settings

_Id = Annotated[int, Path(ge=1, le=2**63 - 1, description="Number of the session.")]
_TYPES = {"csv": "text/csv", "json": "application/json", "fhir": "application/fhir+json"}
_ENDINGS = {"csv": "csv", "json": "json", "fhir": "fhir.json"}


class Format(StrEnum):
    """What the history can be written as."""

    CSV = "csv"
    JSON = "json"
    FHIR = "fhir"


class PointInfo(BaseModel):
    """One session's value, from so many movements."""

    when: str
    value: float
    n: int


class TrendInfo(BaseModel):
    """How a measure went; a change under ``error`` is no evidence of anything."""

    exercise: str | None
    exercise_title: str | None
    measure: str
    title: str
    unit: str
    digits: int
    better: Literal["up", "down", "toward"]
    toward: float | None
    error: float
    side: Literal["left", "right", "both"] | None
    points: list[PointInfo]
    first: float | None
    latest: float | None
    change: float | None
    verdict: Literal["improving", "worse", "no_evidence"]
    said: str


class SessionInfo(BaseModel):
    """A session; ``sets`` and ``pain`` as in the history's JSON export, a set with its title and counts besides."""

    id: int
    uid: str
    started: str
    ended: str | None
    reason: str | None
    software: str
    source: Literal["live", "video"]
    origin: str | None
    plan: str | None
    pain: list[dict[str, Any]]
    sets: list[dict[str, Any]]


def router(settings: Settings) -> APIRouter:
    """Return the routes."""
    routes = APIRouter(prefix="/history", tags=["history"], responses=failures(422, 503))

    @routes.get("/sessions")
    def sessions(language: Language = "en") -> list[SessionInfo]:
        """Return all sessions, oldest first."""
        with opened(settings) as history:
            texts = Texts(language)
            return [_session(each, texts) for each in (history.sessions() if history else [])]

    @routes.get("/sessions/{session}", responses=failures(404))
    def session(session: _Id, language: Language = "en") -> SessionInfo:
        """Return one session."""
        with opened(settings) as history:
            return _session(_found(history, session)[0], Texts(language))

    @routes.get("/sessions/{session}/report", responses=failures(404), response_class=HTMLResponse)
    def report(session: _Id) -> HTMLResponse:
        """Return the report of a session, a page."""
        with opened(settings) as history:
            page = session_report.render(*_found(history, session))
        return HTMLResponse(page, headers={"Content-Security-Policy": report_policy(script_hash())})

    @routes.delete("/sessions/{session}", status_code=204, responses=failures(404), response_class=Response)
    def delete(session: _Id) -> Response:
        """Delete a session for good."""
        with opened(settings) as history:
            _found(history, session)
            if history is not None:
                history.delete(session)
        return Response(status_code=204)

    @routes.get("/trends")
    def trends(language: Language = "en") -> list[TrendInfo]:
        """Return how pain and each exercise's measures went, judged against the measurement's own error."""
        with opened(settings) as history:
            return list(_trends(history.sessions() if history else [], Texts(language)))

    @routes.get("/export", response_class=Response, responses=failures(501) | _exported())
    def exported(how: Annotated[Format, Query(alias="format")] = Format.CSV) -> Response:
        """Return all sessions as a file for other programs."""
        with opened(settings) as history:
            kept = history.sessions() if history else []
        try:
            text = export.text(kept, how.value)
        except OutputError as error:
            raise known(501, "no_library", detail=str(error)) from error
        name = f"formcheck-history.{_ENDINGS[how.value]}"
        return Response(
            text, media_type=_TYPES[how.value], headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )

    return routes


def _exported() -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "The file.", "content": {kind: {} for kind in _TYPES.values()}}}


@contextmanager
def opened(settings: Settings) -> Iterator[History | None]:
    """Open the history; None where there is none yet, or none is kept."""
    path = settings.db or default_path()
    if not settings.keep or not path.exists():
        yield None
        return
    with History.open(path, create=False) as history:
        yield history


def _found(history: History | None, session: int) -> tuple[SessionRecord, list[SessionRecord]]:
    """Return a session, and all there are."""
    sessions = history.sessions() if history is not None else []
    for each in sessions:
        if each.id == session:
            return each, sessions
    raise known(404, "no_session", session=session)


def _session(session: SessionRecord, texts: Texts) -> SessionInfo:
    plain = session_of(session)
    sets = [{**each, **_told(part, texts)} for each, part in zip(plain["sets"], session.sets, strict=True)]
    return SessionInfo(**{**plain, "sets": sets})


def _told(part: SetRecord, texts: Texts) -> dict[str, Any]:
    known = part.exercise
    return {
        "title": texts.of(f"exercise.{known.key}.title") if known else None,
        "kind": kind(known) if known else ("holds" if part.holds else "reps"),
        "done": len(part.done),
        "good": part.good,
    }


def _trends(sessions: Sequence[SessionRecord], texts: Texts) -> Iterator[TrendInfo]:
    yield _trend(of_pain(sessions), PAIN, None, texts)
    for exercise in all_exercises():
        for each in of_exercise(sessions, exercise):
            if each.points:
                yield _trend(each, exercise.measure(each.aim.measure), exercise, texts)


def _trend(trend: Trend, measure: Measure, exercise: Exercise | None, texts: Texts) -> TrendInfo:
    two = trend.first is not None and trend.latest is not None
    return TrendInfo(
        exercise=exercise.key if exercise else None,
        exercise_title=texts.of(f"exercise.{exercise.key}.title") if exercise else None,
        measure=trend.aim.measure,
        title=measure.title,
        unit=measure.unit.strip(),
        digits=measure.digits,
        better=trend.aim.better,
        toward=trend.aim.toward if isfinite(trend.aim.toward) else None,
        error=trend.error,
        side=trend.side,
        points=[PointInfo(when=each.when, value=round(each.value, 3), n=each.n) for each in trend.points],
        first=trend.first,
        latest=trend.latest,
        change=trend.change,
        verdict=trend.verdict,
        said=judged(trend, measure) if two else "",
    )
