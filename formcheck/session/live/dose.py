"""How much of a set is done, and when it is over."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.core.events import Hold, Legs, Rep
from formcheck.exercises.vocabulary import Dose

_BOTH_SIDES: tuple[Legs, ...] = ("left", "right")


@dataclass(frozen=True, slots=True)
class Progress:
    """What is left of a dose.

    Args:
        dose: what is asked for.
        legs: which legs are to be stretched; both, where it does not say.
    """

    dose: Dose
    legs: tuple[Legs, ...] = ()

    def enough(self, done: Sequence[Rep | Hold]) -> bool:
        """Whether at least the smaller number of repetitions is done, or every hold."""
        if self.dose.reps:
            return len(done) >= self.dose.reps[0]
        return self.complete(done)

    def complete(self, done: Sequence[Rep | Hold]) -> bool:
        """Whether nothing is left to do."""
        if self.dose.reps:
            return len(done) >= self.dose.reps[1]
        return bool(self.dose.each_leg) and not any(self.left(done).values())

    def left(self, done: Sequence[Rep | Hold]) -> dict[Legs, int]:
        """Return how many holds are left for each leg; with both legs at once, that counts for either."""
        held: Counter[Legs] = Counter()
        for each in done:
            if isinstance(each, Hold) and self.long_enough(each):
                held.update(_BOTH_SIDES if each.side == "both" else (each.side,))
                held["both"] += each.side == "both"
        legs = self.legs or _BOTH_SIDES
        return {leg: max(0, self.dose.each_leg - held[leg]) for leg in legs}

    def long_enough(self, hold: Hold) -> bool:
        """Whether a hold was kept for as long as is asked for, in position or not."""
        return self.dose.long_enough(hold.end - hold.start)
