"""A plan: which exercises, in which order, how much of each, with which rests and targets, and when pain stops it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from formcheck.core.events import Legs
from formcheck.core.signals import Limit
from formcheck.exercises import find
from formcheck.exercises.vocabulary import Condition, Dose, Exercise, Holds, Rule

NO_TARGETS: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PainLimits:
    """When pain, told as 0 to 10, ends an exercise.

    Attributes:
        rise: over what it was before; this much and more stops.
        above: anything above this stops, whatever it was before.
    """

    rise: int = 2
    above: int = 5

    def stops(self, before: int | None, score: int) -> Literal["rise", "above"] | None:
        """Return why to stop, or None to go on; ``before`` is None where it was not told."""
        if before is not None and score - before >= self.rise:
            return "rise"
        return "above" if score > self.above else None


@dataclass(frozen=True, slots=True)
class Step:
    """One exercise of a plan.

    Attributes:
        exercise: what to do, as the catalogue has it.
        dose: how much.
        legs: in a stretch, which legs, one after another, each ``dose.each_leg`` times; empty = as the person likes.
        rest_s: rest afterwards, s.
        between_holds_s: rest between two holds, s.
        targets: fault key -> where it begins for this person, in its measure's unit.
        notes: of whoever prescribed it, for the person.
    """

    exercise: Exercise
    dose: Dose
    legs: tuple[Legs, ...] = ()
    rest_s: float = 60.0
    between_holds_s: float = 15.0
    targets: Mapping[str, float] = field(default_factory=lambda: NO_TARGETS)
    notes: str = ""

    @property
    def holds(self) -> tuple[Legs, ...]:
        """The holds asked for, in order: one leg is done before the other, which spares turning round."""
        return tuple(leg for leg in self.legs for _ in range(self.dose.each_leg))

    @property
    def prescribed(self) -> Exercise:
        """The exercise as it is to be judged: with the targets, and holds as long as the dose asks for."""
        targets = dict(self.targets)
        if self.dose.hold_s is not None:
            shortest = {
                rule.key: float(self.dose.hold_s[0]) for rule in self.exercise.rules if rule.measure == "rest_s"
            }
            targets = {**shortest, **targets}
        rules = tuple(moved(rule, targets[rule.key]) if rule.key in targets else rule for rule in self.exercise.rules)
        changed = [(old, new) for old, new in zip(self.exercise.rules, rules, strict=True) if old.limit != new.limit]
        if not changed and self.dose == self.exercise.dose:
            return self.exercise
        counts = self.exercise.counts
        if isinstance(counts, Holds):  # the clock runs where the rule is kept
            counts = replace(counts, position=tuple(_follow(each, changed) for each in counts.position))
        return replace(self.exercise, rules=rules, counts=counts, dose=self.dose)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done in one session.

    Attributes:
        key: its name on the command line and in the history.
        title: for people.
        steps: in order.
        pain: when it ends an exercise.
    """

    key: str
    title: str
    steps: tuple[Step, ...]
    pain: PainLimits = PainLimits()


def moved(rule: Rule, value: float) -> Rule:
    """Return a rule whose one end lies at ``value``."""
    lower = rule.limit.low > -float("inf")
    return replace(rule, limit=Limit(low=value) if lower else Limit(high=value))


def default_step(exercise: Exercise, rest_s: float = 60.0, notes: str = "") -> Step:
    """Return a step with the exercise's own dose."""
    legs: tuple[Legs, ...] = ("left", "right") if isinstance(exercise.counts, Holds) else ()
    return Step(exercise, exercise.dose, legs, rest_s, notes=notes)


def _follow(condition: Condition, changed: list[tuple[Rule, Rule]]) -> Condition:
    for old, new in changed:
        if old.measure == condition.signal.key and old.limit == condition.limit:
            return replace(condition, limit=new.limit)
    return condition


LOW_BACK = Plan(
    key="low-back",
    title="Low back: bridge, pelvic tilt and two stretches",
    steps=(
        default_step(find("bridge"), rest_s=60),
        default_step(find("pelvic_tilt"), rest_s=45),
        default_step(find("knee_to_chest"), rest_s=30),
        default_step(find("towel_stretch"), rest_s=0),
    ),
)
"""The built-in programme; its doses are the exercises' own, the rests a proposal: a minute after the strongest one."""

BUILT_IN: Mapping[str, Plan] = MappingProxyType({LOW_BACK.key: LOW_BACK})
