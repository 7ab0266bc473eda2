"""The page and its files, out of the package: for whatever no other route takes."""

from importlib.resources import files
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from formcheck.ui.web.problems import Problem

STATIC = Path(str(files("formcheck.ui.web") / "static"))
_INDEX = "index.html"
_PAGES = ("", "live", "videos", "history", "guide")
_NO_SOCKET = 1008


class Pages:
    """Serves the files in a folder. Every page's path is the same file, whose script does the rest.

    Args:
        folder: of the files.
    """

    def __init__(self, folder: Path) -> None:
        self._static = StaticFiles(directory=folder, check_dir=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await receive()
            await send({"type": "websocket.close", "code": _NO_SOCKET})
            return
        path: str = scope["path"]
        if path.startswith("/api/"):
            raise Problem(404, "not_found", f"There is no {path}.", "See /api/openapi.json for what there is.")
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        name = path.strip("/")
        try:
            response = await self._static.get_response(_INDEX if name in _PAGES else name, scope)
        except HTTPException as error:
            raise Problem(404, "not_found", f"There is no page {path}.", "Go to the beginning: /") from error
        await response(scope, receive, send)
