"""What happens in a session, as facts with times. Times are presentation times in seconds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from formcheck.core.landmarks import Side

Missing = Literal["lift", "lowering"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to correct: ``key`` from the exercise's table, when it showed, and what to say."""

    key: str
    t: float
    say: str


@dataclass(frozen=True, slots=True)
class Rep:
    """One finished repetition with its measures (named with their unit, NaN = not known) and faults.

    ``top_from`` and ``top_to`` bound the time in the upper tenth of the rep's own range; ``rest`` is where the counted
    signal rests, in its unit.
    """

    number: int
    start: float
    top_from: float
    peak: float
    top_to: float
    end: float
    rest: float
    measures: Mapping[str, float]
    faults: tuple[Fault, ...] = ()

    @property
    def good(self) -> bool:
        """True when nothing was wrong with it."""
        return not self.faults


Legs = Literal["left", "right", "both"]
"""Which leg works in a stretch."""


@dataclass(frozen=True, slots=True)
class Hold:
    """One finished hold of a stretch, with its measures (named with their unit, NaN = not known) and faults.

    ``start`` to ``end`` is the time at rest in the stretch, ``held`` the part of it in position, all in s.
    """

    number: int
    side: Legs
    start: float
    end: float
    held: float
    measures: Mapping[str, float]
    faults: tuple[Fault, ...] = ()

    @property
    def good(self) -> bool:
        """True when nothing was wrong with it."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A movement whose beginning (``lift``) or end (``lowering``) the camera did not see: never a rep."""

    start: float
    end: float
    missing: Missing


@dataclass(frozen=True, slots=True)
class RepFinished:
    """A repetition was completed and judged."""

    t: float
    rep: Rep


@dataclass(frozen=True, slots=True)
class HoldStarted:
    """The limb has come to rest in the stretch; ``since`` is when."""

    t: float
    since: float
    side: Side


@dataclass(frozen=True, slots=True)
class HoldPaused:
    """The clock stands: the limb is out of position, or moves."""

    t: float
    held: float


@dataclass(frozen=True, slots=True)
class HoldResumed:
    """The clock runs on."""

    t: float
    held: float


@dataclass(frozen=True, slots=True)
class HoldFinished:
    """A hold was let go and judged."""

    t: float
    hold: Hold


@dataclass(frozen=True, slots=True)
class LeftUnfinished:
    """A movement was given up: no rep."""

    t: float
    unfinished: Unfinished


@dataclass(frozen=True, slots=True)
class FaultSeen:
    """A fault became visible while it happens (the rep's own list is what counts)."""

    t: float
    fault: Fault


@dataclass(frozen=True, slots=True)
class LostSight:
    """Nobody has been seen for a while; ``since`` is the last time anybody was."""

    t: float
    since: float


@dataclass(frozen=True, slots=True)
class FoundAgain:
    """The person is seen again after ``away`` seconds."""

    t: float
    away: float


@dataclass(frozen=True, slots=True)
class SetBegan:
    """The ``number``-th exercise of a programme begins, counted from 1 in its plan; ``exercise`` is its key."""

    t: float
    number: int
    exercise: str


@dataclass(frozen=True, slots=True)
class SetEnded:
    """It has ended: by itself, or because the person went on to the next one or stopped."""

    t: float
    number: int
    exercise: str
    how: Literal["done", "skipped", "stopped"]


Asked = Literal["before", "after", "end"]
"""When pain is asked for: before the first exercise, after each, at the end."""


@dataclass(frozen=True, slots=True)
class PainTold:
    """The person has told the pain, 0..10; ``exercise`` is the key of the one just done, None before and at the end."""

    t: float
    asked: Asked
    score: int
    exercise: str | None = None


Reason = Literal["done", "stopped", "ended", "red_flag", "pain_rise", "pain_above", "numb"]
"""Why a programme is over: all done; the person stopped it; the program was ended; a sign that needs a doctor; pain
that rose, or is too strong; numbness or tingling."""


@dataclass(frozen=True, slots=True)
class ProgrammeEnded:
    """A programme is over; ``detail`` is the key of the red flag."""

    t: float
    reason: Reason
    detail: str = ""


Event = (
    RepFinished
    | HoldStarted
    | HoldPaused
    | HoldResumed
    | HoldFinished
    | LeftUnfinished
    | FaultSeen
    | LostSight
    | FoundAgain
    | SetBegan
    | SetEnded
    | PainTold
    | ProgrammeEnded
)


@dataclass(frozen=True, slots=True)
class Warn:
    """Something about the recording that limits what can be said of it."""

    key: str
    say: str = field(compare=False)
