"""Counts repetitions of a signal that rises from rest toward a target, as it happens.

Turning points are confirmed by hysteresis: a rise is a lift once it has covered 40 % of the way from this person's
rest to the target, a fall ends it once nearly all of the range is undone. So neither trembling nor a dip at the top
nor shifting about on the mat counts, and nobody needs to reach a fixed angle.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from math import inf, isnan, nan

from formcheck.core.events import Unfinished
from formcheck.exercises.vocabulary import Phase, Reps

_SETTLED_S = 0.5
"""A signal that keeps still for this long has arrived."""
_MAY_BE_LEFT = 0.25
"""Share of the range that may be left where a fall has settled or turned, and the hips are still down."""
_DIP = 0.33
"""Share of the range that a fall, and the rise after it, must cover to be two movements and not one with a dip."""
_DOWN = 0.05
"""Share of the range under which a fall is over without waiting for it to settle."""
_HOLD_BAND = 0.15
"""Share of the range below the peak within which the top is held ..."""
_HOLD_SPEED = 3.0
"""... when it moves no more than this many times its wandering in a second: a slow lift is no hold on its way."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """A movement from rest up and back down, to be measured.

    Attributes:
        start: time of the low point before it, s.
        end: time of the low point after it (or where rest was reached), s.
        rest: level of the signal at rest.
        saw_start: False where the recording began with this movement under way.
    """

    start: float
    end: float
    rest: float
    saw_start: bool


class _Stage(Enum):
    SEEK = auto()  # nothing known yet: the recording may begin anywhere in a movement
    LOW = auto()  # at rest, or on the way up but not far enough to be sure
    HIGH = auto()  # a confirmed lift, up to its end


@dataclass(slots=True)
class _Mark:
    t: float = nan
    value: float = nan
    witness: float = nan


class RepCounter:
    """Feed it the signal; it yields cycles and movements left unfinished.

    Args:
        plan: what counts as a repetition.
    """

    def __init__(self, plan: Reps) -> None:
        self._plan = plan
        self.reset()

    def reset(self) -> None:
        """Forget the person's range: a new set, or another person."""
        self._stage = _Stage.SEEK
        self._first = self._low = self._high = self._now = self._still = _Mark()
        self._rest = inf
        self._saw_start = True
        self._headless_since: float | None = None
        self._lowest = _Mark()  # since the peak
        self._departed = nan  # when the signal was last at its low point, or next to it

    @property
    def lifted(self) -> bool:
        """True from when a lift is certain until it has ended."""
        return self._stage is _Stage.HIGH

    @property
    def calm(self) -> bool:
        """True while nothing is under way: the signal is within the lowest tenths of its usual range."""
        return self._stage is _Stage.LOW and self._now.value < self._rest + self._plan.back * (
            self._plan.target - self._rest
        )

    @property
    def rest(self) -> float:
        """Level of the signal where this person rests."""
        return self._rest

    @property
    def quiet_since(self) -> float:
        """Time of the last low point: what lies before it is not needed any more to measure the next movement."""
        return self._low.t

    def phase(self, speed: float) -> Phase:
        """Return the phase now, given the signal's speed in units a second."""
        if self._stage is _Stage.HIGH:
            near_top = self._left(self._now.value) >= 1 - _HOLD_BAND
            if near_top and abs(speed) < _HOLD_SPEED * self._plan.steady:
                return "hold"
            return (
                "down"
                if self._now.t > self._high.t and self._now.value < self._high.value - self._plan.steady / 2
                else "up"
            )
        if self.calm or self._stage is _Stage.SEEK:
            return "rest"
        return "up" if self._now.value > self._low.value + self._plan.steady / 2 else "rest"

    def step(self, t: float, value: float, witness: float = nan) -> Iterator[Cycle | Unfinished]:
        """Take a sample: time in s, the counted signal and its witness, known numbers."""
        self._now = _Mark(t, value, witness)
        if not abs(value - self._still.value) <= self._plan.steady:
            self._still = self._now
        if self._stage is not _Stage.HIGH and not value > self._low.value + self._plan.steady:
            self._departed = t
        if self._stage is _Stage.SEEK:
            self._seek()
        elif self._stage is _Stage.LOW:
            yield from self._wait_for_lift()
        else:
            yield from self._follow_lift()

    def finish(self) -> Iterator[Cycle | Unfinished]:
        """End of the recording, or of sight: yield what that completes or leaves unfinished, and start afresh."""
        if self._stage is _Stage.HIGH:
            if self._left(self._lowest.value) <= self._plan.back:
                yield from self._complete()
            else:
                yield Unfinished(self._departed, self._now.t, "lowering")
        elif self._headless_since is not None:
            yield Unfinished(self._headless_since, self._low.t, "lift")
        self.reset()

    @property
    def _steady(self) -> bool:
        return self._now.t - self._still.t >= _SETTLED_S

    def _need(self, base: float) -> float:
        return max(self._plan.least_rise, self._plan.least_way * (self._plan.target - base))

    def _left(self, value: float) -> float:
        """Share of the present lift's range that is left at ``value``."""
        return (value - self._rest) / (self._high.value - self._rest)

    def _seek(self) -> None:
        now = self._now
        if isnan(self._first.t):
            self._first = self._low = self._high = now
        if now.value < self._low.value:
            self._low = now
        if now.value > self._high.value:
            self._high = now
        if self._rose(self._low, self._need(self._low.value)):
            if self._with_witness(self._low, now):
                # it counts as begun at rest only if the fall that ends it goes no deeper
                self._rest = self._low.value
                self._saw_start = self._departed > self._first.t + _SETTLED_S
                self._begin_lift()
            elif self._steady:
                self._low = self._high = now  # only the feet were moved
        elif self._high.value - now.value >= self._need(now.value) and self._with_witness(now, self._high):
            self._headless_since = self._first.t
            self._stage, self._low, self._rest = _Stage.LOW, now, now.value

    def _rose(self, low: _Mark, need: float) -> bool:
        return self._now.value - low.value >= need

    def _with_witness(self, low: _Mark, high: _Mark) -> bool:
        """Whether the witness agrees that the hips went up between two samples, not just the hip open."""
        return self._plan.witness is None or high.witness - low.witness >= self._plan.witness_rise

    def _begin_lift(self) -> None:
        self._stage = _Stage.HIGH
        self._high = self._lowest = self._now

    def _wait_for_lift(self) -> Iterator[Unfinished]:
        now = self._now
        if now.value < self._low.value:
            self._low = now
        self._rest = min(self._rest, now.value)
        rises = self._rose(self._low, self._need(self._rest))
        lifts = rises and self._with_witness(self._low, now)
        if self._headless_since is not None and (self._steady or lifts):
            yield Unfinished(self._headless_since, self._low.t, "lift")
            self._headless_since = None
        if lifts:
            self._begin_lift()
        elif rises and self._steady:
            # the hip opened but the trunk stayed down: the feet were moved, and this is where the person rests now
            self._low, self._rest = now, now.value

    def _follow_lift(self) -> Iterator[Cycle | Unfinished]:
        now = self._now
        if now.value >= self._high.value:
            self._high = self._lowest = now
            return
        if now.value < self._lowest.value:
            self._lowest = now
        left = self._left(self._lowest.value)
        if (left <= _DOWN and self._saw_start) or (self._steady and self._left(now.value) <= _MAY_BE_LEFT):
            yield from self._complete()
        elif self._dipped(now):
            self._departed = self._lowest.t
            yield from self._complete()
            self._begin_lift()

    def _dipped(self, now: _Mark) -> bool:
        """Whether a fall, and the rise after it, are wide enough to be two movements."""
        wide = max(_DIP * (self._high.value - self._rest), self._plan.least_rise)
        fell = self._high.value - self._lowest.value >= wide
        return fell and self._rose(self._lowest, wide) and self._with_witness(self._lowest, now)

    def _complete(self) -> Iterator[Cycle | Unfinished]:
        """The lift has ended at its lowest point since the peak."""
        began, self._rest = self._low, min(self._rest, self._lowest.value)
        height = self._high.value - self._rest
        if not self._saw_start and began.value > self._rest + self._plan.back * height:
            yield Unfinished(began.t, self._lowest.t, "lift")
        else:
            yield Cycle(began.t, self._lowest.t, self._rest, self._saw_start)
        self._saw_start = True
        if self._lowest.value <= self._rest + _MAY_BE_LEFT * height:
            self._rest = self._lowest.value  # the person settles a little differently each time
        self._stage, self._low = _Stage.LOW, self._lowest
