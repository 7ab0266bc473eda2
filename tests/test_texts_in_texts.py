"""Texts that are put into other texts, and lines of a list."""

import pytest

from formcheck.io.texts import Texts
from formcheck.session.coaching import Say

EN = Texts("en")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("exercise.bridge.how.0", "Lie on your back, knees bent, feet flat and hip-wide, arms at your sides."),
        ("exercise.bridge.how.2", "Breathe in and lower them to the mat."),
    ],
)
def test_a_line_of_a_list_has_a_key(key, text):
    assert EN.of(key) == text


@pytest.mark.parametrize(
    "key",
    [
        "exercise.bridge.how.3",
        "exercise.bridge.how.-1",
        "exercise.bridge.title.0",
        "exercise.bridge.how",
        "safety.0",
        "0",
    ],
)
def test_no_such_line(key):
    with pytest.raises(KeyError):
        EN.of(key)


@pytest.mark.parametrize(
    ("value", "filled"),
    [
        pytest.param("@exercise.bridge.title", "Bridge", id="a text"),
        pytest.param("@@exercise.bridge.title", "@exercise.bridge.title", id="the plain word"),
        pytest.param("Ann@home", "Ann@home", id="silent: @ within"),
        pytest.param("{number}", "{number}", id="silent: braces"),
        pytest.param(3, "3", id="silent: a number"),
    ],
)
def test_a_value_that_names_a_text_is_filled_with_it(value, filled):
    assert EN.of("programme.sum_nothing", exercise=value) == f"{filled}: nothing counted."


def test_a_value_that_names_no_text_is_an_error():
    with pytest.raises(KeyError):
        EN.of("programme.sum_nothing", exercise="@exercise.bridge.tittle")


def test_what_is_put_in_is_in_the_same_language():
    zh = Texts("zh")
    inner = zh.of("programme.legs.left")
    assert zh.of("programme.times", times=2, legs="@programme.legs.left") == f"{inner}做2次。"


@pytest.mark.parametrize(
    ("language", "least", "most"), [("en", 4.0, 6.0), ("zh", 4.0, 7.0)], ids=["letters", "characters"]
)
def test_how_long_a_line_takes(language, least, most):
    say = Say("safety.flag.weakness")
    texts = Texts(language)
    assert least < texts.takes_s(say) < most
    assert texts.takes_s(say, rate=2.0) < texts.takes_s(say)
