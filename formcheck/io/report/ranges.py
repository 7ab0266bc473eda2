"""Tempo, range and symmetry: each shown measure over all movements, and the time each movement took."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite, isnan, nan
from statistics import median, stdev

from formcheck.core.events import Hold, Rep
from formcheck.exercises.measures import stated_error
from formcheck.exercises.vocabulary import Exercise, Holds, Measure
from formcheck.io.report.phases import Kind
from formcheck.io.report.words import TILT, columns, number
from formcheck.session.summary import Result

_PHASES: tuple[tuple[Kind, str], ...] = (("up", "up_s"), ("hold", "hold_s"), ("down", "down_s"))
_SIDES = ("left", "right")
_MOST = 40
"""Movements whose time is drawn: more bars are no longer compared."""


@dataclass(frozen=True, slots=True)
class Range:
    """One measure over all movements, as it is written: a dash where it is not known."""

    title: str
    median: str
    lowest: str
    highest: str
    varies: str
    left: str
    right: str
    difference: str
    error: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: its width in percent of the longest bar, and what it is."""

    width: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class Bar:
    """How long one movement took: its name, its parts, the same in words, and whether it was clean."""

    name: str
    pieces: tuple[Piece, ...]
    words: str
    good: bool


@dataclass(frozen=True, slots=True)
class Tempo:
    """The bars, and where the dose begins and ends on them, in percent; without a dose of seconds None."""

    bars: tuple[Bar, ...]
    dose: tuple[float, float] | None
    left_out: int


def ranges(result: Result) -> list[Range]:
    """Return a row for each shown measure that is known; empty without an exercise."""
    exercise = result.exercise
    if exercise is None:
        return []
    return [row for measure in columns(exercise) if (row := _row(exercise, result, measure)) is not None]


def _row(exercise: Exercise, result: Result, measure: Measure) -> Range | None:
    values = values_of(result.done, measure.key)
    if not values:
        return None
    stated = stated_of(result.done, measure.key)
    left, right = (
        typical(values_of([hold for hold in result.holds if hold.side == side], measure.key)) for side in _SIDES
    )
    error = exercise.error_of(measure.key, stated, stated)
    return Range(
        measure.title,
        number(median(values), measure, stated),
        number(min(values), measure),
        number(max(values), measure),
        number(stdev(values) if len(values) > 1 else nan, measure),
        number(left, measure),
        number(right, measure),
        number(abs(left - right), measure),
        number(error, measure),
    )


def values_of(done: Sequence[Rep | Hold], key: str) -> list[float]:
    """Return a measure of each movement of which it is known; of the tilt, how far it went either way."""
    known = [value for each in done if isfinite(value := each.measures.get(key, nan))]
    # both ways of the tilt count alike; their signs would cancel out
    return [abs(value) for value in known] if key == TILT else known


def stated_of(done: Sequence[Rep | Hold], key: str) -> float:
    """Return the median of the errors that a measure states itself; NaN where it states none."""
    return typical(values_of(done, stated_error(key)))


def typical(values: Sequence[float]) -> float:
    """Return the median; NaN of nothing."""
    return median(values) if values else nan


def tempo(result: Result) -> Tempo | None:
    """Return how long each movement took; None where that is not known of any."""
    exercise = result.exercise
    if exercise is None:
        return None
    spans = [(each, _spans(each)) for each in result.done[:_MOST]]
    dose = exercise.dose.hold_s if isinstance(exercise.counts, Holds) else None
    longest = max([sum(s for _, s in parts) for _, parts in spans] + [dose[1] * 1.0 if dose else 0.0], default=0.0)
    if not any(parts for _, parts in spans) or longest <= 0:
        return None
    bars = tuple(_bars(spans, longest))
    marks = (100 * dose[0] / longest, 100 * dose[1] / longest) if dose else None
    return Tempo(bars, marks, max(0, len(result.done) - _MOST))


def _spans(each: Rep | Hold) -> list[tuple[Kind, float]]:
    if isinstance(each, Hold):
        return [("hold", each.held)]
    return [(kind, value) for kind, key in _PHASES if not isnan(value := each.measures.get(key, nan))]


def _bars(spans: Sequence[tuple[Rep | Hold, list[tuple[Kind, float]]]], longest: float) -> Iterator[Bar]:
    for each, parts in spans:
        words = " · ".join(f"{seconds:.1f}" for _, seconds in parts)
        leg = f" {each.side}" if isinstance(each, Hold) else ""
        yield Bar(
            f"{each.number}{leg}",
            tuple(Piece(100 * seconds / longest, kind) for kind, seconds in parts),
            f"{words} s" if words else "–",
            each.good,
        )
