"""What movements and their numbers are called, for people: on the page and in the terminal."""

from math import isfinite, isnan, nan
from typing import Literal

from formcheck.core.events import Hold, Rep
from formcheck.exercises.measures import stated_error
from formcheck.exercises.vocabulary import Exercise, Holds, Measure

TILT = "tilt_deg"
_WAYS = {"anterior": "arched", "posterior": "flattened"}
_UNKNOWN = "–"


def noun(exercise: Exercise, n: int = 1) -> str:
    """Return what is counted, for so many."""
    return ("hold" if isinstance(exercise.counts, Holds) else "repetition") + ("" if n == 1 else "s")


def short_noun(exercise: Exercise, n: int = 1) -> str:
    """Return the same for narrow places."""
    return noun(exercise, n).replace("repetition", "rep")


def sentence(text: str) -> str:
    """Return a text with a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def columns(exercise: Exercise) -> tuple[Measure, ...]:
    """Return the measures that are shown; an error stands with the value it belongs to."""
    errors = {stated_error(measure.key) for measure in exercise.measures}
    return tuple(measure for measure in exercise.measures if measure.title and measure.key not in errors)


def direction(movement: Rep | Hold) -> Literal["anterior", "posterior"] | None:
    """Return which way the pelvis went; None where that is not known or not what was done."""
    tilt = movement.measures.get(TILT, nan)
    if isnan(tilt) or tilt == 0:
        return None
    return "anterior" if tilt > 0 else "posterior"


def way(movement: Rep | Hold) -> str:
    """Return which way the pelvis went in plain words; empty where there is nothing to say."""
    found = direction(movement)
    return _WAYS[found] if found else ""


def number(value: float, measure: Measure, error: float = nan) -> str:
    """Return a value with its unit and, where it has one, its error; a dash where it is not known."""
    if not isfinite(value):
        return _UNKNOWN
    text = f"{value:.{measure.digits}f}".replace("-", "−") + measure.unit
    # an error that rounds to nothing would claim too much
    return f"{text} ± {max(1, round(error))}{measure.unit}" if isfinite(error) else text


def told(measure: Measure, movement: Rep | Hold) -> str:
    """Return a movement's measure as it is written."""
    value = movement.measures.get(measure.key, nan)
    key = stated_error(measure.key)
    if key in movement.measures and not isfinite(value):
        return "cannot tell"
    error = movement.measures.get(key, nan)
    if measure.key == TILT and (word := way(movement)):
        return f"{word} {number(abs(value), measure, error)}"
    return number(value, measure, error)


def middle(movement: Rep | Hold) -> float:
    """Return the time that shows a movement best, s."""
    return movement.peak if isinstance(movement, Rep) else (movement.start + movement.end) / 2
