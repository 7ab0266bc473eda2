"""A real server on a loopback port, a browser that speaks its socket, and an estimator that sees what a trace has."""

import json
import struct
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import cv2
import httpx
import numpy as np
import uvicorn
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.ui.web.app import create_app
from formcheck.ui.web.running import bound, config
from formcheck.ui.web.settings import Settings

JPEG = cv2.imencode(".jpg", np.full((48, 64, 3), 120, np.uint8))[1].tobytes()
"""A small grey picture."""
Told = dict[str, Any]


class Seen:
    """An estimator that sees these, one a picture, at the picture's time; then nobody."""

    def __init__(self, sights: Iterable[Sight]) -> None:
        self._sights = iter(sights)
        self.closed = False

    def estimate(self, frame: Frame) -> Sight:
        sight = next(self._sights, Sight(frame.t, None))
        return replace(sight, t=frame.t, pose=sight.pose and replace(sight.pose, t=frame.t))

    def close(self) -> None:
        self.closed = True


class Served:
    """A running server."""

    def __init__(self, settings: Settings) -> None:
        self._pages = TemporaryDirectory()
        static = Path(self._pages.name)
        (static / "index.html").write_text("<!doctype html><title>a page</title>")
        self.socket = bound("127.0.0.1", 0)
        self.port = self.socket.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        app = create_app(settings, static)
        self._server = uvicorn.Server(config(app, settings))
        self._thread = threading.Thread(target=self._server.run, args=([self.socket],))

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            time.sleep(0.005)
        self.http = httpx.Client(base_url=self.origin, timeout=30, trust_env=False)
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.http.close()
        self._server.should_exit = True
        self._thread.join(30)
        assert not self._thread.is_alive()
        self.socket.close()
        self._pages.cleanup()

    @contextmanager
    def browser(self, *, origin: str | None = "", **headers: str) -> Iterator["Browser"]:
        with connect(
            f"ws://127.0.0.1:{self.port}/api/v1/live",
            origin=self.origin if origin == "" else origin,  # type: ignore[arg-type]
            additional_headers=headers or None,
            proxy=None,
            compression=None,
            max_size=None,
            close_timeout=1,
        ) as socket:
            yield Browser(socket)

    def get(self, path: str, **how: Any) -> httpx.Response:
        return self.http.get(f"/api/v1{path}", **how)


class Browser:
    """Speaks the protocol; ``t`` is its clock."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.t = 0.0

    def start(self, **how: Any) -> Told:
        self.say(type="start", **{"exercise": "bridge", "quick": True, **how})
        return self.hear()

    def say(self, **message: Any) -> None:
        self.socket.send(json.dumps(message))

    def order(self, order: str) -> None:
        self.say(type="order", order=order)

    def hear(self) -> Told:
        told: Told = json.loads(self.socket.recv(30))
        return told

    def wait_for(self, kind: str) -> Told:
        while (told := self.hear())["type"] != kind:
            pass
        return told

    def send(self, jpeg: bytes = JPEG, dt: float = 1 / 25) -> None:
        self.t = round(self.t + dt, 6)
        with suppress(ConnectionClosed):  # its last words can still be heard
            self.socket.send(struct.pack("<d", self.t) + jpeg)

    def show(self, jpeg: bytes = JPEG, dt: float = 1 / 25) -> Told:
        """Send a picture and return what is said to it; the session may be over."""
        self.send(jpeg, dt)
        while True:
            told = self.hear()
            if told["type"] != "moment" or not told["blind"]:
                return told

    def watch(self, n: int) -> list[Told]:
        """Send so many pictures, or until something else comes than moments."""
        heard = []
        for _ in range(n):
            heard.append(self.show())
            if heard[-1]["type"] != "moment":
                break
        return heard


def keys(moments: Iterable[Told]) -> list[str]:
    """What was said."""
    return [say["key"] for moment in moments for say in moment.get("says", ())]
