"""The spoken summary of a set."""

from collections import Counter
from collections.abc import Iterator

from formcheck.session.coaching import Say, Urgency
from formcheck.session.summary import Result

_FRESH_S = 60.0
"""A summary is worth hearing however long it has to wait."""


def summary(result: Result) -> Iterator[Say]:
    """What a finished set came to: how many, how many were good, and the one thing to mind next time."""
    for part in result.parts:
        if part.exercise is None or not part.done:
            yield _say("coach.sum_nothing")
            return
        if result.segments:
            yield _say("coach.sum_exercise", title=f"@exercise.{part.exercise.key}.title")
        if part.reps:
            yield _say("coach.sum_reps" if len(part.reps) > 1 else "coach.sum_rep", n=len(part.reps))
        for side in ("left", "right", "both"):
            holds = [hold for hold in part.holds if hold.side == side]
            if holds:
                seconds = round(sum(hold.held for hold in holds))
                yield _say(f"coach.sum_holds_{side}", n=len(holds), s=seconds)
        yield from _how_good(part)


def _how_good(part: Result) -> Iterator[Say]:
    if part.good == len(part.done):
        yield _say("coach.sum_all_good")
        return
    yield _say("coach.sum_good", n=part.good, of=len(part.done))
    if part.exercise is None:
        return
    faults = Counter(fault.key for each in part.done for fault in each.faults)
    order = [rule.key for rule in part.exercise.rules]
    worst = min(faults, key=lambda key: (-faults[key], order.index(key)))
    yield _say("coach.sum_next_time", cue=f"@exercise.{part.exercise.key}.fault.{worst}.say")


def _say(key: str, **values: str | int) -> Say:
    return Say(key, values, Urgency.STAGE, _FRESH_S)
