"""Orders from keys and signals, carried out between two frames: a session is used by one thread only."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, Protocol, runtime_checkable

from formcheck.core.events import Warn
from formcheck.core.pose import Sight
from formcheck.session.coaching import Coaching, Question, Say, Urgency
from formcheck.session.moment import Moment
from formcheck.session.pipeline import Steered
from formcheck.session.summary import Result

Order = Literal["pause", "next", "quit", "hurts", "numb"]
"""Pause or go on; end the set, or go to the next; end the session; stop because it hurts, or tingles."""


@runtime_checkable
class Asking(Protocol):
    """A session that asks questions, and can be told why to stop."""

    @property
    def question(self) -> Question | None:
        """What is asked now."""

    def answer(self, value: str | int) -> bool:
        """Answer it; ValueError where ``value`` is none of its answers."""

    def stop(self, *, numb: bool = False) -> None:
        """Stop for good, because of numbness or otherwise."""


class Stoppable(Protocol):
    """A source that can be told to deliver no more."""

    def stop(self) -> None:
        """Deliver nothing any more."""


class News:
    """Texts that are to be said with the next frame; told from any thread."""

    def __init__(self) -> None:
        self._says: deque[Say] = deque()

    def tell(self, key: str) -> None:
        """Have a text said."""
        self._says.append(Say(key, urgency=Urgency.STAGE, fresh_s=5.0))

    def said_with(self, moment: Moment) -> Moment:
        """Return the moment with what there is to be said, before its own words."""
        if not self._says:
            return moment
        coaching = moment.coaching or Coaching("set")
        news = tuple(self._says.popleft() for _ in range(len(self._says)))
        return replace(moment, coaching=replace(coaching, says=(*news, *coaching.says)))


class Steering:
    """A session with somebody at its wheel; the one loop judges with it. Orders and news may come from any thread.

    Args:
        session: what is steered.
        source: stopped once the session is over.
        skip: what "next" does where there is a next; otherwise it ends the session.

    Attributes:
        quits: how often the person, a signal, or the source's end asked it to end.
    """

    def __init__(self, session: Steered, source: Stoppable, skip: Callable[[], None] | None = None) -> None:
        self._session = session
        self._source = source
        self._skip = skip or session.end
        self._orders: deque[Order] = deque()
        self._answers: deque[tuple[str, str | int]] = deque()
        self._news = News()
        self.quits = 0

    @property
    def paused(self) -> bool:
        """Whether the person has paused it."""
        return self._session.paused

    def order(self, order: Order) -> None:
        """Have something done before the next frame. Whoever says quit twice does not wait for the session's end."""
        if order == "quit":
            self.quits += 1
            if self.quits > 1:
                self._source.stop()
        self._orders.append(order)

    def answer(self, question: Question, value: str | int) -> None:
        """Have a question answered before the next frame, if it still is asked then."""
        self._answers.append((question.key, value))

    def tell(self, key: str) -> None:
        """Have a text said with the next frame."""
        self._news.tell(key)

    def step(self, sight: Sight) -> Moment:
        """Carry out what was ordered, and judge one frame."""
        while self._orders:
            self._do(self._orders.popleft())
        while self._answers:
            self._give(*self._answers.popleft())
        moment = self._session.step(sight)
        if self._session.over:
            self._source.stop()
        return self._news.said_with(moment)

    def finish(self, reading: Sequence[Warn] = ()) -> Result:
        """End it."""
        return self._session.finish(reading)

    def _do(self, order: Order) -> None:
        if order == "quit":
            self._session.end()
        elif order == "next":
            self._skip()
        elif order in ("hurts", "numb"):
            if isinstance(self._session, Asking):
                self._session.stop(numb=order == "numb")
            else:
                self._session.end()
        elif self._session.paused:
            self._session.resume()
        else:
            self._session.pause()

    def _give(self, key: str, value: str | int) -> None:
        session = self._session
        if isinstance(session, Asking) and session.question is not None and session.question.key == key:
            session.answer(value)
