"""The JSON API: what it tells, that its description is true, and the command that serves it."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from formcheck import __version__
from formcheck.core.events import Rep
from formcheck.errors import WebError
from formcheck.exercises import all_exercises, find
from formcheck.io.history import History
from formcheck.io.texts import LANGUAGES, Texts
from formcheck.ui.app import app
from formcheck.ui.web import running
from formcheck.ui.web.running import Wanted, bound
from formcheck.ui.web.settings import Settings
from tests.conftest import ROOT
from tests.web import Served


def rep(number: int, angle: float) -> Rep:
    measures = {find("bridge").aims[0].measure: angle}
    start = 4.0 * number
    return Rep(number, start, start + 1, start + 1.5, start + 2, start + 3, 120.0, measures, ())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    db = tmp_path_factory.mktemp("web") / "h.db"
    bridge = find("bridge")
    with History.open(db) as history:
        for day in range(3):
            session = history.begin_session()
            history.add_pain(session, "before", 5 - day)
            set_ = history.begin_set(session, bridge, bridge.dose)
            for i in range(3):
                history.add_rep(set_, rep(i + 1, 160 + 8 * day))
            history.end_set(set_)
            history.end_session(session, "done")
    with Served(Settings(db=db)) as served:
        yield served


def test_it_tells_who_it_is(server: Served) -> None:
    assert server.get("/health").json() == {"version": __version__, "languages": list(LANGUAGES), "history": True}


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_texts_of_a_language_are_told(server: Served, language: str) -> None:
    told = server.get("/texts", params={"language": language}).json()
    texts = Texts(language)
    assert told["coach.go"] == texts.of("coach.go")
    assert told["exercise.bridge.how"] == list(texts.lines("exercise.bridge.how"))
    for exercise in all_exercises():
        for rule in exercise.rules:
            key = f"exercise.{exercise.key}.fault.{rule.key}.say"
            assert told[key] == texts.of(key)


def test_every_language_has_the_same_texts(server: Served) -> None:
    all_keys = [server.get("/texts", params={"language": language}).json().keys() for language in LANGUAGES]
    assert all(keys == all_keys[0] for keys in all_keys)


@pytest.mark.parametrize("language", LANGUAGES)
def test_exercises_are_told_with_their_drawings(server: Served, language: str) -> None:
    told = server.get("/exercises", params={"language": language}).json()
    assert [each["key"] for each in told] == [exercise.key for exercise in all_exercises()]
    for each in told:
        assert each["title"] == Texts(language).of(f"exercise.{each['key']}.title")
        assert len(each["drawings"]) == len(each["captions"]) == 2
        assert all(svg.startswith("<svg") and svg.endswith("</svg>") for svg in each["drawings"])
        assert "style=" not in "".join(each["drawings"])  # the page's policy would not let it show


def test_plans_are_told(server: Served) -> None:
    (plan,) = server.get("/plans", params={"language": "zh"}).json()
    assert plan["key"] == "low-back"
    assert [step["exercise"] for step in plan["steps"]][:2] == ["bridge", "pelvic_tilt"]
    assert plan["steps"][0]["dose"] == Texts("zh").of("guide.dose_reps", low=8, high=12)


def test_the_guide_may_be_shown_in_the_page(server: Served) -> None:
    answer = server.get("/guide")
    assert "<svg" in answer.text
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]


class TestHistory:
    def test_lists_sessions_with_what_was_done(self, server: Served) -> None:
        told = server.get("/history/sessions", params={"language": "zh"}).json()
        assert [each["id"] for each in told] == [1, 2, 3]
        (part,) = told[0]["sets"]
        assert (part["title"], part["done"], part["good"], part["kind"]) == ("臀桥", 3, 3, "reps")
        assert told[0]["pain"][0]["score"] == 5
        assert server.get("/history/sessions/2").json()["id"] == 2

    def test_tells_how_it_goes_with_the_error(self, server: Served) -> None:
        pain, angle = server.get("/history/trends").json()[:2]
        assert (pain["measure"], pain["exercise"], len(pain["points"])) == ("pain", None, 3)
        assert (angle["exercise"], angle["unit"]) == ("bridge", "°")
        assert [point["value"] for point in angle["points"]] == [160, 168, 176]
        assert angle["error"] > 0
        assert angle["said"]

    def test_has_a_report_of_each_session(self, server: Served) -> None:
        answer = server.get("/history/sessions/1/report")
        assert "Session 1" in answer.text
        assert "sha256-" in answer.headers["content-security-policy"]

    @pytest.mark.parametrize(
        ("how", "kind", "begins"),
        [("csv", "text/csv", "session,"), ("json", "application/json", "{"), ("fhir", "application/fhir+json", "{")],
    )
    def test_is_exported(self, server: Served, how: str, kind: str, begins: str) -> None:
        answer = server.get("/history/export", params={"format": how})
        assert answer.headers["content-type"].startswith(kind)
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.text.startswith(begins)

    @pytest.mark.parametrize("path", ["/history/sessions/99", "/history/sessions/99/report"])
    def test_a_session_there_is_not_is_told(self, server: Served, path: str) -> None:
        assert server.get(path).status_code == 404
        assert server.http.delete("/api/v1/history/sessions/99").status_code == 404

    def test_a_session_can_be_deleted(self, tmp_path: Path) -> None:
        with History.open(tmp_path / "h.db") as history:
            history.begin_session()
        with Served(Settings(db=tmp_path / "h.db")) as served:
            assert served.http.delete("/api/v1/history/sessions/1").status_code == 204
            assert served.get("/history/sessions").json() == []

    def test_to_look_at_none_makes_none(self, tmp_path: Path) -> None:
        with Served(Settings(db=tmp_path / "h.db")) as served:
            assert served.get("/history/sessions").json() == []
            assert [each["points"] for each in served.get("/history/trends").json()] == [[]]
            assert served.get("/history/export").text.startswith("session,")
        assert list(tmp_path.iterdir()) == []

    def test_nothing_is_shown_where_nothing_is_kept(self, tmp_path: Path) -> None:
        with History.open(tmp_path / "h.db") as history:
            history.begin_session()
        with Served(Settings(db=tmp_path / "h.db", keep=False)) as served:
            assert served.get("/history/sessions").json() == []

    def test_one_that_cannot_be_read_is_told(self, tmp_path: Path) -> None:
        with Served(Settings(db=tmp_path)) as served:
            answer = served.get("/history/sessions")
        assert answer.status_code == 503
        assert str(tmp_path) in answer.json()["error"]["text"]


class TestCommand:
    def test_nothing_of_it_is_loaded_before_it_is_called(self) -> None:
        code = "import sys, formcheck.ui.app; sys.exit(bool({'fastapi', 'uvicorn', 'pydantic'} & sys.modules.keys()))"
        assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0

    def test_without_the_extra_it_says_how_to_get_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delitem(sys.modules, "formcheck.ui.web.running")
        monkeypatch.setitem(sys.modules, "uvicorn", None)
        told = CliRunner().invoke(app, ["serve"])
        assert told.exit_code == 1
        assert "pip install 'formcheck[web]'" in told.stderr

    def test_a_port_that_is_taken_is_told(self) -> None:
        with bound("127.0.0.1", 0) as taken:
            taken.listen()
            with pytest.raises(WebError, match="--port"):
                bound("127.0.0.1", taken.getsockname()[1])

    def test_an_address_of_another_machine_is_told(self) -> None:
        with pytest.raises(WebError, match="cannot be used"):
            bound("192.0.2.1", 0)

    @pytest.mark.parametrize(("host", "guarded"), [(None, False), ("127.0.0.1", True)])
    def test_others_are_let_in_only_with_a_token_and_a_warning(
        self, host: str | None, guarded: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[Settings] = []
        monkeypatch.setattr(running, "create_app", seen.append)
        monkeypatch.setattr(running.uvicorn, "Server", lambda _: Still())
        monkeypatch.setattr(running, "config", lambda *_: None)
        monkeypatch.setattr(running, "stderr", lambda: console)
        console = Console(record=True, width=300)
        running.run(Wanted(0, host))
        text = console.export_text()
        (how,) = seen
        assert (how.token is not None) == guarded
        assert ("not encrypted" in text) == guarded
        assert ("token=" in text) == guarded
        assert how.token is None or how.token in text
        assert "http://127.0.0.1:" in text


class Still:
    """A server that ends at once."""

    def run(self, sockets: list[socket.socket]) -> None:
        assert sockets[0].getsockname()[0] == "127.0.0.1"
