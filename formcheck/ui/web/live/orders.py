"""A session with somebody at its wheel over a connection: orders and answers wait for the next frame."""

from collections import deque
from collections.abc import Callable, Sequence

from formcheck.core.events import Warn
from formcheck.core.pose import Sight
from formcheck.session.moment import Moment
from formcheck.session.pipeline import Steered
from formcheck.session.summary import Result
from formcheck.ui.live.steering import Asking, News, Stoppable
from formcheck.ui.web.live.messages import Answer, Order

MOST = 64
"""Orders and answers that wait; of more, the latest."""


class Ordered:
    """What the one loop judges with. Orders and news may come from any thread.

    Args:
        session: what is steered.
        source: stopped once the session is over.
        skip: what "next" does where there is a next; otherwise it ends the session.
        on_refused: is told of an answer that is none.

    Attributes:
        cut_short: it was ended by an order.
    """

    def __init__(
        self,
        session: Steered,
        source: Stoppable,
        skip: Callable[[], None] | None,
        on_refused: Callable[[Answer], None],
    ) -> None:
        self._session, self._source, self._on_refused = session, source, on_refused
        self._skip = skip
        self._waiting: deque[Order | Answer] = deque(maxlen=MOST)
        self._news = News()
        self.cut_short = False

    def give(self, message: Order | Answer) -> None:
        """Have it carried out before the next frame."""
        self._waiting.append(message)

    def tell(self, key: str) -> None:
        """Have a text said with the next frame."""
        self._news.tell(key)

    def step(self, sight: Sight) -> Moment:
        """Carry out what was ordered, and judge one frame."""
        while self._waiting:
            match self._waiting.popleft():
                case Order() as order:
                    self._do(order)
                case Answer() as answer:
                    self._answer(answer)
        moment = self._session.step(sight)
        if self._session.over:
            self._source.stop()
        return self._news.said_with(moment)

    def finish(self, reading: Sequence[Warn] = ()) -> Result:
        """End it."""
        return self._session.finish(reading)

    def _do(self, order: Order) -> None:
        session = self._session
        match order.order:
            case "pause":
                session.pause()
            case "resume":
                session.resume()
            case "next" if self._skip is not None:
                self._skip()
            case "hurts" | "numb" if isinstance(session, Asking):
                session.stop(numb=order.order == "numb")
            case _:
                self.cut_short = True
                session.end()

    def _answer(self, answer: Answer) -> None:
        session = self._session
        if not isinstance(session, Asking) or session.question is None or session.question.key != answer.question:
            return  # answered already, or by a raised arm
        try:
            session.answer(answer.value)
        except ValueError:
            self._on_refused(answer)
