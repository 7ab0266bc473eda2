"""The page's files without a browser: nothing from elsewhere, nothing inline, every word in the catalogues."""

import re
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from formcheck.io.texts import LANGUAGES, Texts
from formcheck.ui.web import problems
from tests.conftest import ROOT
from tests.test_texts import catalogue, flat

STATIC = Path(str(files("formcheck.ui.web") / "static"))
VENDOR = STATIC / "vendor"
SCRIPTS = sorted(STATIC.rglob("*.js"))
OWN = sorted(p for p in STATIC.rglob("*.*") if p.is_file() and VENDOR not in p.parents)
_NAMESPACE = "http://www.w3.org/2000/svg"
_KEY = re.compile(r"""["`]((?:web|screen|guide|coach|programme|safety)\.[a-z0-9_]+(?:\.[a-z0-9_]+)*)["`]""")


def test_the_page_is_there() -> None:
    assert {"index.html", "style.css", "icon.svg"} <= {path.name for path in STATIC.iterdir()}
    assert len(SCRIPTS) > 20


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_nothing_comes_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace(_NAMESPACE, "")
    assert not re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", text)
    assert "@import" not in text


_UPLOT = {
    "LICENSE": "8f989229699b4fe2f1a0432d0e9edc338a8a911e250e2d1b01ecd770a5f5b1bd",
    "uPlot.esm.js": "5dd9b3281aa64b461b42d9945f6adb2649d346502b12281a9ae0d46599a80eba",
    "uPlot.min.css": "df630c6a8d6f8eeaff264b50f73ce5b114f646ffd9a0bb74f049b0a00135fa04",
}
"""SHA-256 of uPlot 1.6.32 as its author published it."""


def test_what_others_wrote_is_unchanged_and_has_its_licence() -> None:
    there = {str(p.relative_to(VENDOR)): sha256(p.read_bytes()).hexdigest() for p in VENDOR.rglob("*") if p.is_file()}
    assert there == {f"uplot/{name}": digest for name, digest in _UPLOT.items()}
    assert "uPlot 1.6.32" in (ROOT / "NOTICE").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(VENDOR.rglob("uPlot.*")), ids=lambda path: path.name)
def test_what_others_wrote_asks_nobody_for_anything(path: Path) -> None:
    assert not re.search(
        r"@import|\burl\(|\bimport\b|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|EventSource", path.read_text()
    )


def test_nothing_is_inline_for_the_policy_forbids_it() -> None:
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_no_script_makes_code_or_markup_of_text(path: Path) -> None:
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", path.read_text()
    )


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_every_import_is_there(path: Path) -> None:
    for name in re.findall(r"""(?:from |import\()"(\.[^"]+)\"""", path.read_text()):
        assert (path.parent / name).resolve().is_file(), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_page_is_in_the_catalogue(language: str) -> None:
    used = {key for path in SCRIPTS for key in _KEY.findall(path.read_text(encoding="utf-8"))}
    assert len(used) > 80
    assert sorted(used - dict(flat(catalogue(language))).keys()) == []


_BUILT = {
    "web.camera": ["denied", "none", "busy", "gone", "insecure"],
    "web.videos": ["uploading", "waiting", "running", "done", "failed", "cancelled"],
    "web.line": ["lost", "back", "refused"],
    "web.voice": ["tones", "blocked"],
    "web.do": ["pause", "resume", "next", "end", "hurts", "numb", "mute", "mirror", "full"],
    "web.history": ["improving", "worse", "no_evidence", "csv", "json", "fhir"],
    "web.home": ["live", "videos", "history", "guide"],
}
"""Keys whose ends are put on by a script."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", _BUILT)
def test_words_whose_keys_are_put_together_are_in_the_catalogue(language: str, table: str) -> None:
    texts = Texts(language)
    for end in _BUILT[table]:
        assert texts.of(f"{table}.{end}")
        if table == "web.camera":
            assert texts.of(f"{table}.{end}_remedy")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_a_person_may_meet_has_its_words_and_a_remedy(language: str) -> None:
    sources = (path.read_text(encoding="utf-8") for path in STATIC.parent.rglob("*.py"))
    used = {key for text in sources for key in re.findall(r'\bknown\(\s*\d+,\s*"(\w+)"', text)}
    used |= {key for _, key in problems._KEYS} | {"failed", "unknown", "unreachable"}
    there = dict(flat(catalogue(language)))
    assert len(used) > 30
    assert sorted(key for key in used if not {f"web.trouble.{key}", f"web.remedy.{key}"} <= there.keys()) == []
