"""What came of a programme."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

from formcheck.core.events import PainTold, Reason, Warn
from formcheck.session.plan import Step
from formcheck.session.summary import Result, Series


@dataclass(frozen=True, slots=True)
class Outcome:
    """A programme's result.

    Attributes:
        sets: what was begun, in order, and what came of it.
        pains: as they were told.
        reason: why it is over.
        detail: key of the red flag.
    """

    sets: tuple[tuple[Step, Result], ...]
    pains: tuple[PainTold, ...]
    reason: Reason
    detail: str = ""


def joined(results: Sequence[Result], reading: Sequence[Warn]) -> Result:
    """Return the sets' results as one with segments, for what takes a session's result.

    Args:
        results: in order.
        reading: warnings of what delivered the frames; they concern all of them.
    """
    if not results:
        return Result(
            exercise=None, recognised=False, side=None, frames=0, seen_fraction=0.0, reps=(), holds=(), unfinished=(),
            warnings=tuple(reading), series=Series(array("d"), {}, array("b")),
        )  # fmt: skip
    warned = [replace(result, warnings=(*reading, *result.warnings)) for result in results]
    return warned[0] if len(warned) == 1 else replace(warned[0], segments=tuple(warned))
