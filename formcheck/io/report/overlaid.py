"""Every movement laid over the others: how alike they are. Repetitions over their own length, holds over seconds."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from formcheck.core.events import Hold, Rep
from formcheck.exercises.vocabulary import Exercise, Holds
from formcheck.io.report.axis import Axis, Tick, around, written
from formcheck.io.report.words import direction, noun, sentence
from formcheck.session.summary import Result, Series

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 52, 28, 14, 42
_POINTS = 101
_BEFORE_S = 3.0
"""How much of the way into a hold is drawn."""
_AFTER_S = 0.5
_GAP_S = 0.25
"""A longer stretch without a known value stays empty."""
_APART = 15.0
"""Least distance of two labels, in the drawing's units."""
_FEWEST = 2

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Curve:
    """One movement: its pieces, whether it was clean, what it is called, and its label where there is room."""

    pieces: tuple[str, ...]
    good: bool
    name: str
    label: Tick | None = None
    label_x: float = 0.0


@dataclass(frozen=True, slots=True)
class Overlaid:
    """Everything the template draws, in the drawing's own units.

    Attributes:
        along: what runs from left to right.
        curves: in the order they are drawn, faulty ones last.
        middle: their median, where all go the same way.
        spread: their mean standard deviation around it, in the signal's unit; NaN where there is no middle.
        said: what the drawing shows, in a sentence.
        marks: along the time.
        values: marks on the other axis.
        target: where there is a line to reach.
    """

    along: str
    curves: tuple[Curve, ...]
    middle: tuple[str, ...]
    spread: float
    said: str
    marks: tuple[Tick, ...]
    values: tuple[Tick, ...]
    target: Tick | None


def grid(exercise: Exercise, done: Sequence[Rep | Hold]) -> Values:
    """Return where curves are read: shares 0..1 of a repetition, or seconds from the start of a hold."""
    if isinstance(exercise.counts, Holds):
        longest = max((each.end - each.start for each in done), default=0.0)
        return np.linspace(-_BEFORE_S, longest + _AFTER_S, 2 * _POINTS - 1)
    return np.linspace(0.0, 1.0, _POINTS)


def resampled(series: Series, key: str, each: Rep | Hold, at: Values) -> Values:
    """Return a movement's values on the grid; NaN where the camera could not tell for longer than a moment."""
    times = np.asarray(series.t) if len(series.t) else np.zeros(0)
    values = np.asarray(series.values.get(key, np.zeros(0)))
    wanted = each.start + at * (1.0 if isinstance(each, Hold) else each.end - each.start)
    known = np.isfinite(values) if values.size == times.size else np.zeros(times.size, bool)
    if not known.any():
        return np.full(at.size, nan)
    t, x = times[known], values[known]
    after = np.searchsorted(t, wanted).clip(0, t.size - 1)
    before = np.maximum(after - 1, 0)
    off = np.minimum(np.abs(t[before] - wanted), np.abs(t[after] - wanted))
    # a short hold ends before the others do; what comes after it is the next one
    own = wanted <= each.end + _AFTER_S
    return np.where(own & (off <= _GAP_S), np.interp(wanted, t, x), nan)


def across(at: Values) -> Values:
    """Return where the grid lies in the drawing."""
    share: Values = (at - at[0]) / (at[-1] - at[0])
    return LEFT + (WIDTH - LEFT - RIGHT) * share


def overlaid(result: Result) -> Overlaid | None:
    """Return the drawing; None with fewer than two movements to compare, or nothing to draw."""
    exercise = result.exercise
    if exercise is None or len(result.done) < _FEWEST:
        return None
    at = grid(exercise, result.done)
    rows = [resampled(result.series, exercise.charted.key, each, at) for each in result.done]
    seen = np.concatenate(rows)
    if not np.isfinite(seen).any():
        return None
    wanted = [] if isnan(exercise.target) else [exercise.target]
    axis = around([float(np.nanmin(seen)), float(np.nanmax(seen)), *wanted], TOP, HEIGHT - BOTTOM)
    xs = across(at)
    # both ways of the tilt have no common middle
    alike = len({direction(each) for each in result.done} - {None}) < _FEWEST
    middle = middle_of(rows) if alike else np.full(at.size, nan)
    spread = spread_of(rows) if alike else nan
    unit = exercise.charted.unit
    return Overlaid(
        along="seconds from the start of the hold" if _timed(exercise) else "share of the repetition's own length",
        curves=_curves(exercise, result.done, rows, middle, axis),
        middle=pieces(xs, middle, axis),
        spread=spread,
        said=_said(exercise, len(result.done), spread, unit),
        marks=marks(exercise, at, xs),
        values=axis.ticks(unit),
        target=Tick(axis(exercise.target), written(exercise.target, unit)) if wanted else None,
    )


def spread_of(rows: Sequence[Values]) -> float:
    """Return the mean over the grid of the curves' standard deviation; NaN with fewer than two known anywhere."""
    table = np.array(rows)
    deviations = [float(np.std(c[np.isfinite(c)], ddof=1)) for c in table.T if np.isfinite(c).sum() >= _FEWEST]
    return fmean(deviations) if deviations else nan


def pieces(xs: Values, values: Values, axis: Axis) -> tuple[str, ...]:
    """Return polylines through the known points."""
    runs: list[list[str]] = [[]]
    for x, value in zip(xs, values, strict=True):
        if isnan(value):
            runs.append([])
        else:
            runs[-1].append(f"{x:.1f},{axis(float(value)):.1f}")
    return tuple(" ".join(run) for run in runs if len(run) > 1)


def _timed(exercise: Exercise) -> bool:
    return isinstance(exercise.counts, Holds)


def middle_of(rows: Sequence[Values]) -> Values:
    """Return the median of the curves, where at least half of them are known."""
    table = np.array(rows)
    return np.array([np.median(c[np.isfinite(c)]) if 2 * np.isfinite(c).sum() >= len(rows) else nan for c in table.T])


def _said(exercise: Exercise, n: int, spread: float, unit: str) -> str:
    many = noun(exercise, n)
    if isnan(spread):
        return f"{n} {many} over each other."
    return f"{n} {many} over each other: on average they lie {max(1.0, spread):.0f}{unit} around their middle."


def marks(exercise: Exercise, at: Values, xs: Values) -> tuple[Tick, ...]:
    """Return the marks along the grid."""
    if not _timed(exercise):
        return tuple(Tick(float(np.interp(s / 100, at, xs)), f"{s} %") for s in (0, 25, 50, 75, 100))
    step = next((s for s in (5, 10, 20, 60) if at[-1] / s <= 8), 120)
    return tuple(Tick(float(np.interp(s, at, xs)), f"{s} s") for s in range(0, int(at[-1]) + 1, step))


def _curves(
    exercise: Exercise, done: Sequence[Rep | Hold], rows: Sequence[Values], middle: Values, axis: Axis
) -> tuple[Curve, ...]:
    """Faulty ones last, so that they lie on top; each labelled where it is furthest from the middle."""
    xs = across(grid(exercise, done))
    taken: list[tuple[float, float]] = []
    found = []
    for each, row in sorted(zip(done, rows, strict=True), key=lambda pair: not pair[0].good):
        label, x = None, 0.0
        off = np.abs(row - middle) if np.isfinite(middle).any() else np.abs(row - np.nanmedian(rows))
        if not each.good and np.isfinite(off).any():
            i = int(np.nanargmax(off))
            x, y = float(xs[i]), axis(float(row[i])) + (16 if row[i] < np.nan_to_num(middle[i]) else -7)
            if all(abs(x - a) > 2 * _APART or abs(y - b) > _APART for a, b in taken):
                taken.append((x, y))
                label = Tick(y, f"{each.number}")
        leg = f", {each.side}" if isinstance(each, Hold) else ""
        said = "; ".join(fault.say for fault in each.faults) or "clean"
        name = f"{sentence(noun(exercise))} {each.number}{leg}: {said}"
        found.append(Curve(pieces(xs, row, axis), each.good, name, label, x))
    return tuple(sorted(found, key=lambda curve: not curve.good))
