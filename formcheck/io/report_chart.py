"""The counted angle over time as a drawing: repetitions, faults, the line to reach. Plain SVG, no script."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, isfinite

from formcheck.core.events import Rep
from formcheck.session.summary import Result

WIDTH, HEIGHT = 960, 320
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 34, 34
_MOST_POINTS = 1500


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, and what it says."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of time: left edge and width in the drawing, and what it stands for."""

    x: float
    width: float
    label: str
    faults: tuple[str, ...]

    @property
    def middle(self) -> float:
        """Where its label goes."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template draws, in the drawing's own units."""

    lines: tuple[str, ...]
    reps: tuple[Band, ...]
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
    values = result.series.values[key]
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
        reps=tuple(_band(rep, x) for rep in result.reps),
        unfinished=tuple(
            Band(x(each.start), x(each.end) - x(each.start), f"no {each.missing}", ()) for each in result.unfinished
        ),
        times=tuple(Tick(x(t), f"{t:.0f}") for t in _steps(end)),
        angles=tuple(Tick(y(v), f"{v:.0f}°") for v in range(int(low), int(high) + 1, 30)),
        target=y(target),
        allowed=(y(limit.high), y(limit.low)),
    )


def _band(rep: Rep, x: Callable[[float], float]) -> Band:
    start, end = x(rep.start), x(rep.end)
    return Band(start, max(1.0, end - start), str(rep.number), tuple(fault.say for fault in rep.faults))


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
