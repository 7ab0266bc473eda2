"""One question, until it is answered: by a key or a tap, or hands-free by a raised arm when the answer is spoken."""

from collections.abc import Callable, Generator
from dataclasses import replace

from formcheck.session.coaching import Option, Question, Say, Urgency
from formcheck.session.programme.mouth import KEPT_S, Mouth
from formcheck.session.programme.parts import Scene

_PAUSE_S = 2.2
"""After each answer has been spoken: hearing it, deciding and lifting an arm takes a second or two."""
_REACTION_S = 0.7
"""An arm that is recognised this shortly after the next answer began was meant for the one before."""
_TAKE_BACK_S = 3.0
_ROUNDS = 2
_REMIND_S = 60.0


class Asking:
    """Asks, counts the answers, repeats once, and then waits: without an answer nothing is assumed.

    Args:
        question: what to ask.
        mouth: speaks it.
        scene: gives the present frame.
    """

    def __init__(self, question: Question, mouth: Mouth, scene: Callable[[], Scene]) -> None:
        self.question = question
        self._mouth = mouth
        self._scene = scene
        self._given: Option | None = None
        self._anew = False

    def give(self, value: str | int) -> None:
        """Answer by key or tap.

        Raises:
            ValueError: ``value`` is none of the answers.
        """
        self._given = self.question.option(value)

    def again(self) -> None:
        """Ask from the beginning: the person was away."""
        self._anew = True

    def run(self) -> Generator[Question, None, Option]:
        """Yield the question as it stands in each frame; return the answer."""
        spoken = 0
        while True:
            self._anew = False
            if spoken < _ROUNDS:
                spoken += 1
                answer = yield from self._round()
            else:
                answer = None
                yield from self._wait()
                spoken = _ROUNDS - 1  # a raised arm, without an answer yet: once more
            if answer is not None and self._given is None:
                if (yield from self._stands(answer)):
                    answer = self._given or answer
                    self._mouth.silence()
                    return answer
                spoken -= 1  # taken back: that round does not count
            self._mouth.silence()
            if self._given is not None:
                return self._given
            if self._anew:
                spoken = 0

    def _round(self) -> Generator[Question, None, Option | None]:
        """Speak the question and then each answer; return the one an arm was raised for."""
        self._mouth.add(Say(self.question.key, self.question.values, Urgency.STAGE, KEPT_S))
        while self._mouth.busy(self._scene().now):
            yield self.question
            if self._interrupted:
                return None
        before: Option | None = None
        for option in self.question.options:
            self._mouth.add(option.say)
            begun = self._scene().now
            ends = begun + self._mouth.takes(option.say) + _PAUSE_S
            while self._scene().now < ends:
                yield replace(self.question, counted=option)
                if self._interrupted:
                    return None
                if self._scene().raised:
                    late = self._scene().now - begun < _REACTION_S
                    return before if late and before is not None else option
            before = option
        return None

    def _stands(self, option: Option) -> Generator[Question, None, bool]:
        """Say what was understood; return False where another raised arm takes it back."""
        said = _understood(option)
        self._mouth.interrupt(said)
        shown = replace(self.question, chosen=option)
        until = self._scene().now + self._mouth.takes(said) + _TAKE_BACK_S
        while self._mouth.busy(self._scene().now) or self._scene().now < until:
            yield shown
            if self._given is not None:
                return True
            if self._scene().raised or self._anew:
                return False
        return True

    def _wait(self) -> Generator[Question, None, None]:
        """Say that it waits; a raised arm asks for another round."""
        shown = replace(self.question, waiting=True)
        while True:
            self._mouth.add(Say("programme.waiting", {}, Urgency.STAGE, KEPT_S))
            until = self._scene().now + _REMIND_S
            while self._scene().now < until:
                yield shown
                if self._interrupted or self._scene().raised:
                    return

    @property
    def _interrupted(self) -> bool:
        return self._given is not None or self._anew


def _understood(option: Option) -> Say:
    if isinstance(option.value, int):
        return Say("programme.understood_number", {"answer": option.value}, Urgency.STAGE, KEPT_S)
    return Say("programme.understood", {"answer": f"@{option.say.key}"}, Urgency.STAGE, KEPT_S)
