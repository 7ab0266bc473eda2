"""The values' axis of a drawing: a round range, its ticks, and how they are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

LEAST_RANGE = 30.0
"""Degrees. A smaller range is not drawn over the whole height: it would make noise look like movement."""
_STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 45.0, 60.0)
_MOST_STEPS = 7


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, and what it says."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Axis:
    """From ``low`` to ``high`` in ``step``s, drawn from ``bottom`` up to ``top``."""

    low: float
    high: float
    step: float
    top: float
    bottom: float

    def __call__(self, value: float) -> float:
        """Return the height of a value.

        A little outside, the drawing is cut off: what lies outside is no value at the edge.
        """
        kept = min(max(value, self.low - self.step), self.high + self.step)
        return self.top + (self.bottom - self.top) * (self.high - kept) / (self.high - self.low)

    def ticks(self, unit: str) -> tuple[Tick, ...]:
        """Return a mark a step."""
        values = [self.low + n * self.step for n in range(round((self.high - self.low) / self.step) + 1)]
        return tuple(Tick(self(value), written(value, unit)) for value in values)


def written(value: float, unit: str) -> str:
    """Return a value as an axis has it."""
    return f"{value:g}{unit}".replace("-", "−")


def around(values: Sequence[float], top: float, bottom: float, least: float = LEAST_RANGE) -> Axis:
    """Return the axis that holds all these values.

    Args:
        values: what is to be seen on it.
        top: of the drawing.
        bottom: of the drawing.
        least: the range it has in any case.
    """
    low, high = min(values), max(values)
    step = next((s for s in _STEPS if max(high - low, least) / s <= _MOST_STEPS), 90.0)
    low, high = step * floor(low / step), step * ceil(high / step)
    while high - low < least:
        # counts, times and angles that are never negative get no room below nothing
        low, high = low - step if low >= step or min(values) < 0 else low, high + step
    return Axis(low, high, step, top, bottom)
