"""``formcheck doctor``: what fails, what only warns, and that every remedy is told."""

import json
import shutil
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from formcheck.errors import CameraError, ModelError
from formcheck.io.camera import webcam
from formcheck.io.pose import model as pose_model
from formcheck.ui.app import app
from formcheck.ui.doctor import command, machine, seeing
from formcheck.ui.doctor.check import Check
from tests.cameras import Puppet, shot

Usage = namedtuple("Usage", "total used free")


@pytest.mark.parametrize(
    ("free", "status"),
    [
        pytest.param(5e9, "pass", id="plenty"),
        pytest.param(5e8, "warn", id="little"),
        pytest.param(1e8, "fail", id="none"),
    ],
)
def test_disk(monkeypatch: pytest.MonkeyPatch, free: float, status: str) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1e12, 0, free))
    assert machine.disk(Path()).status == status


def test_a_folder_that_is_gone_fails(tmp_path: Path) -> None:
    assert machine.disk(tmp_path / "no").status == "fail"


@pytest.mark.parametrize(
    ("env", "status"),
    [
        pytest.param({}, "warn", id="no screen"),
        pytest.param({"WAYLAND_DISPLAY": "wayland-0"}, "warn", id="Wayland without X"),
        pytest.param({"DISPLAY": ":4321"}, "warn", id="a screen that cannot be used"),
    ],
)
def test_screen(monkeypatch: pytest.MonkeyPatch, env: dict[str, str], status: str) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    check = machine.screen()
    assert (check.status, "--no-window" in check.remedy) == (status, True)


@pytest.mark.parametrize(
    ("there", "status"),
    [
        pytest.param({"mediapipe": "0.10.33"}, "pass", id="as it should be"),
        pytest.param({"mediapipe": "0.10.35"}, "fail", id="a MediaPipe that reports to its vendor"),
        pytest.param({}, "fail", id="no MediaPipe"),
        pytest.param({"mediapipe": "0.10.33", "opencv-python": "4.12"}, "warn", id="a second cv2"),
    ],
)
def test_versions(monkeypatch: pytest.MonkeyPatch, there: dict[str, str], status: str) -> None:
    monkeypatch.setattr(machine, "_version", there.get)
    assert machine.versions().status == status


def test_model_passes_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    assert seeing.model().status == "pass"

    def damaged() -> bytes:
        raise ModelError("the pose model is damaged")

    monkeypatch.setattr(pose_model, "load", damaged)
    check = seeing.model()
    assert (check.status, check.found) == ("fail", "the pose model is damaged")


def test_no_camera_warns_with_what_else_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webcam, "LISTED", True)
    monkeypatch.setattr(webcam, "found", list)
    (check,) = seeing.cameras()
    assert check.status == "warn"
    assert "--camera http://" in check.remedy


def test_each_camera_is_tried_and_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    good = Puppet(shot(1, (640, 480)))

    def open_it(address: object, _: object) -> Puppet:
        if "video1" in str(address):
            raise CameraError("/dev/video1 is in use by another program. Close video calls.")
        return good

    monkeypatch.setattr(webcam, "LISTED", True)
    monkeypatch.setattr(webcam, "found", lambda: ["/dev/video0", "/dev/video1"])
    monkeypatch.setattr(webcam, "Webcam", open_it)
    assert seeing.cameras() == [
        Check("camera", "pass", "/dev/video0: 640x480 at 30 fps"),
        Check("camera", "fail", "/dev/video1 is in use by another program", "Close video calls."),
    ]
    assert good.closed


@pytest.mark.parametrize(
    ("fps", "status"),
    [
        pytest.param(30.0, "pass", id="fast"),
        pytest.param(12.0, "warn", id="slow"),
        pytest.param(3.0, "fail", id="too slow"),
    ],
)
def test_speed_is_judged(fps: float, status: str) -> None:
    assert seeing._judged(fps).status == status


@pytest.mark.video
def test_somebody_is_found_in_the_test_picture() -> None:
    assert "a person is found" in seeing.speed().found


CHECKS = {
    "fine": [Check("a", "pass", "good")],
    "limited": [Check("a", "pass", "good"), Check("b", "warn", "so so", "do this")],
    "broken": [Check("a", "fail", "bad", "do that"), Check("b", "pass", "good")],
}


@pytest.mark.parametrize(("case", "code"), [("fine", 0), ("limited", 0), ("broken", 1)])
@pytest.mark.parametrize("as_json", [False, True], ids=["people", "programs"])
def test_only_a_failure_is_1_and_all_is_told(
    monkeypatch: pytest.MonkeyPatch, case: str, code: int, as_json: bool
) -> None:
    def examine() -> Iterator[Check]:
        yield from CHECKS[case]

    monkeypatch.setattr(command, "examine", examine)
    run = CliRunner().invoke(app, ["doctor", *(["--json"] if as_json else [])])
    assert run.exit_code == code
    if as_json:
        document = json.loads(run.stdout)
        assert document["schema"] == "formcheck.doctor/1"
        told = [(row["name"], row["status"], row["found"], row["remedy"]) for row in document["checks"]]
        assert told == [(each.name, each.status, each.found, each.remedy) for each in CHECKS[case]]
    else:
        for each in CHECKS[case]:
            assert f"{each.name}: {each.found}" in run.stdout
            assert each.remedy in run.stdout


def test_a_failure_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "examine", lambda: iter(CHECKS["broken"]))
    with pytest.raises(typer.Exit):
        command.doctor(as_json=True)
