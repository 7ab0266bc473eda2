"""The counter: which exercise, how many, and what is going on."""

from formcheck.core.events import Legs
from formcheck.core.landmarks import Side, other
from formcheck.exercises.vocabulary import Holds
from formcheck.io.overlay.sheet import Sheet
from formcheck.io.overlay.style import ENGLISH, GREY, INK, TARGET, Scale
from formcheck.io.overlay.text import Lines, Words, extent, panel
from formcheck.io.texts import Texts
from formcheck.session.moment import Moment

_PHASES = ("rest", "up", "hold", "down")


def counter(moment: Moment, scale: Scale, texts: Texts = ENGLISH) -> Sheet:
    """Return the panel. It is as wide as with its longest phase, so that it does not jump with every change."""
    most = scale.width - 2 * scale.margin
    if not moment.certain:
        # how many of what would only be guessed
        unsure = Words(texts.of("screen.not_sure"), scale.px(4.2), GREY, 400)
        return panel(((title(moment, scale, texts),), (unsure,)), most)
    phases = [texts.of(f"screen.phase.{moment.exercise.guide.kind}.{phase}") for phase in _PHASES]
    widest = max(extent(_lines(moment, phase, texts.of("screen.right"), scale, texts)) for phase in phases)
    doing, legs = _doing(moment, texts), _legs(moment)
    lines = _lines(moment, doing, texts.of(f"screen.{legs}") if legs else "", scale, texts)
    return panel(lines, most, least=widest)


def _doing(moment: Moment, texts: Texts) -> str:
    """The phase in words. In a hold its clock decides: a leg at rest trembles, and the word would flicker with it."""
    hold, phase = moment.hold, moment.phase
    if hold is not None and not hold.running and phase != "down":
        return texts.of("screen.clock_stands")
    if hold is not None and hold.running:
        phase = "hold"
    elif hold is None and phase == "hold" and isinstance(moment.exercise.counts, Holds):
        phase = "up"
    return texts.of("screen.out_of_it" if phase is None else f"screen.phase.{moment.exercise.guide.kind}.{phase}")


def title(moment: Moment, scale: Scale, texts: Texts) -> Words:
    """Return the exercise's name, with a question mark until it is certain."""
    name = texts.of(f"exercise.{moment.exercise.key}.title")
    return Words(name + ("" if moment.certain else "?"), scale.px(4.2), INK, 600)


def _lines(moment: Moment, phase: str, legs: str, scale: Scale, texts: Texts) -> Lines:
    n, holds = len(moment.done), isinstance(moment.exercise.counts, Holds)
    unit = texts.of("screen." + ("hold" if holds else "rep") + ("" if n == 1 else "s"))
    number = (Words(str(n), scale.px(11), INK, 800), Words(unit, scale.px(5), GREY, 500))
    good = (Words(f"· {texts.of('screen.good', n=moment.good)}", scale.px(4.2), GREY, 400),) if n else ()
    doing = (Words(phase, scale.px(5), TARGET, 700),)
    name = title(moment, scale, texts)
    if not holds:
        return (name,), number, (*doing, *good)
    which = (Words(f"· {legs}", scale.px(5), INK, 600),) if legs else ()
    return (name,), (*number, *good), (*doing, *which), (_left_to_do(moment, scale, texts),)


def _legs(moment: Moment) -> Legs | None:
    """Which leg works, while one does."""
    plan, body = moment.exercise.counts, moment.body
    if body is None or not isinstance(plan, Holds) or moment.phase in ("rest", None):
        return None
    if plan.both and moment.other.get(plan.signal.key, 0.0) >= plan.least:
        return "both"
    return moment.hold.side if moment.hold else other(body.side) if body.works_far else body.side


def _left_to_do(moment: Moment, scale: Scale, texts: Texts) -> Words:
    sides: tuple[Side, Side] = ("left", "right")
    left, right = (max(0, moment.exercise.dose.each_leg - moment.held(side)) for side in sides)
    text = texts.of("screen.to_go", left=left, right=right) if left or right else texts.of("screen.all_done")
    return Words(text, scale.px(4.2), GREY, 500)
