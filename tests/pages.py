"""Reads a page: that it is well-formed, needs nothing from outside, and what a screen reader finds in it."""

import base64
import hashlib
import re
from html.parser import HTMLParser

_VOID = {"meta", "img", "br", "link", "input", "hr"}


class Page(HTMLParser):
    """Checks that every tag is closed in order, and gathers what is there."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def headings(self) -> list[int]:
        """The levels of the headings, in order."""
        return [int(tag[1]) for tag, _ in self.tags if re.fullmatch("h[1-6]", tag)]

    def named(self) -> None:
        """Check that drawings, tables and sections have names, and headings no gaps."""
        ids = [a["id"] for _, a in self.tags if "id" in a]
        assert len(ids) == len(set(ids))
        for tag, a in self.tags:
            if tag == "svg":
                assert a["role"] == "img"
                assert set((a["aria-labelledby"] or "").split()) <= set(ids)
            if tag == "th":
                assert a.get("scope")
            if tag == "img":
                assert a.get("alt")
            if tag == "a":
                assert (a["href"] or "")[1:] in ids
        count = [tag for tag, _ in self.tags].count
        assert count("caption") == count("table")
        levels = self.headings()
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))


def seal(script: str) -> str:
    """What a page's policy allows a script by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def self_contained(text: str) -> None:
    """Check that nothing is fetched from anywhere."""
    assert "http:" not in text
    assert "https:" not in text
    assert "@import" not in text
    assert not re.search(r"url\((?!#)", text)
