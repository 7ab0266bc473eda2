"""``formcheck programme``."""

from datetime import datetime
from typing import Annotated

import typer
from rich.markup import escape

from formcheck.errors import HistoryError, PlanError
from formcheck.io import plan as plans
from formcheck.io.history import History, SessionRecord
from formcheck.session.live import LiveSession
from formcheck.session.plan import BUILT_IN, LOW_BACK, Plan, Step
from formcheck.session.programme import Outcome, Programme
from formcheck.ui.console import stderr
from formcheck.ui.failing import telling_errors
from formcheck.ui.live import command as options
from formcheck.ui.live.broken_off import BREAK, broken_off, steps_done
from formcheck.ui.live.choices import LiveChoices, Speech, size_of
from formcheck.ui.live.diary import Diary
from formcheck.ui.live.run import LiveStage
from formcheck.ui.options import Db

_WHY = {
    "done": "all done",
    "stopped": "stopped by you",
    "ended": "ended before it was done",
    "red_flag": "no session: what you told needs a doctor or physiotherapist first",
    "pain_rise": "stopped: your pain rose",
    "pain_above": "stopped: your pain was too strong",
    "numb": "stopped: numbness or tingling",
}


@telling_errors()
def programme(
    plan: Annotated[
        str, typer.Argument(metavar="[PLAN]", help=f"A built-in plan ({', '.join(BUILT_IN)}), or a plan file.")
    ] = LOW_BACK.key,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on after a break: with the exercise that comes next.")
    ] = False,
    first: Annotated[
        int | None, typer.Option("--from", metavar="N", min=1, help="Begin with the plan's N-th exercise.")
    ] = None,
    camera: options.Camera = "0",
    size: options.Size = "1280x720",
    fps: options.Fps = 30.0,
    lead_in: options.LeadIn = 0.0,
    no_window: options.NoWindow = False,
    as_json: options.AsJson = False,
    mirror: options.Mirror = None,
    full_screen: options.FullScreen = False,
    record: options.Record = None,
    trace: options.Trace = None,
    voice_file: options.VoiceFile = None,
    language: options.Language = "en",
    rate: options.Rate = 1.0,
    volume: options.Volume = 1.0,
    mute: options.Mute = False,
    quick: options.Quick = False,
    model: options.Model = None,
    db: Db = None,
    no_history: options.NoHistory = False,
) -> None:
    """Do a whole guided session: safety questions, exercises with rests, pain before and after, a summary.

    Answer by key, or without one: raise an arm when your answer is read out. Keys in the window: those of 'live', and
    x stops because it hurts, t because it tingles or is numb. Without a window, type a key and Enter.
    """
    choices = LiveChoices(
        camera=camera, size=size_of(size), fps=fps, lead_in=lead_in, window=not no_window, mirror=mirror,
        full_screen=full_screen, record=record, trace=trace, model=model,
        speech=Speech(language.lower(), rate, volume, mute, voice_file),
    )  # fmt: skip
    chosen = plans.load(plan)
    earlier = _interrupted(History.open(db), chosen) if resume else None
    begin = _first(chosen, earlier, first)
    with LiveStage(choices, stderr()) as stage:
        again = earlier.id if earlier is not None else None
        with Diary(db, stage.notice, plan=chosen, again=again, keep=not no_history) as diary:

            def make(step: Step) -> LiveSession:
                return LiveSession(step.prescribed, step.dose, step.legs, quick=quick, between_s=step.between_holds_s)

            session = Programme(
                chosen, make, first=begin, before=earlier.told("before") if earlier is not None else None,
                takes=lambda say: stage.texts.takes_s(say, rate),
            )  # fmt: skip
            result = stage.play(session, diary.sinks(), skip=session.skip)
            diary.end(session.outcome.reason)  # also where no frame came any more that could have told
        if not as_json:
            _tell(session.outcome)
        options.tell(stage, result, as_json=as_json)
    options.leave(stage)


def _first(plan: Plan, earlier: SessionRecord | None, asked: int | None) -> int:
    """The exercise to begin with, counted from 0."""
    if asked is not None:
        if asked > len(plan.steps):
            raise PlanError(f"{plan.title!r} has {len(plan.steps)} exercises, there is no number {asked}.")
        return asked - 1
    return 0 if earlier is None else steps_done(plan, earlier)


def _interrupted(history: History, plan: Plan) -> SessionRecord:
    """The session by this plan that was broken off last, not long ago."""
    with history:
        found = broken_off(history.sessions(), plan, datetime.now().astimezone())
    if found is not None:
        return found
    raise HistoryError(
        f"no session of {plan.title!r} was broken off in the last {BREAK.seconds // 3600} hours. "
        "Leave out --resume to begin anew, or use --from N."
    )


def _tell(outcome: Outcome) -> None:
    console = stderr()
    console.print(f"[bold]{_WHY[outcome.reason]}[/]")
    for pain in outcome.pains:
        after = f" {pain.exercise.replace('_', ' ')}" if pain.exercise else ""
        when = {"before": "before", "after": f"after{after}", "end": "at the end"}[pain.asked]
        console.print(f"pain {escape(when)}: {pain.score} of 10")
