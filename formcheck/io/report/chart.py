"""The counted angle over time as a drawing: repetitions, faults, the line to reach. Plain SVG, no script."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, inf, isfinite

from formcheck.core.events import Rep
from formcheck.session.summary import Result

WIDTH, HEIGHT = 960, 360
LEFT, RIGHT, TOP, BOTTOM = 52, 16, 34, 74
_MOST_POINTS = 1500
_LANES = 3
_LANE = 15
_LETTER = 7.0
"""About the mean width of a letter at the chart's 13 units, rounded up: labels are laid out without a font."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, and what it says."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of time: left edge and width in the drawing, what it is, and what is written over it."""

    x: float
    width: float
    name: str
    faults: tuple[str, ...] = ()
    label: str = ""

    @property
    def middle(self) -> float:
        """Where its label goes."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Flag:
    """A fault where it showed: its place on the curve, its word below (none where there is no room), and the whole."""

    x: float
    y: float
    word: str
    word_x: float
    word_y: float
    said: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template draws, in the drawing's own units."""

    lines: tuple[str, ...]
    reps: tuple[Band, ...]
    flags: tuple[Flag, ...]
    unfinished: tuple[Band, ...]
    times: tuple[Tick, ...]
    angles: tuple[Tick, ...]
    target: float
    allowed: tuple[float, float]


def chart(result: Result, duration_s: float) -> Chart | None:
    """Return the drawing of a result's counted signal; None where there is none to draw."""
    if result.exercise is None or not result.series.t:
        return None
    key = result.exercise.counts.signal.key
    values = result.series.values.get(key, ())
    known = [v for v in values if isfinite(v)]
    if not known:
        return None
    end = max(duration_s, result.series.t[-1], 1e-6)
    limit, target = result.exercise.allowed, result.exercise.counts.target
    low = min(90.0, 10 * (min(known) // 10))
    high = max(200.0, 10 * ceil(max(known) / 10))
    low, high = max(low, 0.0), min(high, 360.0)

    def x(t: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * t / end

    def y(value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - min(max(value, low), high)) / (high - low)

    pairs = zip(result.series.t, values, strict=True)
    points = [(x(t), y(v)) if isfinite(v) else None for t, v in pairs]
    return Chart(
        lines=tuple(_lines(points)),
        reps=tuple(_bands(result.reps, x)),
        flags=tuple(_flags(result, x, y)),
        unfinished=tuple(
            Band(x(each.start), x(each.end) - x(each.start), f"no {each.missing}") for each in result.unfinished
        ),
        times=tuple(Tick(x(t), f"{t:.0f}") for t in _steps(end)),
        angles=tuple(Tick(y(v), f"{v:.0f}°") for v in range(int(low), int(high) + 1, 30)),
        target=y(target),
        allowed=(y(limit.high), y(limit.low)),
    )


def _bands(reps: Sequence[Rep], x: Callable[[float], float]) -> Iterator[Band]:
    """Each repetition's stretch. Where they stand close only every fifth (tenth ...) is numbered, good or not."""
    middles = [x((rep.start + rep.end) / 2) for rep in reps]
    room = min((b - a for a, b in pairwise(middles)), default=inf)
    need = _LETTER * (len(str(len(reps))) + 3)
    step = next(s for s in (1, 5, 10, 20, 50, 100, 500, len(reps) + 1) if s * room >= need or s > len(reps))
    for rep in reps:
        start, end = x(rep.start), x(rep.end)
        said = tuple(fault.say for fault in rep.faults)
        label = f"{rep.number}{' ▲' if said else ' ✓'}" if step == 1 else f"{rep.number}" * (rep.number % step == 0)
        yield Band(start, max(1.0, end - start), f"Repetition {rep.number}", said, label)


def _flags(result: Result, x: Callable[[float], float], y: Callable[[float], float]) -> Iterator[Flag]:
    """Mark each fault on the curve; its word goes into the first lane below the drawing that has room."""
    if result.exercise is None:
        return
    times, values = result.series.t, result.series.values[result.exercise.counts.signal.key]
    target = result.exercise.counts.target
    free = [float(LEFT - 40)] * _LANES
    for rep in result.reps:
        for nth, fault in enumerate(sorted(rep.faults, key=lambda f: f.t)):
            at = min(max(0, bisect_left(times, fault.t)), len(times) - 1)
            value = values[at] if isfinite(values[at]) else target
            word = fault.key.replace("_", " ")
            half = _LETTER * len(word) / 2
            middle = min(max(x(fault.t), LEFT + half), WIDTH - RIGHT - half)
            lane = next((i for i, taken in enumerate(free) if middle - half > taken), None)
            if lane is not None:
                free[lane] = middle + half + _LETTER
            yield Flag(
                x(fault.t),
                y(value) - 14 * nth,  # two faults of one moment stand over each other
                word if lane is not None else "",
                middle,
                HEIGHT - BOTTOM + 34 + _LANE * (lane or 0),
                f"Repetition {rep.number}, {fault.t:.1f} s: {fault.say}",
            )


def _steps(end: float) -> list[float]:
    """At most about ten round times."""
    step = next((s for s in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600) if end / s <= 10), 1800)
    return [float(t) for t in range(0, int(end) + 1, step)]


def _lines(points: list[tuple[float, float] | None]) -> list[str]:
    """Polylines through the known points; long ones thinned to the highest and lowest of each column."""
    bucket = ceil(len(points) / (_MOST_POINTS / 2))
    runs: list[list[tuple[float, float]]] = [[]]
    for i in range(0, len(points), bucket):
        known = [p for p in points[i : i + bucket] if p is not None]
        if not known:
            runs.append([])
        elif bucket <= 2:
            runs[-1] += known
        else:
            runs[-1] += sorted({min(known, key=lambda p: p[1]), max(known, key=lambda p: p[1])})
    return [" ".join(f"{px:.1f},{py:.1f}" for px, py in run) for run in runs if len(run) > 1]
