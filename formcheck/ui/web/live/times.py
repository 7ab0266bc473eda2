"""One clock for a session, out of the browser's, which begins anew with every page, and the server's."""

_LEAP_S = 5.0
"""A browser's clock that goes on by more than this, and more than the server's, was put forward."""
_STEP_S = 0.001


class Times:
    """The session's time; it always rises.

    Args:
        now: by the server's clock, s; the session's time is 0 then.

    Attributes:
        last: the session's time that was given last, s.
    """

    def __init__(self, now: float) -> None:
        self.last = 0.0
        self._given_at = now
        self._line: int | None = None
        self._before = self._came = self._ahead = 0.0

    def of(self, line: int, t: float, arrived: float) -> float | None:
        """Return the session's time of a picture; None where its time does not rise.

        Args:
            line: number of the connection it came by: with each, the browser's clock may begin anew.
            t: when it was taken, by the browser's clock, s.
            arrived: when it came in, by the server's clock, s.
        """
        if line != self._line:
            self._line = line
            self._ahead = self._gone_on(arrived) - t
        else:
            step = t - self._before
            if step <= 0:
                return None
            if step > _LEAP_S and step > arrived - self._came + _LEAP_S:
                self._ahead = self._gone_on(arrived) - t
        self._before, self._came = t, arrived
        self._ahead += max(0.0, self.last + _STEP_S - (t + self._ahead))
        return self._give(t + self._ahead, arrived)

    def now(self, now: float) -> float:
        """Return the session's time without a picture; ``now`` by the server's clock, s."""
        return self._give(self._gone_on(now), now)

    def _gone_on(self, now: float) -> float:
        return self.last + max(_STEP_S, now - self._given_at)

    def _give(self, t: float, now: float) -> float:
        self.last, self._given_at = round(t, 6), now
        return self.last
