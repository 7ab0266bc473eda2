"""Orders are carried out between frames, news is said with the next one; a session that is over stops its source."""

from collections.abc import Sequence

import pytest

from formcheck.core.events import Warn
from formcheck.core.pose import Sight
from formcheck.exercises import find
from formcheck.session.coaching import Coaching, Say
from formcheck.session.moment import Moment
from formcheck.session.session import Session
from formcheck.session.summary import Result
from formcheck.ui.live.steering import Order, Steering


class Actor:
    """A session that notes what it is asked."""

    def __init__(self, *says: str) -> None:
        self.asked: list[str] = []
        self.paused = self.over = self.ending = False
        self._coaching = Coaching("set", says=tuple(map(Say, says)))

    def step(self, sight: Sight) -> Moment:
        self.over = self.ending
        self.asked.append("step")
        return Moment(sight.t, find("bridge"), None, {}, None, (), (), None, (), coaching=self._coaching)

    def finish(self, reading: Sequence[Warn] = ()) -> Result:
        return Session(find("bridge")).finish(reading)

    def pause(self) -> None:
        self.paused = True
        self.asked.append("pause")

    def resume(self) -> None:
        self.paused = False
        self.asked.append("resume")

    def end(self) -> None:
        self.ending = True
        self.asked.append("end")


class Source:
    stopped = 0

    def stop(self) -> None:
        self.stopped += 1


SIGHT = Sight(0.0, None)


@pytest.mark.parametrize(
    ("orders", "asked"),
    [
        pytest.param([], ["step"], id="none"),
        pytest.param(["pause"], ["pause", "step"], id="pause"),
        pytest.param(["pause", "pause"], ["pause", "resume", "step"], id="pause and go on"),
        pytest.param(["next"], ["end", "step"], id="next without a next ends"),
        pytest.param(["quit"], ["end", "step"], id="quit"),
    ],
)
def test_an_order_waits_for_the_next_frame(orders: list[Order], asked: list[str]) -> None:
    steering = Steering(actor := Actor(), Source())
    for order in orders:
        steering.order(order)
    assert actor.asked == []
    steering.step(SIGHT)
    assert actor.asked == asked


def test_next_goes_to_the_next_where_there_is_one() -> None:
    skipped: list[int] = []
    steering = Steering(actor := Actor(), source := Source(), lambda: skipped.append(1))
    steering.order("next")
    steering.step(SIGHT)
    assert (skipped, actor.asked, source.stopped) == ([1], ["step"], 0)


def test_the_source_is_stopped_when_the_session_is_over_and_not_before() -> None:
    steering = Steering(Actor(), source := Source())
    steering.step(SIGHT)
    steering.order("quit")
    assert source.stopped == 0  # the last step says the last words
    steering.step(SIGHT)
    assert source.stopped == 1


def test_who_quits_twice_does_not_wait_for_a_frame() -> None:
    steering = Steering(actor := Actor(), source := Source())
    steering.order("quit")
    steering.order("quit")
    assert (source.stopped, actor.asked) == (1, [])


def test_news_is_said_once_before_the_session_s_own_words() -> None:
    steering = Steering(Actor("coach.rep"), Source())
    steering.tell("coach.camera_lost")
    said = [moment.coaching.says for moment in (steering.step(SIGHT), steering.step(SIGHT)) if moment.coaching]
    assert [[say.key for say in says] for says in said] == [["coach.camera_lost", "coach.rep"], ["coach.rep"]]
