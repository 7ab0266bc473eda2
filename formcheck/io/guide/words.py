"""What the guide says of an exercise, in one language: for the page, the terminal, and whoever reads it aloud."""

from dataclasses import dataclass

from formcheck.exercises.vocabulary import Exercise
from formcheck.io.texts import Texts
from formcheck.session.plan import PainLimits
from formcheck.session.programme.safety import FLAGS


@dataclass(frozen=True, slots=True)
class Words:
    """One exercise in words.

    Attributes:
        title: its name.
        how: step by step.
        dose: how much.
        camera: where it stands.
        checks: each correction, and why.
        cannot_see: what one camera does not tell.
    """

    title: str
    how: tuple[str, ...]
    dose: str
    camera: str
    checks: tuple[tuple[str, str], ...]
    cannot_see: tuple[str, ...]


def words(exercise: Exercise, texts: Texts) -> Words:
    """Return the words for one exercise."""
    at = f"exercise.{exercise.key}"
    return Words(
        title=texts.of(f"{at}.title"),
        how=texts.lines(f"{at}.how"),
        dose=dose(exercise, texts),
        camera=texts.of(f"{at}.camera"),
        checks=tuple(
            (capital(texts.of(f"{at}.fault.{rule.key}.say")), texts.of(f"{at}.fault.{rule.key}.why"))
            for rule in sorted(exercise.rules, key=lambda rule: rule.rank)
        ),
        cannot_see=tuple(map(capital, texts.lines(f"{at}.cannot_see"))),
    )


@dataclass(frozen=True, slots=True)
class Safety:
    """When not to exercise.

    Attributes:
        flags: each sign that needs somebody to look at it first, and whom to contact how soon, the most urgent first:
            what the programme asks and says.
        stops: when to stop an exercise, or to see somebody.
    """

    flags: tuple[tuple[str, str], ...]
    stops: tuple[str, ...]


def safety(texts: Texts) -> Safety:
    """Return when not to exercise."""
    pain = PainLimits()
    return Safety(
        tuple((texts.of(f"safety.flag.{flag.key}"), texts.of(f"safety.contact.{flag.key}")) for flag in FLAGS),
        (
            texts.of("guide.safety_pain", rise=pain.rise, above=pain.above),
            texts.of("guide.safety_numb"),
            texts.of("guide.safety_worse"),
        ),
    )


def dose(exercise: Exercise, texts: Texts) -> str:
    """Return how much of it is meant to be done."""
    amount = exercise.dose
    if amount.reps:
        return texts.of("guide.dose_reps", low=amount.reps[0], high=amount.reps[1])
    if amount.hold_s:
        key = "guide.dose_hold_once" if amount.each_leg == 1 else "guide.dose_hold"
        return texts.of(key, low=amount.hold_s[0], high=amount.hold_s[1], times=amount.each_leg)
    return ""


def capital(text: str) -> str:
    """Return a text with a capital, the rest as it is."""
    return text[:1].upper() + text[1:]
