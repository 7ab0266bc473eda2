"""What a live session tells the person, besides the judgement itself: stage, hint, countdown, words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal

Stage = Literal["setup", "countdown", "set", "paused", "over"]
"""Getting into view and position; counting down; exercising; paused by the person; ended."""


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
class Coaching:
    """The live part of a moment.

    Attributes:
        stage: where the session is.
        hint: key of the set-up hint that is shown now; None where nothing is to be mended.
        countdown: seconds to go before the set begins; None outside the countdown.
        says: what is to be said from this frame on, most urgent first.
    """

    stage: Stage
    hint: str | None = None
    countdown: int | None = None
    says: tuple[Say, ...] = ()
