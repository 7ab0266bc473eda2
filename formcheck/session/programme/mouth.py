"""Says one line after another: the next begins when the one before has been heard."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from math import inf

from formcheck.session.coaching import Say, Urgency

KEPT_S = 60.0
"""What belongs to the programme's course is worth saying also when it had to wait."""
_BREATH_S = 0.4
"""Between two lines, s."""


def lasts(say: Say) -> float:
    """Return about how long a line takes to say, s, where its words are not known: a number is short."""
    return 1.0 if say.urgency is Urgency.COUNT else 4.0


class Mouth:
    """What the programme itself says, paced by how long each line takes.

    Args:
        takes: how long a line takes to say, s.
    """

    def __init__(self, takes: Callable[[Say], float] = lasts) -> None:
        self.takes = takes
        self._waiting: deque[Say] = deque()
        self._free_at = -inf
        self._speaking = Urgency.PRAISE
        self._line: Say | None = None

    def add(self, *says: Say) -> None:
        """Put lines behind those that wait."""
        self._waiting.extend(says)

    def interrupt(self, *says: Say) -> None:
        """Say these at once; what waited is dropped, and what is being said is cut off unless it ranks higher."""
        self._waiting.clear()
        if says and says[0].urgency <= self._speaking:
            self._free_at = -inf
        self.add(*says)

    def silence(self) -> None:
        """Drop what waits and what is being said."""
        self._waiting.clear()
        self._free_at = -inf

    def busy(self, now: float) -> bool:
        """Return whether something is still being said at ``now`` s, or waits."""
        return bool(self._waiting) or now < self._free_at

    @property
    def line(self) -> Say | None:
        """The line that began last."""
        return self._line

    def heard(self, now: float, says: Iterable[Say]) -> None:
        """Leave others' words the time they take before the next line begins."""
        for say in says:
            self._take(now, say)

    def step(self, now: float, passing: Sequence[Say] = ()) -> tuple[Say, ...]:
        """Return what begins to be said at ``now`` s, most urgent first.

        Args:
            now: s.
            passing: others' words; dropped where a line that ranks higher is being said.
        """
        begun = []
        if self._waiting and now >= self._free_at:
            self._line = self._waiting.popleft()
            begun.append(self._line)
            self._take(now, self._line)
        over = now >= self._free_at
        begun += [say for say in passing if over or say.urgency <= self._speaking]
        return tuple(sorted(begun, key=lambda say: say.urgency))

    def _take(self, now: float, say: Say) -> None:
        self._free_at = max(now, self._free_at) + self.takes(say) + _BREATH_S
        self._speaking = say.urgency
