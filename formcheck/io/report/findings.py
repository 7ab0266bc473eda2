"""What a result comes to: a sentence, the numbers above all others, and what to work on."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite, isnan, nan
from re import sub
from statistics import median
from typing import Literal

from formcheck.core.signals import LEG_ELEVATION
from formcheck.exercises.measures import stated_error
from formcheck.exercises.vocabulary import Exercise, Holds, Measure, Rule
from formcheck.io.report.words import TILT, columns, noun, number, way
from formcheck.session.summary import Result

_SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")
_BETWEEN_LEGS = (
    "Healthy people differ by about 5 ± 3.5 degrees between left and right (Boyd 2012): speak of asymmetry only above "
    "about 12."
)
_COMPARED = {LEG_ELEVATION.key: _BETWEEN_LEGS}
"""For the charted signals of which it is known: what a difference between the legs means."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One number to see first: the number, what it is, and more in small print."""

    number: str
    words: str
    small: str = ""


def verdict(result: Result) -> str:
    """Return what was seen, in a sentence or two."""
    exercise = result.exercise
    if exercise is None:
        return "None of the exercises that formcheck knows was recognised in this recording."
    title, n, good = exercise.title.lower(), len(result.done), result.good
    if not n:
        return f"No complete {noun(exercise)} of the {title} was seen."
    text = f"{n} {noun(exercise, n)} of the {title}, "
    text += "all of them clean." if good == n > 1 else "and it was clean." if good == n else _share(good, n)
    if broken := broken_rules(result):
        rule, times = broken[0]
        text += f" {'Most often' if times > 1 else 'To correct'}: {rule.say} ({times} of {n})."
    return text


def _share(good: int, n: int) -> str:
    return f"{good or 'none'} of them clean." if n > 1 else "not clean."


def broken_rules(result: Result) -> list[tuple[Rule, int]]:
    """Return the rules that were broken, with in how many movements: most often first, then what matters most."""
    if result.exercise is None:
        return []
    counts = Counter(key for each in result.done for key in dict.fromkeys(fault.key for fault in each.faults))
    rules = {rule.key: rule for rule in result.exercise.rules}  # an older version may have had another
    found = [(rules[key], times) for key, times in counts.items() if key in rules]
    return sorted(found, key=lambda each: (-each[1], each[0].rank))


def facts(result: Result) -> list[Fact]:
    """Return the numbers to see first; empty without an exercise."""
    exercise = result.exercise
    if exercise is None:
        return []
    found = [Fact(f"{len(result.done)}", noun(exercise, len(result.done))), Fact(f"{result.good}", "of them clean")]
    if isinstance(exercise.counts, Holds):
        found += [Fact(f"{result.held_s(side):.0f} s", f"held, {side} leg") for side in _SIDES]
    if result.unfinished:
        found.append(Fact(f"{len(result.unfinished)}", "cut off by the recording"))
    return [*found, *_difference(exercise, result), *_middles(exercise, result)]


def aim(exercise: Exercise) -> str:
    """Return the dose as it is written: ranges with a dash."""
    return sub(r"(?<=\d)-(?=\d)", "–", str(exercise.dose))


def remark(result: Result) -> str:
    """Return how differences are to be read; empty where nothing is known of them, or nothing was done."""
    exercise = result.exercise
    if exercise is None or not result.holds or exercise.charted.key not in _COMPARED:
        return ""
    error = exercise.error_of(exercise.charted.key)
    between_days = f"From one day to another, progress under {error:g} degrees is no evidence."
    return f"{_COMPARED[exercise.charted.key]} {between_days}" if _difference(exercise, result) else between_days


def _difference(exercise: Exercise, result: Result) -> list[Fact]:
    """How far the clean holds of the left and of the right leg are apart; empty where that is not known."""
    key, unit = exercise.charted.key, exercise.charted.unit
    if key not in _COMPARED or not all(key in hold.measures for hold in result.holds):
        return []
    left, right = (result.mean(key, side) for side in _SIDES)
    if isnan(left - right):
        return []
    return [
        Fact(
            f"{abs(left - right):.0f}{unit}",
            "between left and right",
            f"left {left:.0f}{unit}, right {right:.0f}{unit}",
        )
    ]


def _middles(exercise: Exercise, result: Result) -> Iterator[Fact]:
    """Median and range of the measures that say most, where they are known; the others stand in a table."""
    for measure in columns(exercise)[: 1 if isinstance(exercise.counts, Holds) else 2]:
        known = [each for each in result.done if isfinite(each.measures.get(measure.key, nan))]
        if known:
            values = [each.measures[measure.key] for each in known]
            errors = [e for each in known if isfinite(e := each.measures.get(stated_error(measure.key), nan))]
            words = Counter(way(each) for each in known if measure.key == TILT)
            # both ways count alike; their signs would cancel out
            values = [abs(v) for v in values] if words else values
            small = [_range(values, measure)] if len(values) > 1 else []
            small += [f"{times} {word}" for word, times in words.most_common() if word]
            middle = number(median(values), measure, median(errors) if errors else nan)
            yield Fact(middle, measure.title.lower() + (", median" if len(values) > 1 else ""), ", ".join(small))


def _range(values: list[float], measure: Measure) -> str:
    low, high = (f"{value:.{measure.digits}f}".replace("-", "−") for value in (min(values), max(values)))
    return f"{low}–{high}{measure.unit}" if low != high else f"all {low}{measure.unit}"
