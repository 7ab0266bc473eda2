"""``formcheck programme``: where it goes on after a break."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from formcheck.errors import HistoryError
from formcheck.exercises import find
from formcheck.io.history import History
from formcheck.session.plan import Plan, default_step
from formcheck.ui.live import programme as command

BRIDGE, TILT = find("bridge"), find("pelvic_tilt")
TWICE = Plan("twice", "Twice", tuple(map(default_step, (BRIDGE, TILT, BRIDGE))))


def kept(folder: Path, *done: str, reason: str | None = None, before: int | None = 2) -> History:
    """A history of one session: pain before, and after each exercise."""
    history = History.open(folder / "h.db")
    session = history.begin_session(plan=TWICE)
    if before is not None:
        history.add_pain(session, "before", before, None)
    for key in done:
        history.add_pain(session, "after", 2, find(key))
    if reason is not None:
        history.end_session(session, reason)
    return history


@pytest.mark.parametrize(
    ("done", "behind"),
    [
        pytest.param([], 0, id="none"),
        pytest.param(["bridge"], 1, id="the first, which comes again later"),
        pytest.param(["bridge", "pelvic_tilt"], 2, id="two"),
        pytest.param(["pelvic_tilt"], 2, id="the first was skipped"),
        pytest.param(["bridge", "bridge"], 3, id="the second was skipped"),
    ],
)
def test_it_goes_on_with_the_exercise_that_comes_next(tmp_path: Path, done: list[str], behind: int) -> None:
    session = kept(tmp_path, *done).sessions()[0]
    assert command._done(TWICE, session) == behind


@pytest.mark.parametrize("reason", [None, "ended", "stopped"])
def test_a_session_that_was_broken_off_is_found(tmp_path: Path, reason: str | None) -> None:
    found = command._interrupted(kept(tmp_path, "bridge", reason=reason), TWICE)
    assert (found.told("before"), found.reason) == (2, reason)


@pytest.mark.parametrize(
    "how",
    [
        pytest.param({"reason": "pain_rise"}, id="pain stopped it"),
        pytest.param({"reason": "numb"}, id="numbness stopped it"),
        pytest.param({"reason": "red_flag", "before": None}, id="a red flag"),
        pytest.param({"before": None}, id="no pain told before"),
    ],
)
def test_one_that_must_not_go_on_does_not(tmp_path: Path, how: dict[str, object]) -> None:
    with pytest.raises(HistoryError, match="Leave out --resume"):
        command._interrupted(kept(tmp_path, "bridge", **how), TWICE)  # type: ignore[arg-type]


def test_after_hours_it_is_another_session(tmp_path: Path) -> None:
    history = kept(tmp_path, "bridge")
    history.end_session(history.sessions()[0].id, "ended", datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(HistoryError, match="3 hours"):
        command._interrupted(history, TWICE)
