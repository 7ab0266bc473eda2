"""A measure over several sessions, with the measurement error drawn in: nobody shall read noise as progress."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from formcheck.exercises.vocabulary import Exercise, Measure
from formcheck.io.report.axis import Tick, around
from formcheck.io.report.words import number
from formcheck.session.progress import Trend

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 60, 24, 16, 40
_MOST_DATES = 6
PAIN = Measure("pain", float, "Pain before the exercises")
"""How pain is called and written: no measure of an exercise."""


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
    """Everything the template draws, in the drawing's own units; ``error`` is the band's top and bottom.

    The band lies around what the trend is measured from: the median of the first sessions, up to three.
    """

    title: str
    said: str
    line: str
    dots: tuple[Dot, ...]
    error: tuple[float, float]
    values: tuple[Tick, ...]
    days: tuple[Tick, ...]


def drawings(exercise: Exercise, trends: Sequence[Trend]) -> list[Drawing]:
    """Return the drawing of each of an exercise's trends that has two sessions or more."""
    found = []
    for trend in trends:
        measure = exercise.measure(trend.aim.measure)
        leg = f", {trend.side} leg" if trend.side else ""
        found.append(drawing(trend, replace(measure, title=f"{measure.title}{leg}")))
    return [each for each in found if each is not None]


def drawing(trend: Trend, measure: Measure) -> Drawing | None:
    """Return the drawing of a trend; None with less than two sessions.

    Args:
        trend: as it was judged.
        measure: how its values are called and written.
    """
    if trend.first is None or trend.latest is None:
        return None
    first, error = trend.first, trend.error
    values = [point.value for point in trend.points]
    least = max(2 * error, 10.0 if measure.digits == 0 else 3.0)
    axis = around([min(*values, first - error), max(*values, first + error)], TOP, HEIGHT - BOTTOM, least)
    days = [datetime.fromisoformat(point.when).timestamp() for point in trend.points]

    def x(when: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (when - days[0]) / max(1.0, days[-1] - days[0])

    dots = tuple(
        Dot(x(n), axis(value), point.when[:10], number(value, measure), _change(value - first, measure))
        for point, value, n in zip(trend.points, values, days, strict=True)
    )
    every = -(-len(dots) // _MOST_DATES)
    return Drawing(
        title=measure.title,
        said=_said(trend, first, trend.latest, measure),
        line=" ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in dots),
        dots=dots,
        error=(axis(first + error), axis(first - error)),
        values=axis.ticks(measure.unit),
        days=tuple(Tick(dot.x, dot.day) for dot in _apart(dots[::every])),
    )


def _apart(dots: Sequence[Dot], least: float = 95.0) -> list[Dot]:
    """Those whose dates do not run into each other."""
    kept: list[Dot] = []
    for dot in dots:
        if not kept or dot.x - kept[-1].x >= least:
            kept.append(dot)
    return kept


def _change(difference: float, measure: Measure) -> str:
    return ("+" if difference > 0 else "") + number(difference, measure)


def _said(trend: Trend, first: float, latest: float, measure: Measure) -> str:
    begun, now = trend.points[0].when[:10], trend.points[-1].when[:10]
    text = f"From {number(first, measure)} at first ({begun}) to {number(latest, measure)} lately ({now})"
    return f"{text}: {judged(trend, measure)}."


def judged(trend: Trend, measure: Measure) -> str:
    """Return what a trend of two sessions or more comes to, in words."""
    first, latest, change = trend.first or 0.0, trend.latest or 0.0, abs(trend.change or 0.0)
    limit = number(trend.error, measure)
    if trend.verdict != "no_evidence":
        how = "better" if trend.verdict == "improving" else "worse"
        return f"{how} by {number(change, measure)}, no less than the measurement error of {limit}"
    if trend.aim.better == "toward" and abs(latest - first) >= trend.error:
        return f"about as far from {number(trend.aim.toward, measure)}, on its other side: no evidence of progress"
    return f"less than the measurement error of {limit}: no evidence of a change"
