"""A measure over several sessions, with the measurement error drawn in: nobody shall read noise as progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite, isnan, nan

from formcheck.exercises.vocabulary import Exercise, Measure
from formcheck.io.report.axis import Tick, around
from formcheck.io.report.words import number

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 60, 24, 16, 40
_FEWEST = 2
_MOST_DATES = 6


@dataclass(frozen=True, slots=True)
class Trend:
    """One measure of one exercise over the sessions so far, this one included.

    Attributes:
        exercise: key of the exercise.
        measure: key of its measure; of a number that is none (``good_reps``), give ``title`` and ``unit`` as well.
        points: day and value of each session, oldest first; NaN = not known.
        error: difference between two sessions up to which it is no evidence (``error.between_sessions``); NaN = not
            known.
        title: of the number; empty to take the measure's.
        unit: written behind it.
        digits: after the point.
    """

    exercise: str
    measure: str
    points: tuple[tuple[date, float], ...]
    error: float = nan
    title: str = ""
    unit: str = ""
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Dot:
    """A session in the drawing, and its row in the table."""

    x: float
    y: float
    day: str
    told: str
    change: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything the template draws, in the drawing's own units; ``error`` is the band's top and bottom."""

    title: str
    said: str
    line: str
    dots: tuple[Dot, ...]
    error: tuple[float, float] | None
    values: tuple[Tick, ...]
    days: tuple[Tick, ...]


def drawings(exercise: Exercise, trends: Sequence[Trend]) -> list[Drawing]:
    """Return the drawing of each trend of this exercise that has two known sessions or more."""
    found = [_drawing(exercise, trend) for trend in trends if trend.exercise == exercise.key]
    return [drawing for drawing in found if drawing is not None]


def _drawing(exercise: Exercise, trend: Trend) -> Drawing | None:
    points = [(day, value) for day, value in trend.points if isfinite(value)]
    if len(points) < _FEWEST:
        return None
    measure = _measure(exercise, trend)
    first = points[0][1]
    reach = trend.error if isfinite(trend.error) else 0.0
    values = [value for _, value in points]
    least = max(2 * reach, 10.0 if measure.digits == 0 else 3.0)
    axis = around([min(*values, first - reach), max(*values, first + reach)], TOP, HEIGHT - BOTTOM, least)
    days = [day.toordinal() for day, _ in points]

    def x(day: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - days[0]) / max(1, days[-1] - days[0])

    dots = tuple(
        Dot(x(n), axis(value), day.isoformat(), number(value, measure), _change(value - first, measure) if i else "–")
        for i, ((day, value), n) in enumerate(zip(points, days, strict=True))
    )
    every = -(-len(dots) // _MOST_DATES)
    shown = [dot for i, dot in enumerate(dots) if i % every == 0]
    return Drawing(
        title=measure.title,
        said=_said(points, trend.error, measure),
        line=" ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in dots),
        dots=dots,
        error=(axis(first + reach), axis(first - reach)) if reach else None,
        values=axis.ticks(measure.unit),
        days=tuple(Tick(dot.x, dot.day) for dot in _apart(shown)),
    )


def _measure(exercise: Exercise, trend: Trend) -> Measure:
    """The exercise's own words for it, unless others are given."""
    own = next((m for m in exercise.measures if m.key == trend.measure and m.title), None)
    if own is not None and not trend.title:
        return own
    title = trend.title or trend.measure.replace("_", " ")
    return Measure(trend.measure, float, title[:1].upper() + title[1:], trend.unit, trend.digits)


def _apart(dots: Sequence[Dot], least: float = 95.0) -> list[Dot]:
    """Those whose dates do not run into each other, first and last where possible."""
    kept: list[Dot] = []
    for dot in dots:
        if not kept or dot.x - kept[-1].x >= least:
            kept.append(dot)
    return kept


def _change(difference: float, measure: Measure) -> str:
    return ("+" if difference > 0 else "") + number(difference, measure)


def _said(points: Sequence[tuple[date, float]], error: float, measure: Measure) -> str:
    (begun, first), (now, last) = points[0], points[-1]
    text = f"From {number(first, measure)} on {begun} to {number(last, measure)} on {now}"
    change = _change(last - first, measure)
    if isnan(error):
        return f"{text}: {change}. How large a change must be to mean something is not known for this number."
    limit = number(error, measure)
    if abs(last - first) <= error:
        return f"{text}: {change}, within the measurement error of {limit}: no evidence of a change."
    return f"{text}: {change}, more than the measurement error of {limit}: a change."
