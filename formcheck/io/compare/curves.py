"""The movements of two sessions over each other: their middles as thick lines, each movement thin behind."""

from dataclasses import dataclass

import numpy as np

from formcheck.exercises.vocabulary import Exercise, Holds
from formcheck.io.report.axis import Axis, Tick, around, written
from formcheck.io.report.overlaid import BOTTOM, HEIGHT, TOP, Values, across, grid, marks, middle_of, pieces, resampled
from formcheck.io.report.words import direction
from formcheck.session.summary import Result


@dataclass(frozen=True, slots=True)
class Lines:
    """One session's curves: of each movement, and of their middle."""

    thin: tuple[str, ...]
    middle: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Curves:
    """Everything the template draws, in the drawing's own units."""

    title: str
    along: str
    one: Lines
    two: Lines
    marks: tuple[Tick, ...]
    values: tuple[Tick, ...]
    target: Tick | None


def curves(exercise: Exercise, one: Result, two: Result) -> Curves | None:
    """Return the drawing; None where the curves of one session are not known."""
    at = grid(exercise, [*one.done, *two.done])
    rows = [[resampled(part.series, exercise.charted.key, each, at) for each in part.done] for part in (one, two)]
    if not all(row and np.isfinite(np.concatenate(row)).any() for row in rows):
        return None
    seen = np.concatenate([*rows[0], *rows[1]])
    wanted = [exercise.target] if np.isfinite(exercise.target) else []
    axis = around([float(np.nanmin(seen)), float(np.nanmax(seen)), *wanted], TOP, HEIGHT - BOTTOM)
    xs = across(at)
    timed = isinstance(exercise.counts, Holds)
    return Curves(
        title=exercise.charted.title,
        along="seconds from the start of the hold" if timed else "share of the repetition's own length",
        one=_lines(one, rows[0], xs, axis),
        two=_lines(two, rows[1], xs, axis),
        marks=marks(exercise, at, xs),
        values=axis.ticks(exercise.charted.unit),
        target=Tick(axis(exercise.target), written(exercise.target, exercise.charted.unit)) if wanted else None,
    )


def _lines(part: Result, rows: list[Values], xs: Values, axis: Axis) -> Lines:
    thin = tuple(line for row in rows for line in pieces(xs, row, axis))
    # both ways of the tilt have no common middle
    alike = len({direction(each) for each in part.done} - {None}) < 2
    return Lines(thin, pieces(xs, middle_of(rows), axis) if alike else ())
