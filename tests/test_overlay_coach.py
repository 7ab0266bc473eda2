"""What a live session draws: hint, ready, countdown, paused, the end; in the person's language."""

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest

from formcheck.core.frame import Image
from formcheck.exercises import all_exercises
from formcheck.io import overlay
from formcheck.io.overlay import coach, text
from formcheck.io.overlay.icons import icon
from formcheck.io.overlay.style import PRAISE, TARGET, WRONG
from formcheck.io.overlay.wrap import wrap
from formcheck.io.texts import LANGUAGES, Texts
from formcheck.session.coaching import Coaching
from formcheck.session.moment import Cue, Moment
from tests.test_overlay import SIZES, body, changed, has, hold, moment, stretch, tilted

HINT = "exercise.bridge.camera"  # a long text that is there in every language
STAGES = [
    pytest.param(Coaching("setup", HINT), id="hint"),
    pytest.param(Coaching("setup"), id="ready"),
    pytest.param(Coaching("countdown", countdown=3), id="countdown"),
    pytest.param(Coaching("paused"), id="paused"),
    pytest.param(Coaching("over"), id="over"),
]


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything that is written into panels, in order."""
    said: list[str] = []
    real = text.panel

    def panel(rows: text.Lines, *args: Any, **options: Any) -> Any:
        said.extend(" ".join(run.text for run in row if run.text) for row in rows)
        if args[1:] and args[1] is not None:
            said.append(f"<{args[1].icon}>")
        return real(rows, *args, **options)

    for module in ("clock", "coach", "counter", "gauge", "guide", "leg", "panels"):
        monkeypatch.setattr(f"formcheck.io.overlay.{module}.panel", panel)
    return said


def drawn(m: Moment, code: str = "en", size: tuple[int, int] = (854, 480)) -> Image:
    image = np.full((size[1], size[0], 3), 128, np.uint8)
    overlay.draw(image, m, texts=Texts(code))
    return image


@pytest.mark.parametrize(
    ("coaching", "code", "rows"),
    [
        pytest.param(Coaching("setup"), "en", ["Bridge", "Ready", "<praise>"], id="ready"),
        pytest.param(Coaching("setup"), "zh", ["臀桥", "准备好了", "<praise>"], id="ready in Chinese"),
        pytest.param(Coaching("countdown", countdown=2), "en", ["Bridge", "Get ready 2"], id="countdown"),
        pytest.param(Coaching("countdown", countdown=1), "zh", ["臀桥", "准备开始 1"], id="countdown in Chinese"),
        pytest.param(Coaching("paused"), "en", ["Bridge", "Paused", "<pause>"], id="paused"),
        pytest.param(Coaching("over"), "en", ["Bridge", "Finished", "3 reps · 2 good", "<flag>"], id="over"),
        pytest.param(Coaching("over"), "zh", ["臀桥", "结束", "3 次 · 2 次达标", "<flag>"], id="over in Chinese"),
    ],
)
def test_a_stage_is_written_with_its_sign(coaching: Coaching, code: str, rows: list[str], words: list[str]) -> None:
    drawn(moment(body(), phase=None, coaching=coaching), code)
    assert words == rows


def test_a_hint_is_written_with_the_sign_of_something_to_mend(words: list[str]) -> None:
    drawn(moment(None, phase=None, coaching=Coaching("setup", HINT)))
    assert words[0] == "Bridge"
    assert words[-1] == "<correct>"
    assert " ".join(words[-6:-1]).endswith("your whole body in the picture.")
    assert "I can't see you" not in words  # one thing at a time


def test_a_hint_is_found_in_its_table_or_by_its_whole_key(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    texts = Texts()
    monkeypatch.setattr(Texts, "of", lambda _, key: asked.append(key) or key)
    for hint in ("dark", HINT):
        coach.hint_text(Coaching("setup", hint), texts)
    assert asked == ["setup.dark", HINT]
    assert coach.hint_text(Coaching("setup"), texts) is None


def test_the_end_of_a_stretch_counts_holds(words: list[str]) -> None:
    drawn(stretch(done=(hold(1, "left"),), coaching=Coaching("over"), hold=None, phase=None))
    assert "1 hold · 1 good" in words


def test_nothing_done_is_not_praised(words: list[str]) -> None:
    drawn(moment(body(), done=(), phase=None, coaching=Coaching("over")))
    assert "0 reps" in words


@pytest.mark.parametrize("coaching", STAGES)
def test_outside_the_set_no_guide_and_no_correction_is_drawn(coaching: Coaching, words: list[str]) -> None:
    plain = moment(body(), phase="hold", values={"hip_angle_deg": 150.0}, cue=Cue("hips_low", "lift a little higher"))
    drawn(replace(plain, coaching=coaching))
    assert not any("higher" in each.lower() or each == "hold" for each in words)


def test_during_the_set_everything_is_as_in_a_recording() -> None:
    m = moment(body(), cue=Cue("hips_low", "lift a little higher"), wrong=("hips_low",))
    assert (drawn(m) == drawn(replace(m, coaching=Coaching("set")))).all()


def test_a_hint_during_the_set_is_written_smaller_and_gives_way_to_a_cue(words: list[str]) -> None:
    m = moment(body(), coaching=Coaching("set", "screen.not_seen"))
    drawn(m)
    assert "I can't see you" in words
    words.clear()
    drawn(replace(m, cue=Cue("hips_low", "lift a little higher")))
    assert "I can't see you" not in words
    assert "Lift a little higher" in words


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("coaching", STAGES)
def test_it_fits_at_any_size_in_any_language(coaching: Coaching, code: str, size: tuple[int, int]) -> None:
    touched = changed(drawn(moment(body(size), phase=None, coaching=coaching), code, size))
    assert touched.any()
    assert not touched[0].any()
    assert not touched[:, 0].any()
    assert not touched[:, -1].any()
    assert touched.mean() < 0.6


def test_each_stage_differs_without_colour() -> None:
    greys = [
        cv2.cvtColor(drawn(moment(body(), phase=None, coaching=each.values[0])), cv2.COLOR_RGB2GRAY).astype(int)
        for each in STAGES
    ]
    for i, a in enumerate(greys):
        for b in greys[:i]:
            assert (np.abs(a - b) > 60).sum() > 300


@pytest.mark.parametrize(
    ("coaching", "least"),
    [
        pytest.param(Coaching("countdown", countdown=3), 0.20, id="a digit"),
        pytest.param(Coaching("setup"), 0.07, id="ready"),
        pytest.param(Coaching("setup", "screen.not_seen"), 0.07, id="a hint"),
    ],
)
def test_the_type_is_large_enough_for_three_metres(coaching: Coaching, least: float) -> None:
    image = drawn(moment(None, phase=None, coaching=coaching))
    colour = TARGET if coaching.countdown else (255, 255, 255)
    below_the_title = (image[80:] == colour).all(axis=2).any(axis=1).nonzero()[0]
    assert below_the_title.max() - below_the_title.min() >= least * 480


def test_a_panel_keeps_clear_of_the_person() -> None:
    person = body()
    touched = changed(drawn(moment(person, phase=None, coaching=Coaching("paused"))))
    bare = changed(drawn(moment(person, phase=None, coaching=Coaching("set"), certain=False)))
    lying = bare.copy()
    lying[:240] = False
    assert (touched[240:] == lying[240:]).all()


def test_a_stage_that_is_drawn_elsewhere_leaves_the_picture_to_it() -> None:
    m = moment(body(), phase=None, coaching=Coaching("question"))  # type: ignore[arg-type]
    touched = changed(drawn(m))
    assert not touched[60:250].any()


def test_the_flag_is_a_shape_of_its_own() -> None:
    shapes = [icon(kind, 48) for kind in ("correct", "praise", "lost", "wait", "pause", "flag")]
    for i, a in enumerate(shapes):
        assert all((np.abs(a.astype(int) - b) > 60).sum() > 150 for b in shapes[:i])


# the exercise, in Chinese


@pytest.mark.parametrize(
    ("m", "there"),
    [
        pytest.param(moment(body(), phase="up"), ["臀桥", "3 次", "抬起 · 2 次达标"], id="counter"),
        pytest.param(moment(body(), cue=Cue("hips_low", "lift")), ["再抬高一点", "<correct>"], id="cue"),
        pytest.param(moment(body(), cue=Cue("hips_low", "x", praise=True)), ["很好，就是这样"], id="praise"),
        pytest.param(moment(body()), ["再高 30°"], id="degrees that are missing"),
        pytest.param(moment(body(), values={"hip_angle_deg": 175.0}), ["已成一条直线"], id="in line"),
        pytest.param(moment(None, phase=None), ["我看不到您", "<lost>"], id="not seen"),
        pytest.param(moment(body(), phase=None), ["还没有就位"], id="not in position"),
        pytest.param(moment(body(), certain=False), ["臀桥?", "正在识别"], id="not sure"),
        pytest.param(stretch(), ["保持 · 左腿", "还剩：左腿 2 次，右腿 2 次", "共 30 秒"], id="stretch"),
        pytest.param(tilted(9.4, 2.6), ["压平", "拱起", "拱起 9° ±3"], id="tilt"),
    ],
)
def test_everything_is_written_in_the_language(m: Moment, there: list[str], words: list[str]) -> None:
    drawn(m, "zh")
    assert set(there) <= set(words)


def test_a_cue_of_no_rule_is_written_as_it_is(words: list[str]) -> None:
    drawn(moment(body(), cue=Cue("x", "breathe")), "zh")
    assert "Breathe" in words


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda exercise: exercise.key)
def test_no_english_is_left_in_a_chinese_picture(exercise: Any, words: list[str]) -> None:
    for phase in ("rest", "up", "hold", "down", None):
        for rule in exercise.rules:
            values = {signal.key: 90.0 for signal in exercise.shown}
            drawn(
                moment(body(), exercise=exercise, values=values, phase=phase, done=(), cue=Cue(rule.key, rule.say)),
                "zh",
            )
    assert not [each for each in words if any("a" <= sign <= "z" for sign in each) and not each.startswith("<")]


def test_chinese_is_drawn_as_characters() -> None:
    one, other = (text.panel(((text.Words(sign, 40),),), 400) for sign in ("腿", "臀"))
    assert one.adds.shape == other.adds.shape
    assert (one.adds != other.adds).any()  # unknown ones would be the same question mark


def test_colours_still_mean_the_same() -> None:
    assert has(drawn(moment(None, phase=None, coaching=Coaching("setup", HINT))), WRONG)
    assert has(drawn(moment(None, phase=None, coaching=Coaching("setup"))), PRAISE)


# broken lines


@pytest.mark.parametrize(
    ("words_", "most", "rows"),
    [
        pytest.param("lift higher", 20, ["lift higher"], id="fits"),
        pytest.param("keep your hips on the mat", 20, ["keep your hips", "on the mat"], id="evenly"),
        pytest.param("incomprehensible", 5, ["incomprehensible"], id="a word is never torn"),
        pytest.param("再抬高一点", 3, ["再抬高", "一点"], id="between characters"),
        pytest.param("太高。请放低一些", 6, ["太高。", "请放低一些"], id="at the end of a clause rather than evenly"),
        pytest.param("再高一点，好", 4, ["再高一", "点，好"], id="no comma begins a line"),
        pytest.param("保持 30 秒，不动", 6, ["保持 30", "秒，不动"], id="digits stay together"),
    ],
)
def test_lines_are_broken_where_the_language_breaks_them(words_: str, most: int, rows: list[str]) -> None:
    assert wrap(words_, most, lambda row: float(len(row))) == rows
