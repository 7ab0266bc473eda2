"""The guide: the same words in the terminal and on the page, in both languages, with drawings of the samples' poses."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from formcheck.exercises import all_exercises, find
from formcheck.exercises.vocabulary import Dose, Exercise
from formcheck.io.guide import figure as guide_figure
from formcheck.io.guide import page, plain
from formcheck.io.guide.figure import HEIGHT, WIDTH, arrow_head, figure
from formcheck.io.guide.poses import poses
from formcheck.io.guide.words import dose, safety, words
from formcheck.io.texts import LANGUAGES, Texts
from formcheck.session.plan import PainLimits
from formcheck.session.programme.safety import FLAGS, advice
from tests.pages import Page, self_contained

EXERCISES = [pytest.param(exercise, id=exercise.key) for exercise in all_exercises()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("exercises", [*EXERCISES, pytest.param(None, id="all")])
def test_the_page_is_well_formed_and_needs_nothing_from_outside(exercises: Exercise | None, language: str) -> None:
    text = page.render((exercises,) if exercises else all_exercises(), Texts(language))
    self_contained(text)
    found = Page(text)
    found.named()
    assert not {"script", "link", "iframe", "img"} & {tag for tag, _ in found.tags}
    assert found.tags[0] == ("html", {"lang": "zh-Hans" if language == "zh" else language})
    for drawing in re.findall("<svg.*?</svg>", text, re.DOTALL):
        ET.fromstring(drawing)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("exercise", EXERCISES)
def test_page_and_terminal_say_the_same(exercise: Exercise, language: str) -> None:
    texts = Texts(language)
    said = words(exercise, texts)
    general = [line for name in ("camera", "warmth") for line in texts.lines(f"guide.{name}_lines")]
    told = [said.title, *said.how, said.dose, said.camera, *said.cannot_see, *general]
    on_page, in_terminal = Page(page.render((exercise,), texts)).text, plain.render((exercise,), texts)
    for line in told + [part for check in said.checks for part in check]:
        assert line in on_page
        assert line in in_terminal


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_warns_of_all_that_the_programme_asks_with_the_same_urgency(language: str) -> None:
    texts = Texts(language)
    on_page, in_terminal = Page(page.render(all_exercises(), texts)).text, plain.render(all_exercises(), texts)
    for flag in FLAGS:
        asked = texts.of(f"safety.flag.{flag.key}")
        advised = [texts.said(say) for say in advice(flag.key)]
        assert f"{asked} {advised[1]}" in on_page
        assert f"{asked} {advised[1]}" in in_terminal
    places = [in_terminal.index(texts.of(f"safety.flag.{flag.key}")) for flag in FLAGS]
    assert places == sorted(places)  # the most urgent first


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_tells_to_stop_where_the_programme_stops(language: str) -> None:
    limits = PainLimits()
    stop = next(line for line in safety(Texts(language)).stops if re.search(r"\d", line))
    assert re.findall(r"\d+", stop.replace("0 到 10", "").replace("of 10", "")) == [f"{limits.rise}", f"{limits.above}"]


def test_every_rule_is_there_the_gravest_first() -> None:
    said = [say for say, _ in words(find("bridge"), Texts("en")).checks]
    assert len(said) == 7
    assert said[:2] == ["Not so high, keep the ribs down", "Rest your head"]
    assert said[-1] == "Slower, breathe with it"


def keys(table: object, at: str = "") -> set[str]:
    if not isinstance(table, dict):
        return {at}
    return {key for name, inner in table.items() for key in keys(inner, f"{at}.{name}")}


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_every_language_has_every_text_with_the_same_places(language: str) -> None:
    from formcheck.io.texts.catalogue import _file

    english, other = _file("en")["guide"], _file(language)["guide"]
    assert keys(english) == keys(other)
    for key, text in english.items():
        if isinstance(text, str):
            assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", other[key])), key
            assert text != other[key]
        else:
            assert len(text) == len(other[key]), key


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        pytest.param(Dose(reps=(8, 12)), "8 to 12 repetitions", id="repetitions"),
        pytest.param(Dose(hold_s=(20, 30), each_leg=2), "hold for 20 to 30 seconds, 2 times with each leg", id="holds"),
        pytest.param(Dose(hold_s=(20, 30), each_leg=1), "hold for 20 to 30 seconds, once with each leg", id="once"),
        pytest.param(Dose(), "", id="none"),
    ],
)
def test_the_dose_in_words(amount: Dose, said: str) -> None:
    from dataclasses import replace

    assert dose(replace(find("bridge"), dose=amount), Texts("en")) == said


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_poses_are_of_somebody_on_the_mat(exercise: Exercise) -> None:
    found = poses(exercise.key)
    assert found is not None
    for pose in found:
        assert [len(limb) for limb in (pose.near_arm, pose.far_arm, pose.near_leg, pose.far_leg)] == [3, 3, 5, 5]
        shoulder, hip = pose.near_arm[0], pose.near_leg[0]
        assert ((hip[0] - shoulder[0]) ** 2 + (hip[1] - shoulder[1]) ** 2) ** 0.5 == pytest.approx(1.0, abs=0.15)
        assert pose.head[0] < hip[0]  # all lie the same way round
        for x, y in pose.spots:
            assert 0 < (x + guide_figure.LEFT) * guide_figure.UNIT < WIDTH
            assert 0 < (guide_figure.UP - y) * guide_figure.UNIT < HEIGHT


def test_what_moves_has_an_arrow_to_where_it_is() -> None:
    start, end = poses("bridge") or pytest.fail("no poses")
    drawn = figure(end, start)
    _, y, turn = arrow_head(drawn.arrow)
    assert y < (guide_figure.UP - start.near_leg[0][1]) * guide_figure.UNIT - 40  # the hips have risen
    assert -135 < turn < -45  # up
    assert drawn.ghost
    assert figure(start).arrow == figure(start, start).arrow == ""


def test_only_the_tilt_shows_the_pelvis_and_only_the_towel_a_towel() -> None:
    texts = Texts("en")
    drawn = {exercise.key: Page(page.render((exercise,), texts)).tags for exercise in all_exercises()}
    colours = {key: {(a.get("stroke") or "") for tag, a in tags if tag == "path"} for key, tags in drawn.items()}
    assert [key for key, found in colours.items() if "var(--towel)" in found] == ["towel_stretch"]
    assert "(drawn larger than it is)" in Page(page.render((find("pelvic_tilt"),), texts)).text


def guide(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "formcheck", "guide", *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_the_command(tmp_path: Path) -> None:
    one = guide("pelvic-tilt", cwd=tmp_path)
    assert (one.returncode, one.stderr) == (0, "")
    assert "== Pelvic tilt ==" in one.stdout
    assert "Bridge" not in one.stdout
    made = guide("--language", "zh", "--html", "a ü.html", cwd=tmp_path)
    assert (made.returncode, made.stdout) == (0, "")
    assert "guide: a ü.html" in made.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a ü.html"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(("squat",), "no exercise called 'squat'", id="no such exercise"),
        pytest.param(("--language", "xx"), "no texts in 'xx'. Use one of: en, zh", id="no such language"),
        pytest.param(("--html", "gone/a.html"), "cannot write gone/a.html", id="no such folder"),
    ],
)
def test_what_cannot_be_done_is_said(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    run = guide(*words, cwd=tmp_path)
    assert (run.returncode, run.stdout) == (1, "")
    assert says in run.stderr.replace("\n", " ")
    assert "Traceback" not in run.stderr
    assert list(tmp_path.iterdir()) == []
