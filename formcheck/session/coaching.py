"""What a live session tells the person, besides the judgement itself: stage, hint, countdown, words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal

Stage = Literal["setup", "countdown", "set", "paused", "question", "rest", "over"]
"""Getting into view and position; counting down; exercising; paused by the person; asked something; resting between two
exercises; ended."""


class Urgency(IntEnum):
    """What is spoken first when several things are to be said; a lower one never cuts off a higher one."""

    SAFETY = 0
    STAGE = 1
    COUNT = 2
    CUE = 3
    BREATH = 4
    PRAISE = 5


@dataclass(frozen=True, slots=True)
class Say:
    """Something to be told aloud.

    Attributes:
        key: of its text in the catalogues, dotted: ``coach.rep``, ``exercise.bridge.fault.hips_low.say``.
        values: what fills the text's places.
        urgency: what goes first.
        fresh_s: not worth saying any more when it has waited for longer than this, s.
    """

    key: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)
    urgency: Urgency = Urgency.CUE
    fresh_s: float = 2.0


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to a question.

    Attributes:
        value: what it means: a score, or a word of the program's own.
        press: the key that gives it, one character.
        say: how it is told, aloud and on the screen.
    """

    value: str | int
    press: str
    say: Say


@dataclass(frozen=True, slots=True)
class Question:
    """Something the person is asked, to be answered by a key, a tap or a raised arm.

    Attributes:
        key: of its text in the catalogues.
        options: all answers, in the order in which they are spoken.
        counted: the answer that is spoken now and that a raised arm gives; None between.
        chosen: the answer a raised arm has just given, until it counts; another raised arm takes it back.
        waiting: asked twice without an answer, and nothing goes on without one.
        values: what fills the text's places.
    """

    key: str
    options: tuple[Option, ...]
    counted: Option | None = None
    chosen: Option | None = None
    waiting: bool = False
    values: Mapping[str, str | int | float] = field(default_factory=dict)

    def option(self, value: str | int) -> Option:
        """Return the answer with this value.

        Raises:
            ValueError: it is none of the answers.
        """
        for option in self.options:
            if option.value == value:
                return option
        known = ", ".join(str(option.value) for option in self.options)
        raise ValueError(f"{value!r} is no answer to {self.key!r}: use one of {known}")

    def pressed(self, key: str) -> Option | None:
        """Return the answer that a key gives; None where it gives none."""
        return next((option for option in self.options if option.press == key.lower()), None)


@dataclass(frozen=True, slots=True)
class Coaching:
    """The live part of a moment.

    Attributes:
        stage: where the session is.
        hint: key of the set-up hint that is shown now, without its table, or the whole dotted key of another text, such
            as of the instruction that is being told; None where nothing is to be mended.
        countdown: seconds to go before the set begins, or of the rest; None outside both.
        says: what is to be said from this frame on, most urgent first.
        question: what is asked now.
    """

    stage: Stage
    hint: str | None = None
    countdown: int | None = None
    says: tuple[Say, ...] = ()
    question: Question | None = None
