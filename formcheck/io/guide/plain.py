"""The guide for a terminal: the same words, without the drawings."""

from collections.abc import Iterator, Sequence

from formcheck.exercises.vocabulary import Exercise
from formcheck.io.guide.words import safety, words
from formcheck.io.texts import Texts


def render(exercises: Sequence[Exercise], texts: Texts) -> str:
    """Return the text, lines not broken."""
    return "\n".join([*_general(texts), *(line for exercise in exercises for line in _one(exercise, texts))]) + "\n"


def _general(texts: Texts) -> Iterator[str]:
    said = safety(texts)
    yield texts.of("guide.safety")
    yield texts.of("guide.safety_first")
    yield from (f"  - {flag} {contact}" for flag, contact in said.flags)
    yield ""
    yield from (f"  - {line}" for line in said.stops)
    yield ""
    for name in ("warmth", "camera"):
        yield texts.of(f"guide.{name}")
        yield from (f"  - {line}" for line in texts.lines(f"guide.{name}_lines"))
        yield ""


def _one(exercise: Exercise, texts: Texts) -> Iterator[str]:
    said = words(exercise, texts)
    yield f"== {said.title} =="
    yield from (f"  {n}. {line}" for n, line in enumerate(said.how, 1))
    yield f"{texts.of('guide.dose')}: {said.dose}"
    yield f"{texts.of('guide.where')}: {said.camera}"
    yield texts.of("guide.checks")
    yield from (f"  - {say}. {why}" for say, why in said.checks)
    yield texts.of("guide.cannot_see")
    yield from (f"  - {line}" for line in said.cannot_see)
    yield ""
