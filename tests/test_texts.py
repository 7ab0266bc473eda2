"""The catalogues: complete in every language, with the same places, and drawable."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from string import Formatter
from typing import Any

import cv2
import numpy as np
import pytest

from formcheck.errors import UnknownLanguageError
from formcheck.exercises import all_exercises
from formcheck.exercises.vocabulary import Exercise
from formcheck.io.overlay.fonts import font
from formcheck.io.texts import LANGUAGES, Texts
from formcheck.session.coaching import Say

OTHERS = [code for code in LANGUAGES if code != "en"]


def catalogue(code: str) -> dict[str, Any]:
    return tomllib.loads((files("formcheck.io.texts") / f"{code}.toml").read_text(encoding="utf-8"))


def flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{before}{key}.")
        else:
            yield before + key, value


def common(code: str) -> dict[str, Any]:
    """All texts but the exercises', whose English stands in their own files."""
    return {key: value for key, value in flat(catalogue(code)) if not key.startswith("exercise.")}


def places(text: Any) -> list[list[str]]:
    each = [text] if isinstance(text, str) else text
    return [sorted({name for _, name, _, _ in Formatter().parse(one) if name is not None}) for one in each]


def test_there_are_english_and_chinese() -> None:
    assert {"en", "zh"} <= set(LANGUAGES)


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_every_text_of_the_english_and_no_other(code: str) -> None:
    assert sorted(common(code)) == sorted(common("en"))


@pytest.mark.parametrize("code", OTHERS)
def test_a_text_has_the_same_places_in_every_language(code: str) -> None:
    english, other = common("en"), common(code)
    assert {key: places(text) for key, text in other.items()} == {key: places(text) for key, text in english.items()}


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_is_empty_or_has_space_around_it(code: str) -> None:
    for key, text in flat(catalogue(code)):
        for each in [text] if isinstance(text, str) else text:
            assert each, key
            assert each == each.strip(), key


def wanted(exercise: Exercise) -> dict[str, str | tuple[str, ...]]:
    """An exercise's English texts by the key another language has them under."""
    texts: dict[str, str | tuple[str, ...]] = {
        "title": exercise.title, "how": exercise.how, "camera": exercise.camera, "cannot_see": exercise.cannot_see,
    }  # fmt: skip
    if exercise.caution:
        texts["caution"] = exercise.caution
    if exercise.breath is not None:
        texts |= dict(zip(("breath.up", "breath.down"), exercise.breath, strict=True))
    for rule in exercise.rules:
        texts |= {f"fault.{rule.key}.say": rule.say, f"fault.{rule.key}.why": rule.why}
    return texts


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda exercise: exercise.key)
@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_every_text_of_every_exercise_and_no_other(code: str, exercise: Exercise) -> None:
    there = dict(flat(catalogue(code)["exercise"][exercise.key]))
    english = wanted(exercise)
    assert sorted(there) == sorted(english)
    for key, text in english.items():
        assert isinstance(there[key], str) == isinstance(text, str), key
        if not isinstance(text, str):
            assert len(there[key]) == len(text), key


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_knows_no_exercise_that_there_is_not(code: str) -> None:
    assert sorted(catalogue(code)["exercise"]) == sorted(exercise.key for exercise in all_exercises())


@pytest.mark.parametrize(
    ("code", "key", "text"),
    [
        pytest.param("en", "exercise.bridge.fault.hips_low.say", "lift a little higher", id="English rule"),
        pytest.param("zh", "exercise.bridge.fault.hips_low.say", "再抬高一点", id="Chinese rule"),
        pytest.param("zh", "exercise.knee_to_chest.title", "下背部拉伸", id="Chinese title"),
        pytest.param("en", "screen.stage.paused", "Paused", id="English word of the screen"),
    ],
)
def test_a_text_is_found_by_its_key(code: str, key: str, text: str) -> None:
    assert Texts(code).of(key) == text
    assert Texts(code).said(Say(key)) == text


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda exercise: exercise.key)
def test_the_english_of_an_exercise_stands_in_its_own_file(exercise: Exercise) -> None:
    texts = Texts()
    for key, text in wanted(exercise).items():
        whole = f"exercise.{exercise.key}.{key}"
        assert (texts.of(whole) if isinstance(text, str) else texts.lines(whole)) == text


def test_places_are_filled() -> None:
    assert Texts("zh").of("screen.to_go", left=1, right=2) == "还剩：左腿 1 次，右腿 2 次"


def test_a_language_there_is_not_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownLanguageError, match=r"'xx'.*en, zh"):
        Texts("xx")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_character_can_be_drawn(code: str) -> None:
    def drawn(sign: str) -> bytes:
        image = np.zeros((48, 48, 3), np.uint8)
        cv2.putText(image, sign, (4, 38), (255, 255, 255), font(text), 32, 700)
        return image.tobytes()

    # the page's words are drawn by the browser
    text = "".join("".join(each) for key, each in flat(catalogue(code)) if not key.startswith("web."))
    unknown = drawn("\ue123")  # a private character, which is drawn as OpenCV draws all that it does not know
    missing = {sign for sign in set(text) - set("? ") if drawn(sign) == unknown}
    assert not missing, f"remake the font: fonts/make_font.py ({''.join(sorted(missing))})"
