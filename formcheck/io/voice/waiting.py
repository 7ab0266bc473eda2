"""What waits to be spoken, and in which order. Knows no clock and no thread: it is told the time."""

from dataclasses import dataclass

from formcheck.io.voice.line import Line
from formcheck.session.coaching import Urgency


@dataclass(frozen=True, slots=True)
class _Waiting:
    line: Line
    since: float


class Waiting:
    """The lines that wait: the most urgent first, among equals the one that came first; none that has become stale."""

    def __init__(self) -> None:
        self._lines: list[_Waiting] = []

    def __len__(self) -> int:
        """Return how many wait, stale ones included."""
        return len(self._lines)

    def put(self, line: Line, now: float) -> None:
        """Let a line wait from ``now`` on, s; an older one with the same key goes: only the newer one is still true.

        Lines of one moment are all true: a summary may count twice, of two exercises.
        """
        self._lines = [each for each in self._lines if each.line.key != line.key or each.since == now]
        self._lines.append(_Waiting(line, now))

    def take(self, now: float) -> Line | None:
        """Return the line to be spoken at ``now``, s, and drop those that are no longer worth it."""
        self._lines = [each for each in self._lines if now - each.since <= each.line.fresh_s]
        if not self._lines:
            return None
        first = min(self._lines, key=lambda each: each.line.urgency)  # the first of equals
        self._lines.remove(first)
        return first.line

    def clear(self) -> None:
        """Drop everything."""
        self._lines.clear()


def cuts_off(line: Line, spoken: Line) -> bool:
    """Return whether a new line may cut off the one that is being spoken.

    Only safety may, and not other safety: half a sentence of anything else helps nobody, and costs a second at most.
    """
    return line.urgency is Urgency.SAFETY and spoken.urgency is not Urgency.SAFETY
