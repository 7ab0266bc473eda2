"""The guide as a self-contained page, with drawings made from the program's own poses."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from formcheck.exercises.vocabulary import Exercise
from formcheck.io.guide import figure as guide_figure
from formcheck.io.guide.figure import Figure, arrow_head, figure
from formcheck.io.guide.poses import poses
from formcheck.io.guide.words import Words, safety, words
from formcheck.io.texts import Texts


@dataclass(frozen=True, slots=True)
class _Section:
    """What the template says of one exercise."""

    id: str
    words: Words
    figures: Sequence[tuple[str, Figure]]


def render(exercises: Sequence[Exercise], texts: Texts) -> str:
    """Return the page.

    Args:
        exercises: one or all.
        texts: in whose language.
    """
    return (
        _pages()
        .get_template("guide.html.j2")
        .render(
            language={"zh": "zh-Hans"}.get(texts.language, texts.language),
            of=texts.of,
            lines=texts.lines,
            safety=safety(texts),
            sections=[
                _Section(exercise.name, words(exercise, texts), _figures(exercise, texts)) for exercise in exercises
            ],
            size=guide_figure,
        )
    )


def drawings(exercise: Exercise, texts: Texts) -> list[tuple[str, str]]:
    """Return an exercise's drawings as SVG, each after its caption; the colours are those of the guide's style."""
    module: Any = _pages().get_template("figure.svg.j2").make_module({"size": guide_figure})
    found = _figures(exercise, texts)
    said = words(exercise, texts)
    top = min((drawn.top for _, drawn in found), default=0.0)
    steps = (said.how[0], said.how[-1])
    return [
        (
            caption,
            str(
                module.draw(drawn, f"{exercise.name}-drawing-{n}", _drawn(texts, said.title, caption, step), top)
            ).strip(),
        )
        for n, ((caption, drawn), step) in enumerate(zip(found, steps, strict=False), 1)
    ]


def _drawn(texts: Texts, title: str, caption: str, step: str) -> str:
    return texts.of("guide.drawn", title=title, caption=caption, step=step)


@cache
def _pages() -> Environment:
    pages = Environment(
        loader=ChoiceLoader([PackageLoader("formcheck.io.guide"), PackageLoader("formcheck.io.report")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    pages.filters["arrow_head"] = arrow_head
    return pages


def _figures(exercise: Exercise, texts: Texts) -> list[tuple[str, Figure]]:
    """The pose at rest and at the far end; none where there is no drawing yet."""
    found = poses(exercise.key)
    if found is None:
        return []
    start, end = found
    kind = exercise.guide.kind
    # no joint shows the tilt: its drawing is made larger than life, and says so
    drawn = figure(end, start, towel=exercise.key == "towel_stretch", arch=1.0 if kind == "gauge" else 0.0)
    return [
        (texts.of("guide.start"), figure(start)),
        (texts.of("guide.end_larger" if kind == "gauge" else "guide.end"), drawn),
    ]
