"""Panels: the counter, the gauge or the clock, and what is to be said."""

from formcheck.core.frame import Image
from formcheck.exercises.vocabulary import Exercise
from formcheck.io.overlay.clock import clock_size, draw_clock
from formcheck.io.overlay.coach import hint_text
from formcheck.io.overlay.counter import counter
from formcheck.io.overlay.gauge import draw_gauge, gauge_size
from formcheck.io.overlay.place import Box, Person, beside, rooms, steady
from formcheck.io.overlay.sheet import Sheet, put
from formcheck.io.overlay.style import ENGLISH, GREY, INK, PRAISE, RIGHT, WRONG, Scale
from formcheck.io.overlay.text import Sign, Words, broken, panel
from formcheck.io.texts import Texts
from formcheck.session.moment import Cue, Moment


def draw_panels(image: Image, moment: Moment, scale: Scale, texts: Texts = ENGLISH) -> None:
    """Draw the counter in an upper corner, gauge or clock in another, and above or below the body what is said."""
    person = Person(moment)
    sheet = counter(moment, scale, texts)
    count = steady(moment, sheet.size, scale)
    put(image, sheet, count.x, count.y)
    dial = _draw_dial(image, moment, person, count, scale, texts=texts)
    high, low = rooms([count] if dial is None else [count, dial], scale)
    places = []
    # a raised leg would chase words away from the top
    for room in (low, high) if moment.exercise.guide.kind == "leg" else (high, low):
        if (said := _banner(moment, scale, room.width, texts)) is not None:
            width, height = said.size
            y = room.y if room is high else room.low - height
            places.append((Box(room.x + (room.width - width) // 2, y, width, height), said))
    if places:
        # of two places that hide nothing, the one with fewer lines of words
        box, said = min(places, key=lambda place: (person.hidden(place[0]), place[0].height))
        put(image, said, box.x, box.y)


def _draw_dial(image: Image, moment: Moment, person: Person, count: Box, scale: Scale, *, texts: Texts) -> Box | None:
    """Draw the gauge or the clock, where the exercise has one and the person is in it, and return where."""
    if moment.body is None or moment.phase is None or not moment.certain:
        return None
    dose, kind = moment.exercise.dose.hold_s, moment.exercise.guide.kind
    if kind == "gauge":
        box = beside(count, gauge_size(scale), person, scale)
        draw_gauge(image, moment, scale, (box.x, box.y), texts=texts)
        return box
    if kind == "leg" and moment.hold is not None and dose is not None:
        box = beside(count, clock_size(scale), person, scale)
        draw_clock(image, moment.hold, dose, scale, (box.x, box.y), texts=texts)
        return box
    return None


def _banner(moment: Moment, scale: Scale, most: int, texts: Texts) -> Sheet | None:
    if moment.body is None:
        return _said(texts.of("screen.not_seen"), Sign("lost", GREY), scale, most)
    if not moment.certain:
        return None  # advice for an exercise that nobody may be doing would mislead
    if moment.cue is not None:
        said = _cue(moment.cue, moment.exercise, texts)
        return _said(said, Sign("praise", PRAISE) if moment.cue.praise else Sign("correct", WRONG), scale, most)
    if moment.coaching is not None and (hint := hint_text(moment.coaching, texts)) is not None:
        return _said(hint, Sign("correct", WRONG), scale, most, muted=True)
    if moment.phase is None:
        return _said(texts.of("screen.not_in_position"), Sign("wait", RIGHT), scale, most, muted=True)
    return None


def _cue(cue: Cue, exercise: Exercise, texts: Texts) -> str:
    """What a cue says, in the language; a cue of no rule of the exercise, as it is."""
    if cue.praise:
        said = texts.of("screen.praise")
    elif any(rule.key == cue.key for rule in exercise.rules):
        said = texts.of(f"exercise.{exercise.key}.fault.{cue.key}.say")
    else:
        said = cue.say
    return said[:1].upper() + said[1:]


def _said(text: str, sign: Sign, scale: Scale, most: int, *, muted: bool = False) -> Sheet:
    """A banner: a sign and words, on as few lines as fit."""
    size = scale.px(5.5 if muted else 7.5)

    words = Words(text, size, GREY if muted else INK, 500 if muted else 700)
    return panel(broken(words, most - 3 * size), most, sign)
