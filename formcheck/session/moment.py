"""What the judge says of one frame: all that sinks (overlay, voice, report ...) need to know."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from formcheck.core.body import Body
from formcheck.core.events import Event, Hold, Rep
from formcheck.core.landmarks import Side
from formcheck.exercises.vocabulary import Exercise, Phase
from formcheck.session.coaching import Coaching
from formcheck.session.following import HoldNow


@dataclass(frozen=True, slots=True)
class Cue:
    """What to tell the person now: a correction (``key`` is the fault's) or praise for having followed one."""

    key: str
    say: str
    praise: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """One frame, judged.

    Attributes:
        t: presentation time, s.
        exercise: what is judged.
        body: the person, or None where nobody can be trusted to be seen.
        values: signal key -> value (NaN = not known) of the exercise's shown signals, of the working leg; empty
            without a body.
        phase: of the movement; None while the person is not in the exercise (walking in, getting up, not seen).
        done: repetitions or holds finished so far.
        wrong: keys of the faults visible now.
        cue: what is being said now.
        events: what happened in this frame.
        hold: the hold under way.
        other: in a stretch, the values of the leg that does not work.
        certain: False while the exercise is only being looked for.
        coaching: what a live session tells the person; None in a recording.
    """

    t: float
    exercise: Exercise
    body: Body | None
    values: Mapping[str, float]
    phase: Phase | None
    done: tuple[Rep | Hold, ...]
    wrong: tuple[str, ...]
    cue: Cue | None
    events: tuple[Event, ...]
    hold: HoldNow | None = None
    other: Mapping[str, float] = field(default_factory=dict)
    certain: bool = True
    coaching: Coaching | None = None

    @property
    def good(self) -> int:
        """How many of those done had no fault."""
        return sum(each.good for each in self.done)

    def held(self, side: Side) -> int:
        """Return how many holds that leg has done, alone or together with the other: those that were long enough."""
        return sum(
            isinstance(each, Hold)
            and each.side in (side, "both")
            and self.exercise.dose.long_enough(each.end - each.start)
            for each in self.done
        )
