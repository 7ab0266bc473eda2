"""Plans in the browser: own files, and programmes that were broken off."""

from pathlib import Path

import httpx
import pytest

from formcheck.io.history import History
from formcheck.io.texts import Texts
from formcheck.ui.web.plans import key_of
from formcheck.ui.web.settings import Limits, Settings
from tests.web import Browser, Seen, Served, Told

MINE = """title = "Mrs. Example"
[[step]]
exercise = "bridge"
reps = [2, 3]
notes = "Slowly."
[[step]]
exercise = "pelvic-tilt"
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(db=tmp_path / "history.db", finder=lambda _: Seen([]), limits=Limits(plans=2))


def add(server: Served, text: str = MINE, name: str = "mine.toml") -> httpx.Response:
    return server.http.post("/api/v1/plans", params={"name": name}, content=text.encode())


def plans(server: Served) -> dict[str, Told]:
    return {plan["key"]: plan for plan in server.get("/plans").json()}


def test_an_own_plan_is_kept_beside_the_history_and_can_be_done(settings: Settings) -> None:
    with Served(settings) as server:
        told = add(server)
        assert told.status_code == 201
        assert (told.json()["key"], told.json()["title"], told.json()["own"]) == ("mine", "Mrs. Example", True)
        assert told.json()["steps"][0]["dose"] == Texts("en").of("guide.dose_reps", low=2, high=3)
        assert told.json()["steps"][0]["notes"] == "Slowly."
    with Served(settings) as server:  # the next day
        assert list(plans(server)) == ["low-back", "mine"]
        with server.browser() as browser:
            assert browser.start(exercise=None, plan="mine")["plan"] == "mine"
        assert server.http.delete("/api/v1/plans/mine").status_code == 204
        assert list(plans(server)) == ["low-back"]
        assert server.http.delete("/api/v1/plans/mine").status_code == 404


def test_without_a_history_nothing_is_written_and_the_plan_is_there_while_the_server_is(tmp_path: Path) -> None:
    settings = Settings(db=tmp_path / "history.db", keep=False)
    with Served(settings) as server:
        add(server)
        assert "mine" in plans(server)
    assert list(tmp_path.iterdir()) == []
    with Served(settings) as server:
        assert "mine" not in plans(server)


def test_a_plan_of_the_same_name_takes_the_place_of_the_former(settings: Settings) -> None:
    with Served(settings) as server:
        add(server)
        add(server, '[[step]]\nexercise = "bridge"\n')
        assert len(plans(server)["mine"]["steps"]) == 1


@pytest.mark.parametrize(
    ("text", "name", "status", "key"),
    [
        pytest.param('[[step]]\nexercise = "squat"\n', "a.toml", 422, "plan_wrong", id="unknown exercise"),
        pytest.param("not toml at all", "a.toml", 422, "plan_wrong", id="no TOML"),
        pytest.param("\x00\x01\x02", "a", 422, "plan_wrong", id="binary"),
        pytest.param("# " + 70_000 * "x", "a.toml", 413, "plan_too_long", id="too long"),
        pytest.param("", "a.toml", 422, "plan_wrong", id="empty"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_plan_is_told_with_its_line_and_not_kept(
    settings: Settings, text: str, name: str, status: int, key: str
) -> None:
    with Served(settings) as server:
        answer = add(server, text, name)
        assert (answer.status_code, answer.json()["error"]["key"]) == (status, key)
        assert "/tmp" not in answer.text
        assert list(plans(server)) == ["low-back"]


def test_only_so_many_are_kept(settings: Settings) -> None:
    with Served(settings) as server:
        assert [add(server, name=f"{n}.toml").status_code for n in range(3)] == [201, 201, 429]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("week 1.toml", "week 1", id="plain"),
        pytest.param("../../etc/passwd.toml", "passwd", id="a path"),
        pytest.param("C:\\plans\\mine.toml", "mine", id="a path of Windows"),
        pytest.param("第一周.toml", "第一周", id="Chinese"),
        pytest.param("...toml", "plan", id="nothing left"),
        pytest.param("low-back.toml", "low-back (2)", id="as a built-in one"),
        pytest.param(100 * "x", 60 * "x", id="long"),
    ],
)
def test_a_file_s_name_becomes_a_key_without_meaning_to_a_system(name: str, key: str) -> None:
    assert key_of(name) == key
    assert key_of(f"{key}.toml") == key


def asked(browser: Browser, key: str) -> None:
    while (moment := browser.show(dt=0.2))["type"] != "moment" or (moment["question"] or {}).get("key") != key:
        pass


def begun(browser: Browser) -> None:
    """Begin the plan and tell the pain."""
    browser.start(exercise=None, plan="mine")
    asked(browser, "safety.ask")
    browser.say(type="answer", question="safety.ask", value="none")
    asked(browser, "programme.pain.before")
    browser.say(type="answer", question="programme.pain.before", value=3)
    while browser.show(dt=0.2)["question"] is not None:
        pass


def test_a_programme_that_was_broken_off_goes_on_in_the_same_session_without_being_asked_anew(
    settings: Settings,
) -> None:
    with Served(settings) as server:
        add(server)
        with server.browser() as browser:
            begun(browser)
            assert plans(server)["mine"]["broken_off"] is None  # somebody is at it
        left = plans(server)["mine"]["broken_off"]
        assert left["next"] == 1
        with server.browser() as browser:  # the former one still waits for its browser
            assert browser.start(exercise=None, plan="mine", again=True)["type"] == "started"
            for _ in range(60):
                assert (moment := browser.show(dt=0.2))["question"] is None
            assert moment["exercise"]["key"] == "bridge"
    with History.open(settings.db) as history:
        (session,) = history.sessions()
    assert session.id == left["session"]
    assert session.told("before") == 3


def test_where_nothing_was_broken_off_that_is_told(settings: Settings) -> None:
    with Served(settings) as server, server.browser() as browser:
        told = browser.start(exercise=None, plan="low-back", again=True)
        assert (told["type"], told["key"]) == ("error", "nothing_broken_off")
        assert told["values"]["plan"]
        assert browser.start(exercise=None, plan="low-back")["type"] == "started"
