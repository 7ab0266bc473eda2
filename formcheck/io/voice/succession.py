"""What takes over when an engine dies in the middle of a set: the session goes on, and it is told once."""

from collections import deque
from collections.abc import Callable, Iterable
from typing import Generic, Protocol, TypeVar

from formcheck.io.voice.kind import Kind


class _Named(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> Kind: ...


T = TypeVar("T", bound=_Named)
R = TypeVar("R")

_INSTEAD = {
    "speech": "{name} speaks from now on",
    "tones": "tones are played from now on",
    "silence": "nothing is heard from now on",
}


class Succession(Generic[T]):
    """Engines (or voices) in the order in which they are used; the last one must not fail.

    Args:
        those: the best first.
        notice: is told of each that dies, in the thread in which it is used.
    """

    def __init__(self, those: Iterable[T], notice: Callable[[str], None]) -> None:
        self._those = deque(those)
        self._notice = notice

    @property
    def first(self) -> T:
        """The one in use."""
        return self._those[0]

    def do(self, task: Callable[[T], R]) -> R:
        """Have the first one do something; one that fails is never asked again, and the next one does it."""
        failed: list[str] = []
        while True:
            try:
                done = task(self.first)
            except Exception as error:  # whatever a driver raises: no sound must end a session
                if len(self._those) == 1:
                    raise
                failed.append(f"{self._those.popleft().name}: {error}")
                continue
            if failed:
                instead = _INSTEAD[self.first.kind].format(name=self.first.name)
                self._notice(f"the voice stopped working ({failed[0]}); {instead}")
            return done
