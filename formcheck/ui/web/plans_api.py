"""The API's plans: which there are, taking one in, throwing one away, and where a session was broken off."""

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from formcheck.exercises.vocabulary import Dose, Exercise
from formcheck.io.guide.words import words
from formcheck.io.history import SessionRecord
from formcheck.io.texts import Texts
from formcheck.session.plan import Plan
from formcheck.ui.live.broken_off import broken_off, steps_done
from formcheck.ui.web.common import Language, failures
from formcheck.ui.web.history_api import opened
from formcheck.ui.web.plans import Shelf
from formcheck.ui.web.problems import Problem, known
from formcheck.ui.web.settings import Settings

_Key = Annotated[str, Path(min_length=1, max_length=64, description="Of the plan.")]
_Name = Annotated[str, Query(min_length=1, max_length=255, description="Of the file.")]


class StepInfo(BaseModel):
    """One exercise of a plan."""

    exercise: str
    title: str
    dose: str
    rest_s: float
    notes: str


class BrokenOff(BaseModel):
    """A session by this plan that can go on: its number in the history, when it was, the step that comes next."""

    session: int
    when: str
    next: int


class PlanInfo(BaseModel):
    """A plan; ``own``: of a file that somebody has brought."""

    key: str
    title: str
    own: bool
    steps: list[StepInfo]
    broken_off: BrokenOff | None


def router(shelf: Shelf, settings: Settings, here: Callable[[], Container[int]]) -> APIRouter:
    """Return the routes; ``here`` tells which sessions in the history somebody is at."""
    routes = APIRouter(prefix="/plans", tags=["plans"], responses=failures(422))

    def told(plan: Plan, sessions: Sequence[SessionRecord], language: str) -> PlanInfo:
        return _plan(plan, sessions, Texts(language), own=shelf.is_own(plan))

    @routes.get("", responses=failures(503))
    def plans(language: Language = "en") -> list[PlanInfo]:
        """Return the plans there are."""
        with opened(settings) as history:
            at_it = here()
            sessions = [each for each in (history.sessions() if history else []) if each.id not in at_it]
        return [told(each, sessions, language) for each in shelf.all()]

    @routes.post(
        "",
        status_code=201,
        responses=failures(413, 429, 503, 507),
        openapi_extra={
            "requestBody": {
                "required": True,
                "description": "The plan file: TOML.",
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        },
    )
    async def add(request: Request, name: _Name, language: Language = "en") -> PlanInfo:
        """Keep a plan file; one of the same name is replaced. The request's body is the file."""
        return told(shelf.add(name, await _body(request, settings.limits.body)), [], language)

    @routes.delete("/{key}", status_code=204, responses=failures(404), response_class=Response)
    def remove(key: _Key) -> Response:
        """Throw an own plan away; what was done by it stays in the history."""
        shelf.remove(key)
        return Response(status_code=204)

    return routes


async def _body(request: Request, most: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise _too_long(most)
    return bytes(body)


def _too_long(most: int) -> Problem:
    return known(413, "plan_too_long", {"Connection": "close"}, most=most // 1024)


def _plan(plan: Plan, sessions: Sequence[SessionRecord], texts: Texts, *, own: bool) -> PlanInfo:
    steps = [
        StepInfo(
            exercise=step.exercise.key,
            title=texts.of(f"exercise.{step.exercise.key}.title"),
            dose=_dose(step.dose, step.exercise, texts),
            rest_s=step.rest_s,
            notes=step.notes,
        )
        for step in plan.steps
    ]
    last = broken_off(sessions, plan, datetime.now().astimezone())
    left = BrokenOff(
        session=last.id, when=(last.ended or last.started).isoformat(), next=steps_done(plan, last) + 1
    ) if last is not None else None  # fmt: skip
    return PlanInfo(key=plan.key, title=plan.title, own=own, steps=steps, broken_off=left)


def _dose(dose: Dose, exercise: Exercise, texts: Texts) -> str:
    return words(replace(exercise, dose=dose), texts).dose
