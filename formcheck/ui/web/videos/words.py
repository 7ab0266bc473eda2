"""What was found in a video, for the person, in every language."""

from formcheck.exercises.vocabulary import Holds
from formcheck.io.texts import LANGUAGES, Texts
from formcheck.session.summary import Result


def summaries(result: Result) -> dict[str, str]:
    """Return what was done and how much of it, by language."""
    return {language: _summary(result, Texts(language)) for language in LANGUAGES}


def _summary(result: Result, texts: Texts) -> str:
    return "; ".join(_part(part, texts) for part in result.parts)


def _part(part: Result, texts: Texts) -> str:
    exercise, n = part.exercise, len(part.done)
    if exercise is None:
        return texts.of("web.videos.not_recognised")
    unit = ("hold" if isinstance(exercise.counts, Holds) else "rep") + ("" if n == 1 else "s")
    return texts.of(
        "web.videos.found",
        title=f"@exercise.{exercise.key}.title", n=n, unit=f"@screen.{unit}", good=texts.of("screen.good", n=part.good),
    )  # fmt: skip
