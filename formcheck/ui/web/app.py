"""The server's application: guard, API, live socket, page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, WebSocket

from formcheck import __version__
from formcheck.ui.web import failing, pages
from formcheck.ui.web.live.rooms import Rooms
from formcheck.ui.web.live.socket import LiveSockets
from formcheck.ui.web.security import Guard
from formcheck.ui.web.settings import Settings

ROOT = "/api/v1"


def create_app(settings: Settings, static: Path = pages.STATIC) -> FastAPI:
    """Return the application.

    Args:
        settings: how it is to work.
        static: folder of the page's files.
    """
    rooms = Rooms(settings)
    sockets = LiveSockets(rooms, settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            yield
        finally:
            rooms.close()

    app = FastAPI(
        title="formcheck",
        version=__version__,
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,  # they would be fetched from elsewhere
        redoc_url=None,
    )
    app.add_middleware(Guard, settings=settings)
    failing.register(app)

    @app.websocket(f"{ROOT}/live")
    async def live(socket: WebSocket) -> None:
        await sockets.serve(socket)

    app.include_router(pages.router(static))
    return app
