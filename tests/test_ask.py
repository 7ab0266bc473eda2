"""Questions drawn: nothing is cut off, and what is counted now stands out."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.io.overlay.ask import draw_question
from formcheck.io.overlay.style import TARGET, Scale
from formcheck.io.texts import Texts
from formcheck.session.coaching import Question
from formcheck.session.programme.safety import safety_question
from formcheck.session.programme.words import numb_question, pain_question

GROUND = 120
QUESTIONS = {"safety": safety_question(), "pain": pain_question("before"), "numb": numb_question()}
SIZES = [(640, 360), (360, 640)]


def _drawn(question: Question, size: tuple[int, int], language: str = "en") -> np.ndarray:
    image = np.full((size[1], size[0], 3), GROUND, np.uint8)
    draw_question(image, question, Scale(*size), Texts(language))
    return image


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_it_fits_into_the_picture_whatever_is_counted(question, size):
    for shown in (question, *(replace(question, counted=o) for o in question.options), replace(question, waiting=True)):
        changed = (_drawn(shown, size) != GROUND).any(axis=2)
        assert changed.any()
        assert not changed[:2].any()
        assert not changed[-2:].any()


def _yellow(image: np.ndarray) -> int:
    return int((np.abs(image.astype(int) - TARGET).max(axis=2) < 12).sum())


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_what_is_counted_stands_out(question):
    size = (854, 480)
    assert _yellow(_drawn(question, size)) == 0
    for option in question.options:
        assert _yellow(_drawn(replace(question, counted=option), size)) > 500


def test_each_answer_looks_different():
    for question in QUESTIONS.values():
        pictures = [_drawn(replace(question, chosen=option), (640, 360)) for option in question.options]
        assert len({picture.tobytes() for picture in pictures}) == len(question.options)
