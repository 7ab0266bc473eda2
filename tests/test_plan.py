"""Plans: what they ask for, the files they are read from, and what is said of a mistake in one."""

import re
from math import inf
from pathlib import Path

import pytest

from formcheck.core.signals import Limit
from formcheck.errors import PlanError
from formcheck.exercises import find
from formcheck.exercises.vocabulary import Dose, Holds
from formcheck.io import plan as plans
from formcheck.session.plan import LOW_BACK, PainLimits, Step, default_step
from tests.conftest import ROOT

DOC = (ROOT / "docs" / "plans.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", DOC, re.DOTALL)


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def complaints(folder: Path, text: str) -> list[str]:
    path = written(folder, text)
    with pytest.raises(PlanError) as caught:
        plans.read(path)
    return [line.removeprefix(f"{path}, ") for line in str(caught.value).splitlines()]


@pytest.mark.parametrize(
    ("before", "score", "expected"),
    [
        pytest.param(0, 0, None, id="no pain"),
        pytest.param(2, 3, None, id="a rise of one"),
        pytest.param(2, 4, "rise", id="a rise of two"),
        pytest.param(5, 5, None, id="five as before"),
        pytest.param(5, 6, "above", id="above five"),
        pytest.param(8, 6, "above", id="less than before, but above five"),
        pytest.param(None, 5, None, id="not told before"),
        pytest.param(None, 6, "above", id="not told before, above five"),
        pytest.param(6, 2, None, id="better"),
    ],
)
def test_pain_stops_by_the_safety_rules(before: int | None, score: int, expected: str | None) -> None:
    assert PainLimits().stops(before, score) == expected


def test_the_low_back_programme_is_the_prescribed_one() -> None:
    assert [(step.exercise.key, str(step.dose)) for step in LOW_BACK.steps] == [
        ("bridge", "8-12 repetitions"),
        ("pelvic_tilt", "8-12 repetitions"),
        ("knee_to_chest", "hold 20-30 s, twice each leg"),
        ("towel_stretch", "hold 20-30 s, twice each leg"),
    ]
    assert LOW_BACK.steps[3].holds == ("left", "left", "right", "right")
    assert LOW_BACK.steps[0].holds == ()


def test_the_usual_dose_leaves_the_exercise_as_it_is() -> None:
    for step in LOW_BACK.steps:
        assert step.prescribed is step.exercise


def test_another_dose_goes_with_the_exercise() -> None:
    step = Step(find("bridge"), Dose(reps=(4, 5)))
    assert step.prescribed.dose == Dose(reps=(4, 5))
    assert step.prescribed.rules == find("bridge").rules


def test_a_target_moves_where_its_fault_begins_and_nothing_else() -> None:
    bridge = find("bridge")
    step = Step(bridge, bridge.dose, targets={"hips_low": 150})
    assert step.prescribed.rule("hips_low").limit == Limit(150, inf)
    assert step.prescribed.rule("hips_high") == bridge.rule("hips_high")
    assert step.prescribed.counts is bridge.counts


def test_the_clock_of_a_hold_follows_its_target() -> None:
    towel = find("towel-stretch")
    counts = Step(towel, towel.dose, targets={"knee_bent": 140}).prescribed.counts
    assert isinstance(counts, Holds)
    assert [each.limit for each in counts.position] == [Limit(low=140), Limit(low=25)]


def test_a_shorter_dose_is_no_short_hold() -> None:
    towel = find("towel-stretch")
    step = Step(towel, Dose(hold_s=(10, 15), each_leg=1), ("left",))
    assert step.prescribed.rule("hold_short").limit == Limit(low=10)


def test_a_written_plan_reads_back_the_same(tmp_path: Path) -> None:
    towel = default_step(find("towel-stretch"), 12.5, 'say "ah" \\ ü 慢')
    steps = (
        *LOW_BACK.steps,
        Step(towel.exercise, Dose(hold_s=(10, 15), each_leg=3), ("right",), targets={"knee_bent": 150.5}),
    )
    path = tmp_path / "low-back.toml"
    plans.write(LOW_BACK, path)
    assert plans.read(path) == LOW_BACK
    other = type(LOW_BACK)("mine", "Ünï", (*steps, towel), PainLimits(1, 3))
    assert plans.read(written(tmp_path, plans.text(other))) == other


def test_an_existing_file_is_never_written_over(tmp_path: Path) -> None:
    path = written(tmp_path, "precious")
    with pytest.raises(PlanError, match="exists already"):
        plans.write(LOW_BACK, path)
    assert path.read_text() == "precious"


def test_built_in_and_file_are_found_by_name(tmp_path: Path) -> None:
    assert plans.load("low-back") is LOW_BACK
    assert plans.load(str(written(tmp_path, '[[step]]\nexercise = "bridge"\n'))).key == "mine"
    with pytest.raises(PlanError, match="Do you mean 'low-back'"):
        plans.load("low-bakc")


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_the_examples_of_the_documentation_can_be_used(tmp_path: Path, example: str) -> None:
    assert plans.read(written(tmp_path, example)).steps


def test_the_documentation_names_every_word_of_the_format() -> None:
    from formcheck.io.plan import steps

    assert len(EXAMPLES) == 2
    assert all(f"`{word}`" in DOC for word in (*steps._KNOWN, "title", "rise", "above"))


STEP = '[[step]]\nexercise = "bridge"\n'
TOWEL = '[[step]]\nexercise = "towel-stretch"\n'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        pytest.param("", 1, "no exercise in the plan", id="empty"),
        pytest.param('titel = "x"\n' + STEP, 1, "Do you mean 'title'", id="unknown word at the top"),
        pytest.param('[[step]]\nexercise = "brigde"\n', 2, "Do you mean 'bridge'", id="nearly an exercise"),
        pytest.param('[[step]]\nexercise = "yoga"\n', 2, "Use one of: bridge,", id="no exercise of ours"),
        pytest.param("[[step]]\nreps = 8\n", 1, "the exercise is missing", id="no exercise"),
        pytest.param("[[step]]\nexercise = 3\n", 2, 'for example "bridge"', id="exercise is a number"),
        pytest.param(STEP + "reps = [12, 8]\n", 3, "the smaller first", id="range the wrong way round"),
        pytest.param(STEP + "reps = 400\n", 3, "from 1 to 30", id="too many repetitions"),
        pytest.param(STEP + "reps = 8.5\n", 3, "whole numbers", id="half a repetition"),
        pytest.param(STEP + "reps = true\n", 3, "whole numbers", id="a truth for a number"),
        pytest.param(STEP + "hold_s = 20\n", 3, "counted in repetitions", id="seconds for repetitions"),
        pytest.param(TOWEL + "reps = 8\n", 3, "is held", id="repetitions for seconds"),
        pytest.param(TOWEL + "hold_s = 90\n", 3, "from 5 to 60 s", id="held too long"),
        pytest.param(TOWEL + "each_leg = 0\n", 3, "from 1 to 5", id="no hold"),
        pytest.param(TOWEL + 'legs = ["both"]\n', 3, "'left', 'right'", id="both legs where that is not done"),
        pytest.param(TOWEL + 'legs = ["left", "left"]\n', 3, "each leg once", id="a leg twice"),
        pytest.param(TOWEL + "legs = [[1]]\n", 3, "each leg once", id="a list for a leg"),
        pytest.param(STEP + "rest_s = -1\n", 3, "from 0 to 600 s", id="rest in the past"),
        pytest.param(STEP + "rest_s = nan\n", 3, "from 0 to 600 s", id="rest is no number"),
        pytest.param(STEP + "targets = { hips_lo = 150 }\n", 3, "Do you mean 'hips_low'", id="unknown fault"),
        pytest.param(STEP + "targets = { hips_high = 200 }\n", 3, "to 191", id="a safety limit loosened"),
        pytest.param(STEP + "[step.targets]\nhips_low = 10\n", 4, "from 128", id="a target out of reach"),
        pytest.param(STEP + "targets = { hips_low = 200 }\n", 3, "contradicts hips_high = 191", id="no room left"),
        pytest.param(
            STEP + "targets = { hips_low = 178, hips_high = 170 }\n", 3, "contradicts hips_", id="two targets"
        ),
        pytest.param(STEP + f'notes = "{"x" * 401}"\n', 3, "at most 400", id="notes too long"),
        pytest.param("[pain]\nrise = 5\n" + STEP, 2, "from 1 to 2", id="pain rule loosened"),
        pytest.param("pain = 3\n" + STEP, 1, "[pain] on a line", id="pain is no table"),
        pytest.param("step = [1]\n", 1, "a step is a table", id="step is no table"),
        pytest.param('notes = """\nreps = 3\n"""\n' + STEP + "reps = 99\n", 6, "from 1 to 30", id="behind a long text"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_remedy(tmp_path: Path, text: str, line: int, said: str) -> None:
    found = complaints(tmp_path, text)
    assert any(each.startswith(f"line {line}: ") and said in each for each in found), found


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    assert len(complaints(tmp_path, STEP + "reps = 99\nrest_s = -1\n" + TOWEL + "each_leg = 9\n")) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"[[step]\n", "line 1", id="no TOML"),
        pytest.param(b"\xff\xfe\x00", "UTF-8", id="no text"),
        pytest.param(b"#" * 300_000, "too large", id="too large"),
        pytest.param(b"x = " + b"[" * 5_000, "plan new", id="endless brackets"),
        pytest.param(b"x = " + b"9" * 5_000, "plan new", id="endless digits"),
        pytest.param(b"x = 2026-02-31", "plan new", id="no such day"),
    ],
)
def test_what_is_no_plan_file_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    with pytest.raises(PlanError, match=said):
        plans.read(path)


def test_a_file_that_is_not_there_or_a_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="no file"):
        plans.read(tmp_path / "none.toml")
    with pytest.raises(PlanError, match="is a folder"):
        plans.read(tmp_path)
