"""The samples: what must be found in them, and that nothing about it changes unnoticed."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from tests.goldens.remake import HERE, NAMES, SAMPLES, report_of


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def report(name: str) -> dict[str, Any]:
    return report_of(HERE / f"{name}.trace.jsonl.gz")


def test_a_sample_is_recognised_and_its_faults_are_found(name: str, report: dict[str, Any]) -> None:
    expected = json.loads((SAMPLES / f"{name}.expected.json").read_text())
    assert (report["exercise"], report["recognised"], report["side"]) == (name, True, expected["side"])
    found = [[fault["key"] for fault in each["faults"]] for each in report["reps"] + report["holds"]]
    assert found == expected["faults"]


def same(a: Any, b: Any) -> bool:
    """Equal, numbers to a thousandth: the last digits differ between processors."""
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, float):
        return math.isclose(a, b, abs_tol=0.005)
    return bool(a == b)


def test_its_report_is_the_one_on_record(name: str, report: dict[str, Any]) -> None:
    golden = json.loads((HERE / f"{name}.report.json").read_text())
    assert same(golden, report), "see the difference with: python tests/goldens/remake.py && git diff tests/goldens"


def test_samples_stay_small_and_explained() -> None:
    files = {path.name: path.stat().st_size for path in SAMPLES.iterdir()}
    text = (SAMPLES / "README.md").read_text()
    assert max(files.values()) < 1_500_000
    assert [name for name in files if name.endswith((".mp4", ".gz")) and f"`{name}`" not in text] == []
    assert {f"{name}.mp4" for name in NAMES} <= files.keys()
    assert Path(SAMPLES / "prone_press_up.trace.jsonl.gz").is_file()
