"""Turns what went wrong in a request into a response."""

import logging

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import compile_path
from starlette.status import HTTP_405_METHOD_NOT_ALLOWED

from formcheck.errors import FormcheckError
from formcheck.ui.web.problems import Problem, known, of_error

_log = logging.getLogger(__name__)
_WORDS = {
    404: ("not_found", "There is nothing here.", "See /api/openapi.json for what there is."),
    405: ("wrong_method", "That cannot be done here.", "See /api/openapi.json for what can."),
}


def register(app: FastAPI) -> None:
    """Have all failures answered in one form."""

    @app.exception_handler(Problem)
    async def problem(_: Request, error: Problem) -> JSONResponse:
        return _answer(error)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return _answer(Problem(422, "invalid", f"{where}: {first['msg']}.", "See /api/openapi.json."))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        words = _WORDS.get(error.status_code, ("failed", str(error.detail), "See /api/openapi.json."))
        headers = dict(error.headers or {})
        if error.status_code == HTTP_405_METHOD_NOT_ALLOWED and (allowed := _allowed(app, request.url.path)):
            headers["Allow"] = allowed
        return _answer(Problem(error.status_code, *words, headers))

    @app.exception_handler(FormcheckError)
    async def ours(_: Request, error: FormcheckError) -> JSONResponse:
        return _answer(of_error(error))

    @app.exception_handler(Exception)
    async def defect(_: Request, error: Exception) -> JSONResponse:
        _log.error("a request has failed", exc_info=error)
        return _answer(known(500, "defect"))


def _allowed(app: FastAPI, path: str) -> str:
    """All methods of a path, as the description has them: each has a route of its own, which knows only its own."""
    found = [methods for each, methods in app.openapi()["paths"].items() if compile_path(each)[0].match(path)]
    return ", ".join(sorted({method.upper() for methods in found for method in methods}))


def _answer(problem: Problem) -> JSONResponse:
    return JSONResponse(problem.body(), problem.status, problem.headers)
