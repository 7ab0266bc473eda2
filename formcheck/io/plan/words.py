"""One table of a plan file: takes its words out one by one, and keeps what is wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, TypeVar

from formcheck.io.plan.lines import Place, line_of

_Kind = TypeVar("_Kind")


@dataclass(slots=True)
class Troubles:
    """What is wrong with a plan file: line and message, each."""

    lines: dict[Place, int]
    found: list[tuple[int, str]] = field(default_factory=list)

    def add(self, place: Place, message: str) -> None:
        """Keep one."""
        self.found.append((line_of(self.lines, place), message))


class Words:
    """The words of one table.

    Args:
        table: as TOML has it.
        place: where it stands.
        troubles: takes what is wrong.
        known: the words it may have.
    """

    def __init__(self, table: Mapping[str, Any], place: Place, troubles: Troubles, known: Sequence[str]) -> None:
        self._table, self._place, self._troubles = table, place, troubles
        for word in table:
            if word not in known:
                self.wrong(word, f"there is no word {word!r} here{nearest(word, known)}")

    def __contains__(self, word: str) -> bool:
        return word in self._table

    def wrong(self, word: str, message: str) -> None:
        """Say what is wrong with a word's value."""
        self._troubles.add((*self._place, word), message)

    def get(self, word: str, kind: type[_Kind], default: _Kind, example: str) -> _Kind:
        """Return a word's value, or the default where it is missing or of another kind."""
        value = self._table.get(word, default)
        if isinstance(value, kind) and not (isinstance(value, bool) and kind is not bool):
            return value
        self.wrong(word, f"{word} cannot be {value!r}. Write for example {example}")
        return default

    def number(self, word: str, default: float, low: float, high: float, unit: str = "") -> float:
        """Return a number within limits."""
        value = self._table.get(word, default)
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        self.wrong(word, f"{word} must be a number from {low:g} to {high:g}{unit}, not {value!r}")
        return default

    def whole(self, word: str, default: int, low: int, high: int) -> int:
        """Return a whole number within limits."""
        value = self._table.get(word, default)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.wrong(word, f"{word} must be a whole number from {low} to {high}, not {value!r}")
        return default

    def span(self, word: str, low: int, high: int, unit: str) -> tuple[int, int] | None:
        """Return a range such as ``[8, 12]``, or one number as a range without width; None where it is wrong."""
        value: object = self._table.get(word)
        match value if isinstance(value, list) else [value, value]:
            case [int(first), int(last)] if bool not in {type(first), type(last)} and low <= first <= last <= high:
                return first, last
        self.wrong(
            word,
            f"{word} must be one or two whole numbers from {low} to {high}{unit}, the smaller first "
            f"(for example [{low + 7}, {low + 11}]), not {value!r}",
        )
        return None


def nearest(word: str, known: Sequence[str]) -> str:
    """Return what may have been meant, or all there is, as the end of a sentence."""
    near = get_close_matches(word, known, 1)
    return f". Do you mean {near[0]!r}?" if near else f". Use one of: {', '.join(known)}"
