"""From frames to lines: runs of known points, thinned so that a long recording stays a small drawing."""

from collections.abc import Callable, Iterator, Sequence
from math import ceil, inf, isfinite

_MOST_POINTS = 1500

Place = Callable[[float], float]
"""From a time or a value to a place in the drawing."""


def lines(times: Sequence[float], values: Sequence[float], x: Place, y: Place) -> tuple[str, ...]:
    """Return polylines through the known points; long ones thinned to the highest and lowest of each column."""
    runs: list[list[tuple[float, float]]] = [[]]
    bucket, columns = _columns(times, values)
    for column in columns:
        points = [(x(times[i]), y(values[i])) for i in column]
        if not points:
            runs.append([])
        elif bucket <= 2:
            runs[-1] += points
        else:
            runs[-1] += sorted({min(points, key=lambda p: p[1]), max(points, key=lambda p: p[1])})
    return tuple(_written(run) for run in runs if len(run) > 1)


def envelope(
    times: Sequence[float], values: Sequence[float], errors: Sequence[float], x: Place, y: Place
) -> tuple[str, ...]:
    """Return polygons that reach from each known value by its error to both sides."""
    runs: list[tuple[list[tuple[float, float]], list[tuple[float, float]]]] = [([], [])]
    for column in _columns(times, [v if isfinite(e) else inf for v, e in zip(values, errors, strict=True)])[1]:
        if not column:
            runs.append(([], []))
            continue
        at = x(times[column[0]])
        runs[-1][0].append((at, y(max(values[i] + errors[i] for i in column))))
        runs[-1][1].append((at, y(min(values[i] - errors[i] for i in column))))
    return tuple(_written([*upper, *reversed(lower)]) for upper, lower in runs if len(upper) > 1)


def _columns(times: Sequence[float], values: Sequence[float]) -> tuple[int, Iterator[list[int]]]:
    """How many frames share a column of the drawing, and for each column its frames with a known value."""
    bucket = max(1, ceil(len(times) / (_MOST_POINTS / 2)))
    starts = range(0, len(times), bucket)
    return bucket, ([i for i in range(s, min(s + bucket, len(times))) if isfinite(values[i])] for s in starts)


def _written(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
