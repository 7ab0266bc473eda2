"""Answers typed where there is no window: a line each, from standard input."""

import sys
from collections.abc import Callable
from threading import Thread

from rich.markup import escape

from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.io.texts import Texts
from formcheck.session.coaching import Question
from formcheck.session.moment import Moment
from formcheck.session.summary import Result
from formcheck.ui.live.steering import Order, Steering

WORDS: dict[str, Order] = {"p": "pause", "n": "next", "x": "hurts", "t": "numb", "q": "quit"}
"""What a line may be besides an answer."""


class Typed:
    """A sink that shows questions as text, and takes their answers from lines.

    Args:
        texts: of the person's language.
        show: prints a line, with rich's markup.
    """

    def __init__(self, texts: Texts, show: Callable[[str], None]) -> None:
        self._texts, self._show = texts, show
        self._question: Question | None = None

    def listen(self, steering: Steering) -> None:
        """Begin to read lines; a closed input is nobody who types."""
        Thread(target=self._read, args=(steering,), name="formcheck-typed", daemon=True).start()

    def take(self, frame: Frame | None, sight: Sight, moment: Moment) -> None:
        """Show a question when it comes up."""
        del frame, sight
        question = moment.coaching.question if moment.coaching is not None else None
        before, self._question = self._question, question  # before it is shown: then it may be answered at once
        if question is not None and (before is None or before.key != question.key):
            self._show(f"[bold]{escape(self._texts.of(question.key, **question.values))}[/]")
            for option in question.options:
                self._show(f"  {option.press}  {escape(self._texts.said(option.say))}")

    def finish(self, result: Result) -> None:
        """Nothing is written."""

    def abort(self) -> None:
        """Nothing is held."""

    def give(self, line: str, steering: Steering) -> None:
        """Do what a typed line says."""
        word, question = line.strip().lower(), self._question
        chosen = None
        if question is not None:
            chosen = question.pressed(word) or next((o for o in question.options if str(o.value) == word), None)
        if question is not None and chosen is not None:
            steering.answer(question, chosen.value)
        elif word in WORDS:
            steering.order(WORDS[word])
        elif word:
            self._show(f"[yellow]note:[/] {escape(repr(word))} is no answer here; also: p pause, n next, x it hurts, "
                       "t it tingles, q quit")  # fmt: skip

    def _read(self, steering: Steering) -> None:
        try:
            for line in sys.stdin:
                self.give(line, steering)
        except (OSError, ValueError):  # closed
            return
