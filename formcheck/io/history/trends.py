"""What went which way over the sessions of a history."""

from collections.abc import Sequence

from formcheck.core.events import Legs
from formcheck.exercises.vocabulary import Aim, Exercise, Holds
from formcheck.io.history.records import SessionRecord
from formcheck.session.progress import PAIN, Point, Trend, point, trend

_SIDES: tuple[Legs, ...] = ("left", "right")


def of_exercise(sessions: Sequence[SessionRecord], exercise: Exercise) -> list[Trend]:
    """Return the trend of each of an exercise's aims, in stretches of each leg; without points where nothing is known.

    Args:
        sessions: oldest first.
        exercise: the exercise.
    """
    sides = _SIDES if isinstance(exercise.counts, Holds) else (None,)
    return [_trend(sessions, exercise, aim, side) for aim in exercise.aims for side in sides]


def _trend(sessions: Sequence[SessionRecord], exercise: Exercise, aim: Aim, side: Legs | None) -> Trend:
    points = []
    for session in sessions:
        done = [each for part in session.sets if part.key == exercise.key for each in part.done]
        points.append(point(exercise, aim, session.started.isoformat(), done, side))
    return trend(aim, points, side)


def of_pain(sessions: Sequence[SessionRecord]) -> Trend:
    """Return the trend of the pain that people came with."""
    told = [(session.started.isoformat(), session.told("before")) for session in sessions]
    return trend(PAIN, [Point(when, score) for when, score in told if score is not None])
