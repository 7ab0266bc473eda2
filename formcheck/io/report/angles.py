"""angles.csv: one row a frame."""

import csv
from collections.abc import Iterator, Sequence
from math import isnan
from pathlib import Path
from typing import Literal

from formcheck.core.events import Hold, Rep
from formcheck.exercises.vocabulary import Phase, Reps
from formcheck.session.summary import PHASES, Result

COLUMNS = (
    "t_s",
    "hip_angle_deg",
    "knee_angle_deg",
    "leg_elevation_deg",
    "pelvic_tilt_deg",
    "pelvic_tilt_error_deg",
    "phase",
    "rep",
)
_Cell = str | int


def write(path: Path, result: Result) -> None:
    """Write the angles of every frame with the phase and number of the repetition or hold it belongs to.

    An empty cell = not known, not measured in this exercise, or no repetition.
    """
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        for part in result.parts:
            rows.writerows(_rows(part))


def _rows(part: Result) -> Iterator[list[_Cell]]:
    series, phase = part.series, ""
    angles = [series.values.get(column) for column in COLUMNS[1:6]]
    for i, (t, current) in enumerate(_belonging(series.t, part.done)):
        phase = _phase(part, i, current, phase)
        yield [
            f"{t:.4f}",
            *("" if values is None or isnan(values[i]) else f"{values[i]:.2f}" for values in angles),
            phase,
            current.number if current else "",
        ]


def _belonging(times: Sequence[float], done: Sequence[Rep | Hold]) -> Iterator[tuple[float, Rep | Hold | None]]:
    """Each time with the movement it lies in."""
    left = iter(done)
    each = next(left, None)
    for t in times:
        while each is not None and t > each.end:
            each = next(left, None)
        yield t, each if each is not None and t >= each.start else None


def _phase(part: Result, i: int, current: Rep | Hold | None, before: str) -> Phase | Literal[""]:
    """The phase as measured of a finished movement; elsewhere as it seemed when it happened."""
    t, n = part.series.t[i], part.series.phases[i]
    if part.exercise is None or n < 0:
        return ""
    if isinstance(current, Rep):
        return "up" if t < current.top_from else "hold" if t <= current.top_to else "down"
    if isinstance(current, Hold):
        return "hold"
    under_way = any(each.start <= t <= each.end for each in part.unfinished)
    if not under_way and isinstance(part.exercise.counts, Reps):
        return "rest"  # what seemed to begin there came to nothing
    seemed = PHASES[n]
    if under_way or seemed != "hold":
        return seemed
    return "down" if before in ("hold", "down") else "up"  # at rest, but not in the stretch
