"""What the rest of the program speaks through: a desk that can be muted."""

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from formcheck.io.voice.desk import Desk
from formcheck.io.voice.line import Line


class Speaker:
    """A desk that can be muted. Who opened it closes it, after the last pipeline that speaks through it.

    Args:
        desk: says it.
        muted: True to begin silent.
    """

    def __init__(self, desk: Desk, *, muted: bool = False) -> None:
        self._desk = desk
        self._muted = muted

    @property
    def muted(self) -> bool:
        """True while nothing is spoken, safety included: who mutes it looks at the screen."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted
        if muted:
            self.hush()

    def say(self, t: float, lines: Sequence[Line] = ()) -> None:
        """Have lines said from session time ``t`` on, s; to be told every frame, also when that is nothing."""
        self._desk.put(t, () if self._muted else lines)

    def hush(self) -> None:
        """Drop what waits and cut off what is spoken."""
        self._desk.hush()

    def close(self, *, now: bool = False) -> None:
        """Say what waits, and end; ``now`` ends at once. A second time does nothing."""
        self._desk.close(now=now)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close(now=kind is not None)
