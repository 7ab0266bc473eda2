"""Live in the browser, over a real socket: a set counted, a programme asked, going away and coming back."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace as changed
from itertools import chain, repeat
from pathlib import Path

import cv2
import pytest

from formcheck.core.pose import Sight
from formcheck.io.history import History
from formcheck.io.texts import Texts
from formcheck.io.trace import TraceReader
from formcheck.io.video.reader import VideoReader
from formcheck.ui.web.settings import Finder, Limits, Settings
from tests.conftest import ROOT
from tests.test_live_session import bridges
from tests.figure import Lift
from tests.web import JPEG, Browser, Seen, Served, Told, keys

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
    assert [rep["good"] for rep in over["report"]["reps"]] == [rep["good"] for rep in expected["reps"]] == heard[-1]["marks"]
    assert keys(heard).count("coach.rep") == len(expected["reps"])
    assert over["outcome"] == "ended"
    assert over["summary"][0] == Texts("en").of("coach.sum_reps", n=len(expected["reps"]))
    with History.open(db) as history:
        (session,) = history.sessions()
    assert session.id == over["history_session"]
    assert len(session.sets[0].reps) == len(expected["reps"])
    assert session.reason == "ended"
