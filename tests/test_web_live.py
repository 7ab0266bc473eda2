"""Live in the browser, over a real socket: a set counted, a programme asked, going away and coming back."""

import json
from collections.abc import Callable
from itertools import repeat
from pathlib import Path

import cv2
import pytest
from websockets.exceptions import ConnectionClosed

from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.io.history import History
from formcheck.io.texts import Texts
from formcheck.io.trace import TraceReader
from formcheck.io.video.reader import VideoReader
from formcheck.ui.web.settings import Finder, Limits, Settings
from tests.conftest import ROOT
from tests.figure import Lift
from tests.test_live_session import bridges
from tests.web import Browser, Seen, Served, Told, keys

GOLDENS = ROOT / "tests" / "goldens"
LEAD_IN = 7 * 25


def golden(name: str) -> list[Sight]:
    """A recording, its first picture held until the set begins."""
    with TraceReader(GOLDENS / f"{name}.trace.jsonl.gz") as trace:
        sights = [sight for _, sight in trace]
    return [*repeat(sights[0], LEAD_IN), *sights]


def sees(*films: list[Sight]) -> Callable[[Path | None], Finder]:
    """Each session sees the next of these films."""
    rolls = iter(films)
    return lambda _: Seen(next(rolls))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "history.db"


def test_a_whole_set_is_counted_said_kept_and_summed_up(db: Path) -> None:
    film = golden("bridge")
    with Served(Settings(db=db, finder=sees(film))) as server, server.browser() as browser:
        started = browser.start()
        assert (started["type"], started["resumed"], started["exercise"]) == ("started", False, "bridge")
        heard = browser.watch(len(film))
        assert heard[-1]["type"] == "moment"
        browser.order("end")
        over = browser.wait_for("over")
    expected = json.loads((GOLDENS / "bridge.report.json").read_text())
    assert heard[-1]["done"] == len(expected["reps"]) == over["report"]["totals"]["reps"]
    good = [rep["good"] for rep in expected["reps"]]
    assert [rep["good"] for rep in over["report"]["reps"]] == good == heard[-1]["marks"]
    assert keys(heard).count("coach.rep") == len(expected["reps"])
    assert over["outcome"] == "ended"
    assert over["summary"][0] == Texts("en").of("coach.sum_reps", n=len(expected["reps"]))
    with History.open(db) as history:
        (session,) = history.sessions()
    assert session.id == over["history_session"]
    assert len(session.sets[0].reps) == len(expected["reps"])
    assert session.reason == "ended"


def lifts(*some: Lift) -> list[Sight]:
    """A drawn person who lies still and then does bridges, 15 pictures a second."""
    return list(bridges(*some))


def look(browser: Browser, film: list[Sight]) -> list[Told]:
    return [browser.show(dt=1 / 15) for _ in film]


def test_who_comes_back_goes_on_with_the_same_set_though_the_browsers_clock_begins_anew(db: Path) -> None:
    film = lifts(Lift(), Lift())
    half = len(lifts(Lift()))
    with Served(Settings(db=db, finder=sees(film))) as server:
        with server.browser() as browser:
            token = browser.start()["token"]
            before = look(browser, film[:half])
        assert before[-1]["done"] == 1
        with server.browser() as browser:
            again = browser.start(resume=token)
            assert (again["type"], again["resumed"], again["token"]) == ("started", True, token)
            after = look(browser, film[half:])
            browser.order("end")
            over = browser.wait_for("over")
    assert after[0]["t"] == pytest.approx(1 / 15, abs=1e-5)
    assert after[0]["done"] == 1
    assert over["report"]["totals"]["reps"] == 2
    with History.open(db) as history:
        assert [len(session.sets[0].reps) for session in history.sessions()] == [2]


def test_after_a_restart_the_session_is_lost_the_history_has_it_and_a_new_one_begins_on_the_same_socket(
    db: Path,
) -> None:
    film = lifts(Lift(), Lift())
    with Served(Settings(db=db, finder=sees(film))) as server, server.browser() as browser:
        token = browser.start()["token"]
        assert look(browser, film[: len(lifts(Lift()))])[-1]["done"] == 1
    with Served(Settings(db=db, finder=sees(film))) as server, server.browser() as browser:
        lost = browser.start(resume=token)
        assert (lost["type"], lost["key"]) == ("error", "session_lost")
        assert lost["remedy"]
        assert browser.start()["type"] == "started"
        kept = server.get("/history/sessions").json()[0]
    assert (kept["reason"], kept["sets"][0]["done"]) == ("ended", 1)


def test_a_session_nobody_comes_back_to_ends_with_all_that_was_done_kept(db: Path) -> None:
    film = lifts(Lift())
    limits = Limits(away_s=0.05)
    with Served(Settings(db=db, finder=sees(film), limits=limits)) as server:
        with server.browser() as browser:
            token = browser.start()["token"]
            look(browser, film)
        while server.get("/history/sessions").json()[0]["reason"] is None:
            pass
        with server.browser() as browser:
            while (told := browser.start(resume=token))["type"] != "error":
                pytest.fail(f"found again: {told}")
            assert told["key"] == "session_lost"


def test_the_end_is_told_to_who_was_away_when_it_came(db: Path) -> None:
    with Served(Settings(db=db, finder=sees([]))) as server:
        with server.browser() as browser:
            token = browser.start()["token"]
            browser.show()
            browser.order("end")
        with server.browser() as browser:
            assert browser.start(resume=token)["resumed"]
            over = browser.wait_for("over")
    assert (over["outcome"], over["history_session"]) == ("ended", None)


def test_two_tabs_have_a_session_each(db: Path) -> None:
    film = lifts(Lift())
    with Served(Settings(db=db, finder=sees(film, film))) as server, server.browser() as a, server.browser() as b:
        assert a.start()["token"] != b.start()["token"]
        for _ in film:
            one, other = a.show(dt=1 / 15), b.show(dt=1 / 15)
        assert one["done"] == other["done"] == 1
    with History.open(db) as history:
        assert len(history.sessions()) == 2


def test_a_tab_that_takes_the_session_over_closes_the_line_of_the_former_one() -> None:
    with Served(Settings(keep=False, finder=sees([]))) as server, server.browser() as a, server.browser() as b:
        token = a.start()["token"]
        a.show()
        assert b.start(resume=token)["resumed"]
        assert a.wait_for("error")["key"] == "taken_over"
        with pytest.raises(ConnectionClosed) as closed:
            a.hear()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4001
        assert b.show()["type"] == "moment"


def test_a_programme_asks_and_takes_answers_but_only_those_there_are() -> None:
    with Served(Settings(keep=False, finder=sees([]))) as server, server.browser() as browser:
        assert browser.start(exercise=None, plan="low-back", language="zh")["plan"] == "low-back"

        def asked(key: str) -> Told:
            while (moment := browser.show())["type"] != "moment" or (moment["question"] or {}).get("key") != key:
                pass
            question: Told = moment["question"]
            return question

        question = asked("safety.ask")
        assert question["text"] == Texts("zh").of("safety.ask")
        assert [option["press"] for option in question["options"]][-1] == "0"
        browser.say(type="answer", question="safety.ask", value="no such")
        while (told := browser.show())["type"] != "error":
            pass
        assert told["key"] == "no_answer"
        browser.say(type="answer", question="safety.ask", value="none")
        pain = asked("programme.pain.before")
        assert [option["value"] for option in pain["options"]] == list(range(11))
        browser.say(type="answer", question="programme.pain.before", value=9)
        while (told := browser.show(dt=0.5))["type"] == "moment":
            pass
        told = told if told["type"] == "over" else browser.wait_for("over")
    assert told["outcome"] == "pain_above"
    assert told["report"]["exercise"] is None


def test_nothing_is_counted_in_a_pause() -> None:
    film = lifts(Lift(), Lift())
    half = len(lifts(Lift()))
    with Served(Settings(keep=False, finder=sees(film))) as server, server.browser() as browser:
        browser.start()
        look(browser, film[:half])
        browser.order("pause")
        browser.order("pause")  # pressed twice
        paused = look(browser, film[half:])
        browser.order("resume")
        resumed = browser.show()
    assert paused[-1]["stage"] == "paused"
    assert paused[-1]["done"] == resumed["done"] == 1
    assert resumed["stage"] == "set"


def test_orders_are_carried_out_though_no_picture_comes() -> None:
    with Served(Settings(keep=False, finder=sees([]))) as server, server.browser() as browser:
        browser.start()
        browser.order("pause")
        moment = browser.wait_for("moment")
        assert (moment["blind"], moment["stage"]) == (True, "paused")
        browser.order("end")
        assert browser.wait_for("over")["report"]["source"]["frames"] == 0


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"exercise": "squat"}, id="exercise"),
        pytest.param({"exercise": None, "plan": "../../etc/passwd"}, id="plan by a path"),
        pytest.param({"language": "tlh"}, id="language"),
        pytest.param({"exercise": None, "plan": "low-back", "first": 99}, id="step of a plan"),
    ],
)
def test_what_there_is_not_is_told_and_something_else_can_be_asked_for(asked: Told) -> None:
    with Served(Settings(keep=False, finder=sees([]))) as server, server.browser() as browser:
        told = browser.start(**asked)
        assert told["type"] == "error"
        assert told["key"].startswith("unknown_")
        assert told["text"]
        assert browser.start()["type"] == "started"


def test_a_network_that_cannot_be_loaded_is_told(tmp_path: Path) -> None:
    with Served(Settings(keep=False, model=tmp_path / "none.task")) as server, server.browser() as browser:
        browser.start()
        told = browser.wait_for("error")
    assert told["key"] == "no_model"
    assert "none.task" in told["text"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_defect_ends_the_session_with_words_and_leaves_the_server_whole(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Seen):
        def estimate(self, frame: Frame) -> Sight:
            raise ZeroDivisionError(frame.t)

    with Served(Settings(keep=False, finder=lambda _: Broken([]))) as server, server.browser() as browser:
        browser.start()
        browser.send()
        assert browser.wait_for("error")["key"] == "session_defect"
        assert server.get("/health").status_code == 200
    assert "a live session has failed" in caplog.text


@pytest.mark.video
def test_real_pictures_are_judged_as_a_recording_of_them_is() -> None:
    with VideoReader(ROOT / "samples" / "bridge.mp4") as video:
        size = video.size
        pictures = [packed(frame) for i, frame in enumerate(video) if i % 2 == 0 and i < 150]
    with Served(Settings(keep=False)) as server, server.browser() as browser:
        browser.start()
        heard = [browser.show(jpeg, dt=2 / video.fps) for jpeg in [*repeat(pictures[0], 80), *pictures]]
    assert {moment["type"] for moment in heard} == {"moment"}
    assert heard[-1]["done"] == 1
    assert heard[-1]["size"] == list(size)
    assert len(heard[-1]["points"]) == 33
    assert all(0 < x < size[0] and 0 < y < size[1] for x, y in filter(None, heard[-1]["points"]))
    assert any(moment["line"] for moment in heard)
    assert all(moment["took_ms"] > 0 for moment in heard)


def packed(frame: Frame) -> bytes:
    return cv2.imencode(".jpg", cv2.cvtColor(frame.image, cv2.COLOR_RGB2BGR))[1].tobytes()
