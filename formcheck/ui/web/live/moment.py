"""A moment as plain data, for whoever draws it: the same that ``io/overlay`` draws, without a picture."""

from collections.abc import Callable
from math import isfinite, nan
from typing import Any, Literal

from formcheck.core.body import Body
from formcheck.core.geometry import Point
from formcheck.core.signals import PELVIC_TILT, TILT_ERROR
from formcheck.exercises.vocabulary import Exercise, Holds
from formcheck.io.guide.words import dose
from formcheck.io.overlay.coach import hint_text
from formcheck.io.overlay.guide import corners_of
from formcheck.io.texts import Texts
from formcheck.session.coaching import Coaching, Option, Question, Say
from formcheck.session.moment import Cue, Moment

Place = Callable[[Point], Point]
"""Turns pixels of the judged picture into those of the one that was sent."""


def plain(moment: Moment, texts: Texts, place: Place = lambda p: p) -> dict[str, Any]:
    """Return everything that is to be shown and said of a moment.

    Args:
        moment: of a live session.
        texts: in whose language.
        place: turns pixels of the judged picture into those of the one that was sent.
    """
    coaching, exercise, body = moment.coaching or Coaching("set"), moment.exercise, moment.body
    wrong = moment.wrong if moment.certain else ()
    exercising = moment.certain and coaching.stage == "set"
    line = corners_of(moment) if exercising and exercise.guide.kind == "line" else None
    return {
        "stage": coaching.stage,
        "hint": hint_text(coaching, texts),
        "countdown": coaching.countdown,
        "exercise": about(exercise, texts),
        "certain": moment.certain,
        "phase": moment.phase,
        "done": len(moment.done),
        "good": moment.good,
        "marks": [each.good for each in moment.done],
        "dose": dose(exercise, texts),
        "left": _left(moment),
        "hold": _hold(moment),
        "values": {key: _known(value) for key, value in moment.values.items()},
        "cue": _cue(moment.cue, exercise, texts) if moment.cue is not None and moment.certain else None,
        "wrong": list(wrong),
        "at_fault": sorted({exercise.rule(key).measure for key in wrong}),
        "concerned": sorted({segment for key in wrong for segment in exercise.rule(key).concerns}),
        "points": _points(body, place),
        "side": body.side if body else None,
        "head_right": body.head_right if body else None,
        "works_far": body.works_far if body else False,
        "line": [_rounded(place(p)) for p in line] if line else None,
        "tilt": _tilt(moment) if exercise.guide.kind == "gauge" else None,
        "says": [said(say, texts) for say in coaching.says],
        "question": _question(coaching.question, texts) if coaching.question else None,
    }


def about(exercise: Exercise, texts: Texts) -> dict[str, Any]:
    """Return what is to be known of an exercise while it is done."""
    return {
        "key": exercise.key,
        "title": texts.of(f"exercise.{exercise.key}.title"),
        "kind": kind(exercise),
        "guide": exercise.guide.kind,
        **aimed(exercise),
    }


def aimed(exercise: Exercise) -> dict[str, Any]:
    """Return where the exercise is to get to: key of the charted signal, its target and what is right of it."""
    allowed = exercise.allowed
    return {
        "charted": exercise.charted.key,
        "target": _known(exercise.target),
        "allowed": (_known(allowed.low), _known(allowed.high)) if allowed is not None else None,
    }


def kind(exercise: Exercise) -> Literal["reps", "holds"]:
    """Return what is counted: ``reps`` or ``holds``."""
    return "holds" if isinstance(exercise.counts, Holds) else "reps"


def said(say: Say, texts: Texts) -> dict[str, Any]:
    """Return something to be spoken."""
    return {"key": say.key, "text": texts.said(say), "urgency": int(say.urgency), "fresh_s": say.fresh_s}


def _left(moment: Moment) -> dict[str, int] | None:
    if not isinstance(moment.exercise.counts, Holds):
        return None
    each_leg = moment.exercise.dose.each_leg
    return {"left": max(0, each_leg - moment.held("left")), "right": max(0, each_leg - moment.held("right"))}


def _hold(moment: Moment) -> dict[str, Any] | None:
    hold, span = moment.hold, moment.exercise.dose.hold_s
    if hold is None:
        return None
    enough, target = span or (None, None)
    return {
        "side": hold.side, "held": round(hold.held, 2), "running": hold.running, "enough": enough, "target": target,
    }  # fmt: skip


def _cue(cue: Cue, exercise: Exercise, texts: Texts) -> dict[str, Any]:
    """What a cue says, in the language; a cue of no rule of the exercise, as it is."""
    if cue.praise:
        text = texts.of("screen.praise")
    elif any(rule.key == cue.key for rule in exercise.rules):
        text = texts.of(f"exercise.{exercise.key}.fault.{cue.key}.say")
    else:
        text = cue.say
    return {"key": cue.key, "text": text, "praise": cue.praise}


def _points(body: Body | None, place: Place) -> list[list[float] | None]:
    if body is None:
        return []
    return [_rounded(place(p)) if p is not None else None for p in body.points]


def _tilt(moment: Moment) -> dict[str, float | None] | None:
    value = moment.values.get(PELVIC_TILT.key, nan)
    if not isfinite(value):
        return None
    return {"value": _known(value), "error": _known(moment.values.get(TILT_ERROR.key, nan))}


def _question(question: Question, texts: Texts) -> dict[str, Any]:
    return {
        "key": question.key,
        "text": texts.of(question.key, **question.values),
        "options": [
            {"value": each.value, "press": each.press, "text": _name(each, texts)} for each in question.options
        ],
        "counted": question.counted.value if question.counted else None,
        "chosen": question.chosen.value if question.chosen else None,
        "waiting": question.waiting,
    }


def _name(option: Option, texts: Texts) -> str:
    return str(option.value) if isinstance(option.value, int) else texts.said(option.say)


def _known(value: float) -> float | None:
    return round(float(value), 2) if isfinite(value) else None


def _rounded(p: Point) -> list[float]:
    return [round(float(p[0]), 1), round(float(p[1]), 1)]
