"""What the judge says of one frame: all that sinks (overlay, voice, report ...) need to know."""

from collections.abc import Mapping
from dataclasses import dataclass

from formcheck.core.body import Body
from formcheck.core.events import Event
from formcheck.exercises.vocabulary import Exercise, Phase


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
        reps: repetitions finished so far.
        good_reps: those of them without a fault.
        wrong: keys of the faults visible now.
        cue: what is being said now.
        events: what happened in this frame.
        certain: False while the exercise is only being looked for.
    """

    t: float
    exercise: Exercise
    body: Body | None
    values: Mapping[str, float]
    phase: Phase | None
    reps: int
    good_reps: int
    wrong: tuple[str, ...]
    cue: Cue | None
    events: tuple[Event, ...]
    certain: bool = True
