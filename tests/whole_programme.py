"""A whole programme on recorded sets, written into the history; as a program, to be killed on the way.

python -m tests.whole_programme HISTORY
"""

import sys
from dataclasses import replace
from pathlib import Path

from formcheck.core.events import HoldFinished, RepFinished
from formcheck.io.history import History, HistorySink
from formcheck.io.history.programme import ProgrammeSink
from formcheck.session.coaching import Question
from formcheck.session.live import LiveSession
from formcheck.session.moment import Moment
from formcheck.session.plan import LOW_BACK, Plan, Step
from formcheck.session.programme import Programme
from tests.director import Answer, Director, recorded

PLAN = replace(LOW_BACK, steps=tuple(replace(step, rest_s=4.0, between_holds_s=0.0) for step in LOW_BACK.steps))


def live(step: Step) -> LiveSession:
    return LiveSession(step.prescribed, step.dose, step.legs)


def healthy(question: Question, n: int) -> str | int:
    """Nothing to worry about, and a little pain that stays."""
    del n
    return {"safety.ask": "none", "programme.numb": "no"}.get(question.key, 2)


def programme(plan: Plan = PLAN, **kwargs) -> Programme:
    return Programme(plan, live, takes=lambda _: 0.2, **kwargs)


def play(session: Programme, answer: Answer = healthy, history: Path | None = None, *, tell: bool = False):
    """Play it to its end; return its moments."""
    sets = {step.exercise.key: recorded(step.exercise.key) for step in PLAN.steps}
    sinks, kept, moments = [], None, []
    if history is not None:
        kept = History.open(history)
        id_ = kept.begin_session(plan=PLAN)
        sinks = [HistorySink(kept, id_, None, None, _fail), ProgrammeSink(kept, id_, _fail)]
    for sight, moment in Director(session, sets, answer).play():
        for sink in sinks:
            sink.take(None, sight, moment)
        if tell:
            _tell(moment)
        moments.append(moment)
    result = session.finish()
    for sink in sinks:
        sink.finish(result)
    if kept is not None:
        kept.close()
    return moments


def _tell(moment: Moment) -> None:
    for event in moment.events:
        if isinstance(event, RepFinished | HoldFinished):
            sys.stdout.write(f"{moment.exercise.key}\n")
            sys.stdout.flush()


def _fail(error: Exception) -> None:
    raise error


if __name__ == "__main__":
    play(programme(), history=Path(sys.argv[1]), tell=True)
