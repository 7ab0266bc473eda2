"""What a history holds, read back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from formcheck.core.events import Hold, Rep
from formcheck.errors import UnknownExerciseError
from formcheck.exercises import find
from formcheck.exercises.vocabulary import Dose, Exercise

Asked = Literal["before", "after", "end"]
"""When pain was asked for: before the first exercise, after one, at the end."""
Origin = Literal["live", "video"]


@dataclass(frozen=True, slots=True)
class SetRecord:
    """One set of one exercise.

    Attributes:
        id: in this history.
        key: of the exercise; None where it was never recognised.
        dose: what was asked for; None where nothing was.
        started: when.
        ended: when; None where it was cut off.
        reps: its repetitions; what an older version did not keep is NaN.
        holds: its holds.
    """

    id: int
    key: str | None
    dose: Dose | None
    started: datetime
    ended: datetime | None
    reps: tuple[Rep, ...]
    holds: tuple[Hold, ...]

    @property
    def exercise(self) -> Exercise | None:
        """The exercise; None where it is not known, or no longer."""
        return _exercise(self.key)

    @property
    def done(self) -> tuple[Rep | Hold, ...]:
        """Repetitions or holds, whichever the exercise has."""
        return (*self.reps, *self.holds)

    @property
    def good(self) -> int:
        """How many of them had no fault."""
        return sum(each.good for each in self.done)


@dataclass(frozen=True, slots=True)
class PainRecord:
    """Pain as it was told, 0 to 10: when it was asked for, after which exercise, and when that was."""

    asked: Asked
    score: int
    exercise: str | None
    at: datetime

    @property
    def words(self) -> str:
        """When it was asked for, in words."""
        known = _exercise(self.exercise)
        name = known.title.lower() if known else (self.exercise or "").replace("_", " ")
        about = f" the {name}" if name else ""
        return f"{'at the end' if self.asked == 'end' else self.asked}{about}"


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session.

    Attributes:
        id: in this history.
        uid: everywhere, a UUID.
        started: when, in the time of where it was.
        ended: when; None where it goes on, or was cut off.
        reason: why it ended.
        software: version of formcheck.
        source: live, or an imported video.
        origin: the video.
        plan: key of the plan.
        plan_text: the plan as it was, in TOML.
        sets: in order.
        pain: in order.
    """

    id: int
    uid: str
    started: datetime
    ended: datetime | None
    reason: str | None
    software: str
    source: Origin
    origin: str | None
    plan: str | None
    plan_text: str | None
    sets: tuple[SetRecord, ...]
    pain: tuple[PainRecord, ...]

    def told(self, asked: Asked) -> int | None:
        """Return the last score told before, after an exercise, or at the end; None where none was."""
        scores = [pain.score for pain in self.pain if pain.asked == asked]
        return scores[-1] if scores else None


def _exercise(key: str | None) -> Exercise | None:
    try:
        return find(key) if key else None
    except UnknownExerciseError:
        return None
