"""Texts by key: from the language's own file, else in English; an exercise's English stands in the exercise's file.

To add a language, write ``<code>.toml`` beside ``en.toml`` with the same keys, and the exercises' texts as in
``zh.toml``.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from formcheck.errors import UnknownLanguageError
from formcheck.exercises import find
from formcheck.session.coaching import Say

_HERE = files("formcheck.io.texts")
LANGUAGES = tuple(sorted(file.name.removesuffix(".toml") for file in _HERE.iterdir() if file.name.endswith(".toml")))
"""Codes of the languages there are."""


class Texts:
    """The texts of one language.

    Args:
        language: its code.

    Raises:
        UnknownLanguageError: there is no such language.
    """

    def __init__(self, language: str = "en") -> None:
        if language not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            raise UnknownLanguageError(f"there are no texts in {language!r}. Use one of: {known}")
        self.language = language

    def of(self, key: str, **values: Any) -> str:
        """Return the text under a dotted key, its ``{places}`` filled with ``values``.

        Raises:
            KeyError: no text has this key.
        """
        found = self._find(key)
        if not isinstance(found, str):
            raise KeyError(key)
        return found.format(**values)

    def lines(self, key: str) -> tuple[str, ...]:
        """Return the texts under a key that has several (the steps of ``exercise.bridge.how``).

        Raises:
            KeyError: no texts have this key.
        """
        found = self._find(key)
        if isinstance(found, str) or not isinstance(found, Sequence):
            raise KeyError(key)
        return tuple(found)

    def said(self, say: Say) -> str:
        """Return what is to be spoken."""
        return self.of(say.key, **say.values)

    def _find(self, key: str) -> Any:
        found = _within(_file(self.language), key)
        if found is None:
            found = _of_exercise(key)
        if found is None:
            found = _within(_file("en"), key)
        if found is None:
            raise KeyError(key)
        return found


@cache
def _file(language: str) -> Mapping[str, Any]:
    return tomllib.loads((_HERE / f"{language}.toml").read_text(encoding="utf-8"))


def _within(table: Mapping[str, Any], key: str) -> Any:
    found: Any = table
    for part in key.split("."):
        if not isinstance(found, Mapping) or part not in found:
            return None
        found = found[part]
    return found


def _of_exercise(key: str) -> Any:
    """The English of an exercise's texts.

    ``exercise.KEY.title|how|camera|cannot_see|caution``, ``.breath.up|down``, ``.fault.FAULT.say|why``.
    """
    match key.split("."):
        case ["exercise", name, ("title" | "how" | "camera" | "cannot_see" | "caution") as what]:
            return getattr(find(name), what)
        case ["exercise", name, "breath", ("up" | "down") as way]:
            return (find(name).breath or ("", ""))[way == "down"] or None
        case ["exercise", name, "fault", fault, ("say" | "why") as what]:
            return getattr(find(name).rule(fault), what)
    return None
