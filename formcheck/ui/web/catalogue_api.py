"""The API's words and exercises: what there is to do, and how."""

from functools import cache
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import HTMLResponse

from formcheck import __version__
from formcheck.exercises import all_exercises
from formcheck.exercises.vocabulary import Exercise
from formcheck.io.guide import page as guide
from formcheck.io.guide.words import words
from formcheck.io.texts import LANGUAGES, Texts
from formcheck.ui.web.common import Language, failures
from formcheck.ui.web.headers import report_policy
from formcheck.ui.web.live.moment import aimed, kind


class Health(BaseModel):
    """That it is there, and what it can."""

    version: str
    languages: list[str]
    history: bool


class FaultInfo(BaseModel):
    """A correction, and why it is given."""

    key: str
    say: str
    why: str


class ExerciseInfo(BaseModel):
    """An exercise in words.

    ``charted`` is the signal it is about; ``target`` where that should get to, ``allowed`` what no rule objects to at
    the top, both in its unit; null where there is no such line or end.
    """

    key: str
    name: str
    title: str
    how: list[str]
    camera: str
    dose: str
    cannot_see: list[str]
    faults: list[FaultInfo]
    drawings: list[str]
    captions: list[str]
    recognisable: bool
    kind: Literal["reps", "holds"]
    guide: Literal["line", "gauge", "leg", "none"]
    charted: str
    target: float | None
    allowed: tuple[float | None, float | None] | None


def router(*, keeps: bool) -> APIRouter:
    """Return the routes; ``keeps`` says whether there is a history."""
    routes = APIRouter(tags=["catalogue"], responses=failures(422))

    @routes.get("/health")
    def health() -> Health:
        """Tell the version and the languages."""
        return Health(version=__version__, languages=list(LANGUAGES), history=keeps)

    @routes.get("/texts")
    def texts(language: Language = "en") -> dict[str, str | list[str]]:
        """Return all texts of a language, their ``{places}`` not filled."""
        return Texts(language).all()

    @routes.get("/exercises")
    def exercises(language: Language = "en") -> list[ExerciseInfo]:
        """Return all exercises."""
        return [_exercise(each, language) for each in all_exercises()]

    @routes.get("/guide", response_class=HTMLResponse)
    def guide_page(language: Language = "en") -> HTMLResponse:
        """Return how the exercises are done, as a page."""
        page = guide.render(all_exercises(), Texts(language))
        return HTMLResponse(page, headers={"Content-Security-Policy": report_policy(None)})

    return routes


@cache
def _exercise(exercise: Exercise, language: str) -> ExerciseInfo:
    texts = Texts(language)
    said, at = words(exercise, texts), f"exercise.{exercise.key}.fault"
    drawn = guide.drawings(exercise, texts)
    return ExerciseInfo(
        key=exercise.key,
        name=exercise.name,
        title=said.title,
        how=list(said.how),
        camera=said.camera,
        dose=said.dose,
        cannot_see=list(said.cannot_see),
        faults=[
            FaultInfo(key=rule.key, say=texts.of(f"{at}.{rule.key}.say"), why=texts.of(f"{at}.{rule.key}.why"))
            for rule in exercise.rules
        ],
        drawings=[svg for _, svg in drawn],
        captions=[caption for caption, _ in drawn],
        recognisable=exercise.recognisable,
        kind=kind(exercise),
        guide=exercise.guide.kind,
        **aimed(exercise),
    )
