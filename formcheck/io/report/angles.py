"""angles.csv: one row a frame."""

import csv
from math import isnan
from pathlib import Path

from formcheck.core.events import Rep
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


def write(path: Path, result: Result) -> None:
    """Write the angles of every frame with the phase and number of the repetition it belongs to.

    An empty cell = not known, not measured in this exercise, or no repetition.
    """
    series = result.series
    angles = [series.values.get(column) for column in COLUMNS[1:6]]
    reps = iter(result.reps)
    rep = next(reps, None)
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        for i, t in enumerate(series.t):
            while rep is not None and t > rep.end:
                rep = next(reps, None)
            current = rep if rep is not None and t >= rep.start else None
            rows.writerow(
                [
                    f"{t:.4f}",
                    *("" if values is None or isnan(values[i]) else f"{values[i]:.2f}" for values in angles),
                    _phase(result, i, current),
                    current.number if current else "",
                ]
            )


def _phase(result: Result, i: int, rep: Rep | None) -> str:
    """The phase as measured of a finished repetition; in an unfinished movement, as it seemed when it happened."""
    t, seemed = result.series.t[i], result.series.phases[i]
    if result.exercise is None or seemed < 0:
        return ""
    if rep is not None:
        return "up" if t < rep.top_from else "hold" if t <= rep.top_to else "down"
    under_way = any(each.start <= t <= each.end for each in result.unfinished)
    return PHASES[seemed] if under_way else "rest"
