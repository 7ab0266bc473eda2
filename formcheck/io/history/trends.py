"""What went which way over the sessions of a history."""

from collections.abc import Sequence
from math import isnan

from formcheck.core.events import Legs
from formcheck.exercises.vocabulary import Aim, Exercise
from formcheck.io.history.records import SessionRecord
from formcheck.session.progress import PAIN, Point, Trend, trend, value_of


def of_exercise(sessions: Sequence[SessionRecord], exercise: Exercise, aim: Aim, side: Legs | None = None) -> Trend:
    """Return the trend of one of an exercise's measures, session by session.

    Args:
        sessions: oldest first.
        exercise: the exercise.
        aim: the measure, and which way is better.
        side: only holds of this leg; None takes all.
    """
    points = []
    for session in sessions:
        done = [each for part in session.sets if part.key == exercise.key for each in part.done]
        value, n = value_of(exercise, aim, done, side)
        if not isnan(value):
            points.append(Point(session.started.isoformat(), value, n))
    return trend(aim, points)


def of_pain(sessions: Sequence[SessionRecord]) -> Trend:
    """Return the trend of the pain that people came with."""
    told = [(session.started.isoformat(), session.told("before")) for session in sessions]
    return trend(PAIN, [Point(when, score) for when, score in told if score is not None])
