"""Whole recordings: rendered clips with exact truth, real people counted by eye. Skips where they are absent."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from formcheck.exercises import find
from formcheck.io.pose.estimator import PoseEstimator
from formcheck.io.video.reader import VideoReader
from formcheck.io.video.recording import Recording
from formcheck.session.pipeline import run
from formcheck.session.session import Session
from formcheck.session.summary import Result
from tests.conftest import FOOTAGE

pytestmark = pytest.mark.video
OTHERS = ["tilt_arch_8", "towel_left_2", "knee_to_chest_left_3"]


@cache
def analysed(path: Path, exercise: str | None = None) -> Result:
    with VideoReader(path) as video, PoseEstimator() as estimator:
        return run(Recording(video, estimator, path.name), Session(find(exercise) if exercise else None), [])


@pytest.mark.parametrize("name", ["bridge_clean_8", "bridge_faults_8", "bridge_feet_far_4", "bridge_head_5"])
def test_a_rendered_bridge_is_judged_as_the_truth_has_it(footage: Path, name: str) -> None:
    truth = json.loads((footage / "clips" / f"{name}.json").read_text())
    result = analysed(footage / "clips" / f"{name}.mp4")
    assert result.exercise is find("bridge")
    assert result.recognised
    assert result.side == truth["near_side"]
    assert [[fault.key for fault in rep.faults] for rep in result.reps] == [
        [rep["fault"]] if rep.get("fault") else [] for rep in truth["reps"]
    ]
    assert result.warnings == ()
    for key, true, most in (
        ("hip_angle_deg", "shoulder_hip_knee_sagittal", 5),
        ("knee_angle_deg", "hip_knee_ankle_3d", 4),
    ):
        expected = np.array([frame[f"{truth['near_side']}_{true}"] for frame in truth["frames"]])
        assert np.abs(np.array(result.series.values[key]) - expected).mean() <= most


@pytest.mark.parametrize("exercise", [None, "bridge"])
def test_fidgeting_is_nothing(footage: Path, exercise: str | None) -> None:
    result = analysed(footage / "clips" / "idle_fidget_0.mp4", exercise)
    assert (result.reps, result.unfinished) == ((), ())


def labels() -> list[dict[str, object]]:
    path = FOOTAGE / "real" / "labels.json"
    return json.loads(path.read_text()) if path.is_file() else []  # type: ignore[no-any-return]


@pytest.mark.parametrize("label", labels() or [None], ids=lambda label: label["file"] if label else "absent")
def test_real_people_are_counted_as_by_eye(footage: Path, label: dict[str, object] | None) -> None:
    if label is None:
        pytest.skip(f"no real footage in {footage}")
    bridge = label["exercise"] == "bridge"
    result = analysed(footage / "real" / str(label["file"]))
    assert len(result.reps) == (label["reps"] if bridge else 0)
    assert (result.exercise is not None) is bridge
    if bridge and not any(label["file"].startswith(n) for n in ("bubbadk", "amila")):  # type: ignore[attr-defined]
        for rep, top in zip(result.reps, label["rep_top_times_s"], strict=True):  # type: ignore[call-overload]
            assert rep.peak == pytest.approx(top, abs=0.35)


def test_halves_at_the_ends_are_unfinished(footage: Path) -> None:
    missing = {
        name: [each.missing for each in analysed(footage / "real" / f"{name}.mp4").unfinished]
        for name in ("bubbadk__glute-bridge", "amila__glute_bridges")
    }
    assert missing == {"bubbadk__glute-bridge": ["lift", "lowering"], "amila__glute_bridges": ["lowering"]}


def test_a_real_fast_lift_is_too_fast(footage: Path) -> None:
    result = analysed(footage / "real" / "PhysioPlus__bridging.mp4")
    assert [[fault.key for fault in rep.faults] for rep in result.reps] == [["too_fast"]]


@pytest.mark.parametrize("name", ["adamhep__transverse-abdominus", "tanchoonmeng__situp"])
def test_what_is_no_bridge_is_not_counted_even_where_one_is_asked_for(footage: Path, name: str) -> None:
    assert analysed(footage / "real" / f"{name}.mp4", "bridge").reps == ()
