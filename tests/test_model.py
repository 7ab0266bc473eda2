"""The pose model: shipped, checked on load, and clear errors where it is not what it should be."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from formcheck.errors import ModelError
from formcheck.io.pose import model
from formcheck.io.pose.landmarker import Landmarker
from tests.conftest import ROOT


def test_the_bundle_of_a_checkout_is_found_and_whole() -> None:
    assert model.bundled_path() == ROOT / "models" / model.NAME
    assert len(model.load()) > 5_000_000


def test_a_damaged_bundle_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / model.NAME
    content = bytearray(model.load())
    content[1_000_000] ^= 1
    damaged.write_bytes(content)
    monkeypatch.setattr(model, "bundled_path", lambda: damaged)
    with pytest.raises(ModelError, match=r"damaged.*SHA-256.*Install formcheck again"):
        model.load()


def test_a_missing_bundle_says_where_it_was_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "bundled_path", lambda: tmp_path / "gone.task")
    with pytest.raises(ModelError, match=r"gone\.task.*No such file.*Install formcheck again"):
        model.load()


def other_zip(path: Path) -> None:
    with ZipFile(path, "w") as bundle:
        bundle.writestr("readme.txt", "no networks here")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(lambda path: None, "No such file", id="missing"),
        pytest.param(lambda path: path.mkdir(), "directory", id="a folder"),
        pytest.param(lambda path: path.write_bytes(b"hello"), "not a pose landmarker bundle", id="no zip"),
        pytest.param(other_zip, r"pose_detector\.tflite.*missing", id="another zip"),
    ],
)
def test_another_bundle_that_is_none_is_refused(tmp_path: Path, make: object, says: str) -> None:
    path = tmp_path / "mine.task"
    make(path)  # type: ignore[operator]
    with pytest.raises(ModelError, match=says) as caught:
        model.load(path)
    assert "--model" in str(caught.value)


def test_networks_that_mediapipe_refuses_are_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "mine.task"
    with ZipFile(path, "w") as bundle:
        bundle.writestr("pose_detector.tflite", b"x" * 100)
        bundle.writestr("pose_landmarks_detector.tflite", b"y" * 100)
    with pytest.raises(ModelError, match="MediaPipe refuses"):
        Landmarker(model.load(path), video=True)
