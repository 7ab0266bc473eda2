"""All live sessions of the server: a few at once, each known by its token."""

from threading import RLock

from formcheck.ui.web.live.room import Room
from formcheck.ui.web.live.sessions import Chosen
from formcheck.ui.web.problems import Problem, known
from formcheck.ui.web.settings import Settings

_CLOSE_S = 10.0


class Rooms:
    """The sessions.

    Args:
        settings: of the server.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = RLock()
        self._rooms: dict[str, Room] = {}
        self._closed = False

    def begin(self, chosen: Chosen) -> Room:
        """Begin a session; where there are too many, one whose browser is away ends for it.

        Raises:
            Problem: too many are going on.
        """
        with self._lock:
            self._forget()
            running = [room for room in self._rooms.values() if room.running]
            most = self._settings.limits.sessions
            if self._closed or len(running) >= 2 * most:
                raise _busy(most)
            here = [room for room in running if room.away_since is None]
            if len(here) >= most:
                raise _busy(most)
            away = sorted((room for room in running if room.away_since is not None), key=lambda r: r.away_since or 0)
            for room in away[: max(0, len(running) - most + 1)]:
                room.end()
            room = Room(chosen, self._settings, self._gone)
            self._rooms[room.token] = room
        room.start()
        return room

    def find(self, token: str) -> Room:
        """Return the session with this token.

        Raises:
            Problem: there is none, or no longer.
        """
        with self._lock:
            self._forget()
            room = self._rooms.get(token)
        if room is None:
            raise known(404, "session_lost")
        return room

    def here(self) -> set[int]:
        """Return the numbers in the history of the sessions whose browser is there."""
        with self._lock:
            rooms = list(self._rooms.values())
        return {room.kept for room in rooms if room.running and room.away_since is None and room.kept is not None}

    def leave(self, plan: str) -> None:
        """End the sessions by a plan whose browser is away, with all that was done kept; waits for it."""
        with self._lock:
            rooms = [room for room in self._rooms.values() if room.running and room.away_since is not None]
        away = [room for room in rooms if room.chosen.plan is not None and room.chosen.plan.key == plan]
        for room in away:
            room.end()
        for room in away:
            room.join(_CLOSE_S)

    def close(self) -> None:
        """End all of them, with all that was done kept."""
        with self._lock:
            self._closed = True
            rooms = list(self._rooms.values())
        for room in rooms:
            room.end()
        for room in rooms:
            room.join(_CLOSE_S)

    def _gone(self, room: Room) -> None:
        """Nothing runs in it any more; what it has to say is kept a while where nobody has heard it."""
        with self._lock:
            if room.away_since is None:
                self._rooms.pop(room.token, None)

    def _forget(self) -> None:
        clock, keep = self._settings.clock(), self._settings.limits.away_s
        for token, room in list(self._rooms.items()):
            if not room.running and (room.away_since is None or clock - room.away_since > keep):
                del self._rooms[token]


def _busy(most: int) -> Problem:
    return known(503, "busy", most=most)
