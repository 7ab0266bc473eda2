"""What the programme's parts hand each other in every frame."""

from dataclasses import dataclass
from typing import Protocol

from formcheck.core.pose import Sight
from formcheck.session.coaching import Question, Say, Stage
from formcheck.session.moment import Moment
from formcheck.session.pipeline import Steered


class LiveSet(Steered, Protocol):
    """One exercise, live: it finds the person in position, counts, corrects, and ends at its dose."""

    @property
    def stage(self) -> Stage:
        """Where it is."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A frame, as the programme needs it.

    Attributes:
        sight: what was seen.
        now: the programme's own time, s: presentation time without the pauses.
        raised: an arm was raised in this frame.
    """

    sight: Sight
    now: float
    raised: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """What a frame shows of the programme.

    Attributes:
        stage: where it is.
        countdown: s of rest to go.
        question: what is asked.
        says: words that do not wait their turn: a set's own, and counting down.
        moment: the set's.
    """

    stage: Stage
    countdown: int | None = None
    question: Question | None = None
    says: tuple[Say, ...] = ()
    moment: Moment | None = None
