"""A programme that was broken off, and where it goes on."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from formcheck.io.history import SessionRecord
from formcheck.session.plan import Plan

BREAK = timedelta(hours=3)
"""After a longer break the safety questions are asked again: it is another session."""


def broken_off(sessions: Sequence[SessionRecord], plan: Plan, now: datetime) -> SessionRecord | None:
    """Return the last session by this plan, where it was broken off not long ago and can go on; else None."""
    mine = [each for each in sessions if each.plan == plan.key]
    if not mine:
        return None
    last = mine[-1]
    fresh = now - (last.ended or last.started) < BREAK
    open_end = last.reason in (None, "ended", "stopped") and steps_done(plan, last) < len(plan.steps)
    return last if fresh and open_end and last.told("before") is not None else None


def steps_done(plan: Plan, session: SessionRecord) -> int:
    """Return how many of the plan's exercises are behind the person: after each that was done, pain is asked for.

    One that comes twice in the plan was done as often as it was asked for.
    """
    done = 0
    for pain in session.pain:
        if pain.asked == "after":
            later = (i for i, step in enumerate(plan.steps[done:], done + 1) if step.exercise.key == pain.exercise)
            done = next(later, done)
    return done
