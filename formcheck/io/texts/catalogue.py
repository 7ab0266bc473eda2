"""Texts by key: from the language's own file, else in English; an exercise's English stands in the exercise's file.

To add a language, write ``<code>.toml`` beside ``en.toml`` with the same keys, and the exercises' texts as in
``zh.toml``.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from unicodedata import east_asian_width

from formcheck.errors import UnknownLanguageError
from formcheck.exercises import all_exercises, find
from formcheck.session.coaching import Say

_HERE = files("formcheck.io.texts")
LANGUAGES = tuple(sorted(file.name.removesuffix(".toml") for file in _HERE.iterdir() if file.name.endswith(".toml")))
"""Codes of the languages there are."""
_START_S = 0.4
_NARROW_S, _WIDE_S = 1 / 14, 1 / 4
"""A voice starts after a moment; it says some 14 letters or 4 Chinese characters a second."""


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
        self._known: dict[str, Any] = {}

    def of(self, key: str, **values: Any) -> str:
        """Return the text under a dotted key, its ``{places}`` filled with ``values``.

        Args:
            key: of a text; ``exercise.bridge.how.0`` is the first of several under one key.
            values: what fills the places; ``"@exercise.bridge.title"`` is filled with the text under that key, and
                ``"@@home"`` with the plain word ``@home``.

        Raises:
            KeyError: no text has this key, or the one a value names.
        """
        found = self._find(key)
        if not isinstance(found, str):
            raise KeyError(key)
        return found.format(**{name: self._filling(value) for name, value in values.items()})

    def lines(self, key: str) -> tuple[str, ...]:
        """Return the texts under a key that has several (the steps of ``exercise.bridge.how``).

        Raises:
            KeyError: no texts have this key.
        """
        found = self._find(key)
        if isinstance(found, str) or not isinstance(found, Sequence):
            raise KeyError(key)
        return tuple(found)

    def all(self) -> dict[str, str | list[str]]:
        """Return every text by its key, places not filled; where a key has several, all of them."""
        keys = {**dict.fromkeys(_keys(_file("en"))), **dict.fromkeys(_keys(_file(self.language)))}
        keys |= dict.fromkeys(_keys_of_exercises())
        found = {key: self._find(key) for key in keys}
        return {key: text if isinstance(text, str) else list(text) for key, text in found.items()}

    def said(self, say: Say) -> str:
        """Return what is to be spoken."""
        return self.of(say.key, **say.values)

    def takes_s(self, say: Say, rate: float = 1.0) -> float:
        """Return about how long it takes to say, s, at the usual speed or ``rate`` times as fast."""
        return _START_S + sum(_WIDE_S if _wide(c) else _NARROW_S for c in self.said(say)) / rate

    def _filling(self, value: Any) -> Any:
        if not isinstance(value, str) or not value.startswith("@"):
            return value
        return value[1:] if value.startswith("@@") else self.of(value[1:])

    def _find(self, key: str) -> Any:
        found = self._known.get(key)  # a picture's overlay asks for some twenty texts
        if found is None:
            found = self._known[key] = self._search(key)
        return found

    def _search(self, key: str) -> Any:
        owner, _, last = key.rpartition(".")
        if last.isdecimal() and isinstance(lines := self._look_up(owner), list | tuple) and int(last) < len(lines):
            return lines[int(last)]
        found = self._look_up(key)
        if found is None:
            raise KeyError(key)
        return found

    def _look_up(self, key: str) -> Any:
        found = _within(_file(self.language), key)
        if found is None:
            found = _of_exercise(key)
        if found is None:
            found = _within(_file("en"), key)
        return found


def _wide(character: str) -> bool:
    """Return whether a character is a whole syllable, as Chinese ones are."""
    return east_asian_width(character) in "WF"


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


def _keys(table: Mapping[str, Any], before: str = "") -> Iterator[str]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _keys(value, f"{before}{name}.")
        else:
            yield f"{before}{name}"


def _keys_of_exercises() -> Iterator[str]:
    for exercise in all_exercises():
        at = f"exercise.{exercise.key}"
        yield from (f"{at}.{what}" for what in ("title", "how", "camera", "cannot_see"))
        yield from (f"{at}.caution",) if exercise.caution else ()
        yield from (f"{at}.breath.up", f"{at}.breath.down") if exercise.breath else ()
        for rule in exercise.rules:
            yield from (f"{at}.fault.{rule.key}.say", f"{at}.fault.{rule.key}.why")


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
