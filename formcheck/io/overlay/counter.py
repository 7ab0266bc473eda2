"""The counter: which exercise, how many, and what is going on."""

from collections.abc import Mapping

from formcheck.core.landmarks import Side, other
from formcheck.exercises.vocabulary import Holds, Phase
from formcheck.io.overlay.sheet import Sheet
from formcheck.io.overlay.style import GREY, INK, TARGET, Scale
from formcheck.io.overlay.text import Lines, Words, extent, panel
from formcheck.session.moment import Moment

_PHASES: dict[str, dict[Phase | None, str]] = {
    "line": {"rest": "rest", "up": "lift", "hold": "hold", "down": "lower", None: "–"},
    "gauge": {"rest": "rest", "up": "tilt", "hold": "hold", "down": "return", None: "–"},
    "leg": {"rest": "rest", "up": "draw up", "hold": "hold", "down": "let down", None: "–"},
    "none": {"rest": "rest", "up": "up", "hold": "hold", "down": "down", None: "–"},
}
"""What the phases are called, by kind of movement."""


def counter(moment: Moment, scale: Scale) -> Sheet:
    """Return the panel. It is as wide as with its longest phase, so that it does not jump with every change."""
    most = scale.width - 2 * scale.margin
    if not moment.certain:
        # how many of what would only be guessed
        return panel(((_title(moment, scale),), (Words("not sure yet", scale.px(4.2), GREY, 400),)), most)
    words = _PHASES[moment.exercise.guide.kind]
    widest = max(extent(_lines(moment, word, "right leg", scale)) for word in words.values())
    return panel(_lines(moment, _doing(moment, words), _legs(moment), scale), most, least=widest)


def _doing(moment: Moment, words: Mapping[Phase | None, str]) -> str:
    """The phase in words. In a hold its clock decides: a leg at rest trembles, and the word would flicker with it."""
    hold, phase = moment.hold, moment.phase
    if hold is None:
        return words["up" if phase == "hold" and isinstance(moment.exercise.counts, Holds) else phase]
    return words["hold"] if hold.running else words["down"] if phase == "down" else "paused"


def _title(moment: Moment, scale: Scale) -> Words:
    return Words(moment.exercise.title + ("" if moment.certain else "?"), scale.px(4.2), INK, 600)


def _lines(moment: Moment, phase: str, legs: str, scale: Scale) -> Lines:
    n, holds = len(moment.done), isinstance(moment.exercise.counts, Holds)
    unit = ("hold" if holds else "rep") + ("" if n == 1 else "s")
    number = (Words(str(n), scale.px(11), INK, 800), Words(unit, scale.px(5), GREY, 500))
    good = (Words(f"· {moment.good} good", scale.px(4.2), GREY, 400),) if n else ()
    doing = (Words(phase, scale.px(5), TARGET, 700),)
    if not holds:
        return (_title(moment, scale),), number, (*doing, *good)
    which = (Words(f"· {legs}", scale.px(5), INK, 600),) if legs else ()
    return (_title(moment, scale),), (*number, *good), (*doing, *which), (_left_to_do(moment, scale),)


def _legs(moment: Moment) -> str:
    """Which leg works, while one does."""
    plan, body = moment.exercise.counts, moment.body
    if body is None or not isinstance(plan, Holds) or moment.phase in ("rest", None):
        return ""
    if plan.both and moment.other.get(plan.signal.key, 0.0) >= plan.least:
        return "both legs"
    side = moment.hold.side if moment.hold else other(body.side) if body.works_far else body.side
    return f"{side} leg"


def _left_to_do(moment: Moment, scale: Scale) -> Words:
    sides: tuple[Side, Side] = ("left", "right")
    left, right = (max(0, moment.exercise.dose.each_leg - moment.held(side)) for side in sides)
    text = f"to go: left {left}, right {right}" if left or right else "all holds done"
    return Words(text, scale.px(4.2), GREY, 500)
