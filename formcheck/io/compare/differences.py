"""What differs between two sessions of one exercise, and which of it is more than measurement error."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite, isnan, nan
from typing import Literal

from formcheck.exercises.vocabulary import Aim, Exercise, Holds, Rule
from formcheck.io.report.findings import broken_rules
from formcheck.io.report.words import columns, noun, number, sentence
from formcheck.session.progress import point
from formcheck.session.summary import Result

_SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")
Judged = Literal["a difference", "within the error", "error not known", ""]


@dataclass(frozen=True, slots=True)
class Difference:
    """A row: what it is, in both sessions, how the second differs, up to what that is only error, and what it is."""

    title: str
    one: str
    two: str
    difference: str
    error: str = ""
    judged: Judged = ""


@dataclass(frozen=True, slots=True)
class FaultRow:
    """A rule that was broken, with in how many movements of each session."""

    rule: Rule
    one: int
    two: int


def counts(exercise: Exercise, one: Result, two: Result) -> list[Difference]:
    """Return what was counted and how long was held; counts have no error."""
    many = sentence(noun(exercise, 2))
    rows = [_count(many, len(one.done), len(two.done)), _count("Of them clean", one.good, two.good)]
    if isinstance(exercise.counts, Holds):
        for side in _SIDES:
            a, b = (part.held_s(side) for part in (one, two))
            rows.append(Difference(f"Held, {side} leg", f"{a:.0f} s", f"{b:.0f} s", _signed(f"{b - a:.0f} s")))
    return rows


def _count(title: str, one: int, two: int) -> Difference:
    return Difference(title, f"{one}", f"{two}", _signed(f"{two - one}"))


def _signed(text: str) -> str:
    """A difference with its sign; one that rounds to nothing has none."""
    plain = text.lstrip("-−")
    if not any(digit in plain for digit in "123456789"):
        return plain
    return f"+{plain}" if plain == text else f"−{plain}"


def measures(exercise: Exercise, one: Result, two: Result) -> Iterator[Difference]:
    """Yield the medians of each shown measure that is known of both sessions or of one; of stretches for each leg.

    They are taken as the history's trends take them: without movements whose fault changes the measure itself.
    """
    sides = _SIDES if isinstance(exercise.counts, Holds) else (None,)
    for measure in columns(exercise):
        # of a measure that is no aim nothing more than its key is needed
        aim = next((each for each in exercise.aims if each.measure == measure.key), Aim(measure.key, "up", nan, ""))
        for side in sides:
            a, b = (point(exercise, aim, "", part.done, side) for part in (one, two))
            if isnan(a.value) and isnan(b.value):
                continue
            error = exercise.error_of(measure.key, a.stated, b.stated)
            yield Difference(
                f"{measure.title}, {f'{side} leg, ' if side else ''}median",
                number(a.value, measure, a.stated),
                number(b.value, measure, b.stated),
                _signed(number(b.value - a.value, measure)) if isfinite(b.value - a.value) else "–",
                number(error, measure),
                _judged(b.value - a.value, error),
            )


def _judged(difference: float, error: float) -> Judged:
    if isnan(difference):
        return ""
    if isnan(error):
        return "error not known"
    return "a difference" if abs(difference) >= error else "within the error"


def faults(one: Result, two: Result) -> list[FaultRow]:
    """Return the rules that were broken in either session, the most frequent first."""
    times = [{rule.key: (rule, n) for rule, n in broken_rules(part)} for part in (one, two)]
    rules = {key: rule for each in times for key, (rule, _) in each.items()}
    rows = [FaultRow(rule, *(each[key][1] if key in each else 0 for each in times)) for key, rule in rules.items()]
    return sorted(rows, key=lambda row: (-row.one - row.two, row.rule.rank))


def said(exercise: Exercise, one: Result, two: Result) -> str:
    """Return what matters, in a sentence or two."""
    parts = [
        f"{name}: {len(part.done)} {noun(exercise, len(part.done))}, {part.good} clean"
        for name, part in (("A", one), ("B", two))
    ]
    text = "; ".join(parts) + "."
    rows = list(measures(exercise, one, two))
    real = [f"{row.title.removesuffix(', median').lower()} {row.difference}" for row in rows if row.judged[:1] == "a"]
    if real:
        return f"{text} From A to B, beyond the measurement error: {', '.join(real)}."
    if any(row.judged == "within the error" for row in rows):
        return f"{text} All measures that can be told apart differ by less than their error."
    return text
