"""The page and its files, out of the package."""

from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from formcheck.ui.web.problems import Problem

STATIC = Path(str(files("formcheck.ui.web") / "static"))
_INDEX = "index.html"
_PAGES = ("", "live", "videos", "history", "guide")


def router(folder: Path) -> APIRouter:
    """Return what serves the files in a folder; every page's path is the same file, its script does the rest."""
    routes = APIRouter(include_in_schema=False)
    static = StaticFiles(directory=folder, check_dir=False)

    @routes.api_route("/{path:path}", methods=["GET", "HEAD"])
    async def page(path: str, request: Request) -> Response:
        first = path.partition("/")[0]
        try:
            return await static.get_response(_INDEX if first in _PAGES and "." not in path else path, request.scope)
        except HTTPException as error:
            if error.status_code == 404:
                raise Problem(
                    404, "not_found", f"There is no page /{path}.", "Go to the page's beginning: /"
                ) from error
            raise

    return routes
