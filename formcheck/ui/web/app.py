"""The server's application: guard, API, live socket, page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, WebSocket

from formcheck import __version__
from formcheck.ui.web import catalogue_api, failing, history_api, pages, plans_api
from formcheck.ui.web.live.rooms import Rooms
from formcheck.ui.web.live.socket import LiveSockets
from formcheck.ui.web.plans import Shelf
from formcheck.ui.web.security import Guard
from formcheck.ui.web.settings import Settings
from formcheck.ui.web.videos import api as videos_api
from formcheck.ui.web.videos.folder import sweep
from formcheck.ui.web.videos.queue import VideoQueue

ROOT = "/api/v1"


def create_app(settings: Settings, static: Path = pages.STATIC) -> FastAPI:
    """Return the application.

    Args:
        settings: how it is to work.
        static: folder of the page's files.
    """
    rooms = Rooms(settings)
    shelf = Shelf(settings)
    sockets = LiveSockets(rooms, shelf, settings)
    queue = VideoQueue(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        sweep()
        try:
            yield
        finally:
            queue.close()
            rooms.close()

    app = FastAPI(
        title="formcheck",
        version=__version__,
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,  # they would be fetched from elsewhere
        redoc_url=None,
        redirect_slashes=False,
    )
    app.add_middleware(Guard, settings=settings)
    failing.register(app)

    @app.websocket(f"{ROOT}/live")
    async def live(socket: WebSocket) -> None:
        await sockets.serve(socket)

    for part in (
        catalogue_api.router(keeps=settings.keep),
        plans_api.router(shelf, settings, rooms.here),
        videos_api.router(queue, settings),
        history_api.router(settings),
    ):
        app.include_router(part, prefix=ROOT)
    app.router.default = pages.Pages(static)
    return app
