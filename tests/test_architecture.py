"""The layers are kept, and the contracts that keep them would notice if they were not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    # the package under test is found in the folder it runs in
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    return subprocess.run(
        [*command, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder)},
    )


def test_all_contracts_are_kept() -> None:
    run = lint(ROOT)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 broken" in run.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        pytest.param("core/geometry.py", "import formcheck.session.judge", "Each layer", id="core imports session"),
        pytest.param("session/gate.py", "import formcheck.io.trace", "Each layer", id="session imports io"),
        pytest.param("io/trace.py", "import formcheck.ui.app", "Each layer", id="io imports ui"),
        pytest.param("misc/__init__.py", "", "Each layer", id="a package outside the layers"),
        pytest.param(
            "exercises/catalogue/squat.py",
            "import formcheck.exercises.catalogue.bridge",
            "Exercises",
            id="an exercise imports another",
        ),
        pytest.param("session/judge.py", "import cv2", "Judging needs numbers", id="session sees pixels"),
        pytest.param("core/filters.py", "import time", "Judging needs numbers", id="core reads a clock"),
        pytest.param("ui/analysis.py", "import av", "Video, networks", id="ui decodes video"),
        pytest.param("io/export/rows.py", "import fastapi", "Only the user interface", id="io serves pages"),
        pytest.param("io/pose/people.py", "import mediapipe", "One module", id="a second door to MediaPipe"),
    ],
)
def test_a_broken_contract_is_noticed(tmp_path: Path, file: str, line: str, contract: str) -> None:
    shutil.copytree(ROOT / "formcheck", tmp_path / "formcheck", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    target = tmp_path / "formcheck" / file
    target.parent.mkdir(exist_ok=True)
    with target.open("a") as source:
        source.write(f"\n{line}\n")
    run = lint(tmp_path)
    assert run.returncode != 0
    broken = [text for text in run.stdout.splitlines() if "BROKEN" in text]
    if file.startswith("misc"):
        assert "misc" in run.stdout + run.stderr
    else:
        assert any(contract in text for text in broken), run.stdout + run.stderr
