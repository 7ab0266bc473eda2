"""What is installed: the wheel has the model, the types and the templates, and works away from the checkout."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    site = folder / "site"
    with ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(site)
    return site


def test_the_wheel_holds_all_that_is_needed(installed: Path) -> None:
    for name in (
        "models/pose_landmarker_full.task",
        "py.typed",
        "io/report/templates/report.html.j2",
        "ui/doctor/person.jpg",
    ):
        assert (installed / "formcheck" / name).is_file()
    notices = {path.name for path in installed.glob("*.dist-info/licenses/*")}
    assert notices == {"LICENSE", "NOTICE"}
    assert {path.name.split("-")[0] for path in installed.iterdir()} == {"formcheck"}


def test_installed_it_finds_its_own_model(installed: Path, tmp_path: Path) -> None:
    code = (
        "import formcheck; from formcheck.io.pose import model;"
        "print(formcheck.__file__); print(model.bundled_path()); print(len(model.load()))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(installed)}, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    package, bundle, size = run.stdout.splitlines()
    assert Path(package).is_relative_to(installed)
    assert Path(bundle) == installed / "formcheck" / "models" / "pose_landmarker_full.task"
    assert int(size) > 5_000_000


def test_only_one_cv2_is_asked_for() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    assert "mediapipe==0.10.33" in text
    for second in ('"opencv-python', '"opencv-python-headless'):
        assert second not in text
