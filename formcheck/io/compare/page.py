"""compare.html: two sessions side by side on one self-contained page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from formcheck.errors import CompareError
from formcheck.exercises.vocabulary import Exercise, Holds
from formcheck.io.compare.curves import Curves, curves
from formcheck.io.compare.differences import Difference, FaultRow, counts, faults, measures, said
from formcheck.io.compare.sessions import Compared
from formcheck.io.report import overlaid
from formcheck.io.report.words import noun
from formcheck.session.summary import Result

Pair = tuple[Result, Result]


@dataclass(frozen=True, slots=True)
class _Section:
    """What the template says of one exercise."""

    id: str
    exercise: Exercise
    said: str
    nouns: str
    holds: bool
    counts: Sequence[Difference]
    measures: Sequence[Difference]
    faults: Sequence[FaultRow]
    done: tuple[int, int]
    curves: Curves | None
    warnings: Sequence[tuple[str, str]]


def pairs(one: Compared, two: Compared) -> list[Pair]:
    """Return the exercises that both have: the first of a kind with the first, the second with the second.

    Raises:
        CompareError: they have none in common.
    """
    there = defaultdict(list)
    for part in two.parts:
        there[part.exercise].append(part)
    found = [(part, there[part.exercise].pop(0)) for part in one.parts if there[part.exercise]]
    if not found:
        told = " and ".join(f"{each.name} has {_titles(each)}" for each in (one, two))
        raise CompareError(f"there is nothing to compare: {told}. Name two recordings of the same exercise.")
    return found


def _titles(each: Compared) -> str:
    return ", ".join(part.exercise.title.lower() for part in each.parts if part.exercise) or "no exercise"


def render(one: Compared, two: Compared, video: str = "") -> str:
    """Return the page.

    Args:
        one: session A.
        two: session B.
        video: name of the synchronised picture beside the page; empty where there is none.

    Raises:
        CompareError: they have no exercise in common.
    """
    found = pairs(one, two)
    pages = Environment(
        loader=ChoiceLoader([PackageLoader("formcheck.io.compare"), PackageLoader("formcheck.io.report")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    return pages.get_template("compare.html.j2").render(
        one=one,
        two=two,
        video=video,
        sections=[_section(f"part-{n}", a, b) for n, (a, b) in enumerate(found, 1)],
        alone=[
            (name, part.exercise.title)
            for name, each, side in (("A", one, 0), ("B", two, 1))
            for part in each.parts
            if part.exercise and all(part is not pair[side] for pair in found)
        ],
        size=overlaid,
    )


def _section(anchor: str, one: Result, two: Result) -> _Section:
    exercise = one.exercise
    assert exercise is not None  # only such are paired
    return _Section(
        id=anchor,
        exercise=exercise,
        said=said(exercise, one, two),
        nouns=noun(exercise, 2),
        holds=isinstance(exercise.counts, Holds),
        counts=counts(exercise, one, two),
        measures=list(measures(exercise, one, two)),
        faults=faults(one, two),
        done=(len(one.done), len(two.done)),
        curves=curves(exercise, one, two),
        warnings=[(name, warn.say) for name, part in (("A", one), ("B", two)) for warn in part.warnings],
    )
