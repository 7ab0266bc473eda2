"""The exercise's charted signal over time as a drawing: movements, faults, the line to reach. Plain SVG, no script."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, inf, isfinite, isnan

from formcheck.core.events import Hold, Rep
from formcheck.exercises.measures import stated_error
from formcheck.exercises.vocabulary import Exercise
from formcheck.io.report.axis import Axis, Tick, around, written
from formcheck.io.report.curve import Place, envelope, lines
from formcheck.io.report.phases import Piece, strip
from formcheck.io.report.words import noun, sentence
from formcheck.session.summary import Result

WIDTH, HEIGHT = 960, 360
LEFT, RIGHT, TOP, BOTTOM = 52, 16, 34, 74
_LANES = 3
_LANE = 15
_LETTER = 7.0
"""About the mean width of a letter at the chart's 13 units, rounded up: labels are laid out without a font."""


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
    """Everything the template draws, in the drawing's own units.

    ``target`` and ``allowed`` where there are such; ``span`` is the first and last time, s.
    """

    title: str
    lines: tuple[str, ...]
    error: tuple[str, ...]
    done: tuple[Band, ...]
    flags: tuple[Flag, ...]
    unfinished: tuple[Band, ...]
    times: tuple[Tick, ...]
    values: tuple[Tick, ...]
    target: Tick | None
    allowed: tuple[float, float] | None
    phases: tuple[Piece, ...]
    span: tuple[float, float]

    @property
    def height(self) -> float:
        """Of the whole drawing: lanes below that hold no word are left out."""
        lowest = max((flag.word_y for flag in self.flags if flag.word), default=0.0)
        return max(HEIGHT - BOTTOM + 26, lowest + 8)


def chart(result: Result, end: float | None = None) -> Chart | None:
    """Return the drawing of a result's charted signal; None where there is none to draw.

    Args:
        result: of one exercise.
        end: where the drawing ends, s, if later than its last frame.
    """
    exercise, times = result.exercise, result.series.t
    if exercise is None or not times:
        return None
    key, unit = exercise.charted.key, exercise.charted.unit
    values = result.series.values.get(key, ())
    if not any(isfinite(value) for value in values):
        return None
    errors = result.series.values.get(stated_error(key), ())
    begin, end = (times[0] if times[0] > 1 else 0.0), max(end or 0.0, times[-1])
    y = _axis(result, exercise)

    def x(t: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (t - begin) / max(end - begin, 1e-6)

    limit = exercise.allowed
    return Chart(
        title=f"{sentence(exercise.charted.title)} over time",
        lines=lines(times, values, x, y),
        error=envelope(times, values, errors, x, y) if errors else (),
        done=tuple(_bands(exercise, result.done, x)),
        flags=tuple(_flags(result, exercise, values, x, y)),
        unfinished=tuple(
            Band(x(each.start), x(each.end) - x(each.start), f"the {each.missing} is missing")
            for each in result.unfinished
        ),
        times=tuple(Tick(x(t), f"{t:.0f}") for t in _steps(begin, end)),
        values=y.ticks(unit),
        target=None if isnan(exercise.target) else Tick(y(exercise.target), written(exercise.target, unit)),
        allowed=None if limit is None else (max(y(limit.high), TOP), min(y(limit.low), HEIGHT - BOTTOM)),
        phases=tuple(strip(result.done, x)),
        span=(begin, end),
    )


def _axis(result: Result, exercise: Exercise) -> Axis:
    """The values that are drawn: what was seen in the exercise, and what it asks for."""
    series = result.series
    values, limit = series.values[exercise.charted.key], exercise.allowed
    errors = series.values.get(stated_error(exercise.charted.key))
    known = [i for i, value in enumerate(values) if isfinite(value)]
    # somebody who gets up turns every angle; that is not what the drawing is for
    inside = [i for i in known if i < len(series.phases) and series.phases[i] >= 0] or known
    reach = [errors[i] if errors and isfinite(errors[i]) else 0.0 for i in inside]
    asked = [exercise.target, *((limit.low, limit.high) if limit else ())]
    wanted = [v for v in asked if isfinite(v)]
    low = min([values[i] - e for i, e in zip(inside, reach, strict=True)] + wanted)
    high = max([values[i] + e for i, e in zip(inside, reach, strict=True)] + wanted)
    return around([low, high], TOP, HEIGHT - BOTTOM)


def _bands(exercise: Exercise, done: Sequence[Rep | Hold], x: Place) -> Iterator[Band]:
    """Each movement's stretch. Where they stand close only every fifth (tenth ...) is numbered, good or not."""
    labels = _labels(done, min((b - a for a, b in pairwise(x((e.start + e.end) / 2) for e in done)), default=inf))
    for each, label in zip(done, labels, strict=True):
        start, end = x(each.start), x(each.end)
        said = tuple(fault.say for fault in each.faults)
        yield Band(start, max(1.0, end - start), _name(exercise, each), said, label)


def _name(exercise: Exercise, each: Rep | Hold) -> str:
    leg = f", {each.side}" if isinstance(each, Hold) else ""
    return f"{sentence(noun(exercise))} {each.number}{leg}"


def _labels(done: Sequence[Rep | Hold], room: float) -> list[str]:
    """What is written over each: as much as there is room for."""
    marked = [f"{each.number} {'✓' if each.good else '▲'}" for each in done]
    with_leg = [
        f"{each.number} {each.side} {m[-1]}" if isinstance(each, Hold) else m
        for each, m in zip(done, marked, strict=True)
    ]
    for labels in (with_leg, marked):
        if room >= _LETTER * (max(map(len, labels), default=0) + 1):
            return labels
    need = _LETTER * (len(str(len(done))) + 3)
    step = next(s for s in (5, 10, 20, 50, 100, 500, len(done) + 1) if s * room >= need or s > len(done))
    return [f"{each.number}" * (each.number % step == 0) for each in done]


def _flags(result: Result, exercise: Exercise, values: Sequence[float], x: Place, y: Place) -> Iterator[Flag]:
    """Mark each fault on the curve; its word goes into the first lane below the drawing that has room."""
    times = result.series.t
    free = [float(LEFT - 40)] * _LANES
    for each in result.done:
        for nth, fault in enumerate(sorted(each.faults, key=lambda f: f.t)):
            at = min(max(0, bisect_left(times, fault.t)), len(times) - 1)
            place = y(values[at]) if isfinite(values[at]) else (TOP + HEIGHT - BOTTOM) / 2
            word = fault.key.replace("_", " ")
            half = _LETTER * len(word) / 2
            middle = min(max(x(fault.t), LEFT + half), WIDTH - RIGHT - half)
            lane = next((i for i, taken in enumerate(free) if middle - half > taken), None)
            if lane is not None:
                free[lane] = middle + half + _LETTER
            yield Flag(
                x(fault.t),
                min(max(place, TOP + 8), HEIGHT - BOTTOM - 8) - 14 * nth,  # two of one moment stand over each other
                word if lane is not None else "",
                middle,
                HEIGHT - BOTTOM + 34 + _LANE * (lane or 0),
                f"{_name(exercise, each)}, {fault.t:.1f} s: {fault.say}",
            )


def _steps(begin: float, end: float) -> list[float]:
    """At most about ten round times."""
    step = next((s for s in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600) if (end - begin) / s <= 10), 1800)
    return [float(t) for t in range(step * ceil(begin / step), int(end) + 1, step)]
