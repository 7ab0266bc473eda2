"""When a picture is worth passing over for the next one: a loop a little too slow would judge ever older ones."""

_SHARE = 1 / 16
"""Of the time, at most, that is spent waiting for a fresher picture: as many pictures a second are lost."""
_FRESH = 0.15
"""Periods of the camera up to which a picture counts as just taken."""


class Freshness:
    """Decides it, from how old pictures are when there is time for them.

    A loop that takes a millisecond longer than the camera's period finds each picture a millisecond older than the
    one before, up to a whole period; half a period on average, for nothing. A wait now and then starts anew with a
    fresh one, and is bought with few pictures where the next one is due soon, or after a long time without a wait.
    """

    def __init__(self) -> None:
        self._waited = 0.0

    def wait_s(self, taken: float, now: float, period: float) -> float:
        """Return for how long to wait for the next picture, s; 0 to take the one that is there.

        Args:
            taken: time of the newest picture, s.
            now: the time, s.
            period: time from picture to picture as the camera gives them, s.
        """
        age = now - taken
        due = period - age
        if not _FRESH * period < age < period or due > _SHARE * (now - self._waited):
            return 0.0
        self._waited = now
        return due + _FRESH * period
