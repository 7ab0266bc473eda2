"""Shows the newest moment in the window, and turns keys into orders.

``take`` is called by one thread, the rest by another: drawing overlaps with finding the person in the next frame.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

import cv2

from formcheck.core.frame import Frame, Image
from formcheck.core.pose import Sight
from formcheck.io.latest import Latest
from formcheck.io.voice import Speaker
from formcheck.session.coaching import Question
from formcheck.session.moment import Moment
from formcheck.session.summary import Result
from formcheck.ui.live.painter import HELP_S, Painter, State
from formcheck.ui.live.steering import Order, Steering

_TICK_S = 0.05
"""How long the window may go without looking for keys, s."""


_ORDERS: dict[str, Order] = {
    "q": "quit", "esc": "quit", "space": "pause", "n": "next", "x": "hurts", "t": "numb",
}  # fmt: skip


class Shows(Protocol):
    """A window."""

    @property
    def closed(self) -> bool:
        """Whether the person has closed it."""

    def show(self, image: Image) -> None:
        """Show a picture."""

    def key(self) -> str | None:
        """Return the key that was pressed."""

    def toggle_full_screen(self) -> None:
        """Fill the screen, or no longer."""

    def close(self) -> None:
        """Close it."""


@dataclass(frozen=True, slots=True)
class _Shown:
    frame: Frame | None
    moment: Moment


class Display:
    """A sink that shows.

    Args:
        window: where.
        painter: what.
        steering: takes the orders.
        speaker: is muted by key.
        on_shown: is told the time of each frame once it is on the screen.
    """

    def __init__(
        self,
        window: Shows,
        painter: Painter,
        steering: Steering,
        speaker: Speaker,
        on_shown: Callable[[float], None] | None = None,
    ) -> None:
        self._window, self._painter = window, painter
        self._steering, self._speaker, self._on_shown = steering, speaker, on_shown
        self._latest: Latest[_Shown] = Latest()
        self._frame: Frame | None = None
        self._question: Question | None = None  # as it is shown
        self._help = True
        self._by_itself = True  # the keys are shown at the start, and go away again

    def take(self, frame: Frame | None, sight: Sight, moment: Moment) -> None:
        """Have a moment shown, unless a newer one comes first."""
        del sight
        self._latest.put(_Shown(frame, moment))

    def finish(self, result: Result) -> None:
        """The last picture stays while the last words are spoken."""

    def abort(self) -> None:
        """The window is closed by whoever opened it."""

    def turn(self) -> bool:
        """Show what is new and do what was pressed; False once the person has closed the window."""
        shown = self._latest.take(_TICK_S)
        try:
            if shown is not None:
                self._show(shown)
            key = self._window.key()  # a picture is on the screen only after this
            if shown is not None and shown.frame is not None and self._on_shown is not None:
                self._on_shown(shown.frame.t)
            if key is not None:
                self._press(key)
        except cv2.error:
            return False
        return not self._window.closed

    def _show(self, shown: _Shown) -> None:
        frame = self._frame = shown.frame or self._frame
        if frame is None:
            return
        if self._by_itself:
            self._help = shown.moment.t < HELP_S
        state = State(
            lost=shown.frame is None and not self._ended(shown.moment),
            muted=self._speaker.muted,
            help=self._help,
        )
        coaching = shown.moment.coaching
        self._question = coaching.question if coaching is not None else None
        moment = shown.moment if shown.frame is not None else replace(shown.moment, body=None)
        self._window.show(self._painter.paint(frame.image, moment, state))

    @staticmethod
    def _ended(moment: Moment) -> bool:
        return moment.coaching is not None and moment.coaching.stage == "over"

    def _press(self, key: str) -> None:
        question = self._question
        if question is not None and (chosen := question.pressed(key)) is not None:
            self._steering.answer(question, chosen.value)
        elif key in _ORDERS:
            self._steering.order(_ORDERS[key])
        elif key == "m":
            self._speaker.muted = not self._speaker.muted
        elif key == "f":
            self._window.toggle_full_screen()
        elif key in ("h", "?"):
            self._help, self._by_itself = not self._help, False
