"""The socket: its first message begins a session or goes on with one; then pictures and orders come up."""

import asyncio
import struct
from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from math import isfinite
from typing import Any

from anyio import to_thread
from starlette.websockets import WebSocket, WebSocketDisconnect

from formcheck.ui.web.live.line import Line
from formcheck.ui.web.live.messages import MOST_TEXT, Message, Start, parsed
from formcheck.ui.web.live.room import Room
from formcheck.ui.web.live.rooms import Rooms
from formcheck.ui.web.live.sessions import chosen
from formcheck.ui.web.live.source import Incoming
from formcheck.ui.web.live.telling import as_text
from formcheck.ui.web.plans import Shelf
from formcheck.ui.web.problems import Problem, known
from formcheck.ui.web.settings import Settings

_TIME = struct.Struct("<d")
_LATEST_S = 1e9
_POLICY, _TOO_LARGE, _LATER = 1008, 1009, 1013


class _CloseError(Exception):
    """The socket is to be closed."""

    def __init__(self, code: int, reason: str = "") -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class LiveSockets:
    """The endpoint of all live sockets.

    Args:
        rooms: the sessions.
        shelf: the plans.
        settings: of the server.
    """

    def __init__(self, rooms: Rooms, shelf: Shelf, settings: Settings) -> None:
        self._rooms, self._shelf, self._settings = rooms, shelf, settings
        self._numbers = count(1)
        self._open = 0

    async def serve(self, socket: WebSocket) -> None:
        """Serve one browser until it goes or its session is over."""
        await socket.accept()
        self._open += 1
        try:
            if self._open > self._settings.limits.sockets:
                await _say(socket, _too_many(self._settings.limits.sockets))
                raise _CloseError(_LATER, "too many sockets")
            await self._serve(socket)
        except _CloseError as wish:
            with suppress(RuntimeError, WebSocketDisconnect):
                await socket.close(wish.code, wish.reason)
        except WebSocketDisconnect:
            return
        finally:
            self._open -= 1

    async def _serve(self, socket: WebSocket) -> None:
        room, started = await self._begin(socket)
        line = Line(next(self._numbers))
        room.attach(line, started)
        down = asyncio.create_task(_send(socket, line))
        up = asyncio.create_task(self._receive(socket, line, room))
        try:
            await asyncio.wait({down, up}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            room.detach(line)
            for task in (down, up):
                task.cancel()
            results = await asyncio.gather(down, up, return_exceptions=True)
        for result in results:
            if isinstance(result, Exception):
                raise result

    async def _begin(self, socket: WebSocket) -> tuple[Room, dict[str, Any]]:
        """Return the session that the browser asks for, and what it is told first."""
        until = asyncio.get_running_loop().time() + self._settings.limits.start_s
        while True:
            try:
                async with asyncio.timeout_at(until):
                    message = self._text(await _received(socket))
                if not isinstance(message, Start):
                    raise _no_start()
                return await to_thread.run_sync(self._room, message)
            except TimeoutError:
                await _say(socket, _no_start())
                raise _CloseError(_POLICY, "no start") from None
            except Problem as problem:
                await _say(socket, problem)
                if problem.key == "busy":
                    raise _CloseError(_LATER, "busy") from None

    def _room(self, start: Start) -> tuple[Room, dict[str, Any]]:
        resumed = start.resume is not None
        if start.resume is not None:
            room = self._rooms.find(start.resume)
        else:
            if start.again and start.plan is not None:
                self._rooms.leave(start.plan)
            room = self._rooms.begin(chosen(start, self._shelf, self._settings, self._rooms.here()))
        about = room.chosen
        return room, {
            "type": "started",
            "token": room.token,
            "resumed": resumed,
            "exercise": about.exercise.key if about.exercise else None,
            "plan": about.plan.key if about.plan else None,
        }

    async def _receive(self, socket: WebSocket, line: Line, room: Room) -> None:
        while True:
            event = await _received(socket)
            picture = event.get("bytes")
            try:
                if picture is not None:
                    room.frame(self._incoming(picture, line))
                elif (message := self._text(event)) is not None:
                    if isinstance(message, Start):
                        raise Problem(409, "started_already", "The session has begun.", "Open another socket.")
                    room.give(message)
            except Problem as problem:
                line.post(problem.message())

    def _incoming(self, data: bytes, line: Line) -> Incoming:
        if len(data) > self._settings.limits.frame:
            raise _CloseError(_TOO_LARGE, "picture too large")
        t = _TIME.unpack_from(data)[0] if len(data) > _TIME.size else float("nan")
        if not (isfinite(t) and abs(t) < _LATEST_S):
            raise Problem(422, "frame_broken", "A picture was left out: it has no time.", "See the protocol.")
        return Incoming(line.number, t, data[_TIME.size :], self._settings.clock())

    def _text(self, event: Mapping[str, Any]) -> Message | None:
        text = event.get("text")
        if text is None:
            return None
        if len(text) > MOST_TEXT:
            raise _CloseError(_TOO_LARGE, "message too large")
        try:
            return parsed(text)
        except ValueError as error:
            raise Problem(422, "bad_message", f"That is no message: {error}.", "See the protocol.") from error


async def _received(socket: WebSocket) -> Mapping[str, Any]:
    event = await socket.receive()
    if event["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(event.get("code") or 1000)
    return event


async def _send(socket: WebSocket, line: Line) -> None:
    while (text := await line.next()) is not None:
        await socket.send_text(text)
    code, reason = line.closing or (1000, "")
    raise _CloseError(code, reason)


async def _say(socket: WebSocket, problem: Problem) -> None:
    await socket.send_text(as_text(problem.message()))


def _no_start() -> Problem:
    return Problem(422, "no_start", "The first message has to begin a session.", 'Send {"type": "start", ...}.')


def _too_many(most: int) -> Problem:
    return known(503, "crowded", most=most)
