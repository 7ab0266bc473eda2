"""How right formcheck is: counts, faults and angles against truth, on clips and on labelled real footage.

    python benchmarks/accuracy.py DIR...

A folder may hold rendered clips (``X.mp4`` beside ``X.json`` with the truth of every frame) and real footage
(``labels.json`` with counts by eye). Each is analysed as the command line would, without video output. A clip whose
exercise formcheck does not know yet must come out as none.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.exercises import all_exercises
from formcheck.io.pose.estimator import PoseEstimator
from formcheck.io.video.reader import VideoReader
from formcheck.io.video.recording import Recording
from formcheck.session.pipeline import run
from formcheck.session.session import Session
from formcheck.session.summary import Result

KNOWN = {exercise.key for exercise in all_exercises()}


@dataclass
class Expected:
    video: Path
    exercise: str | None
    reps: int
    faults: set[tuple[int, str]] | None
    frames: list[dict[str, Any]] | None
    side: str | None


def expectations(folder: Path) -> Iterator[Expected]:
    labels = folder / "labels.json"
    if labels.exists():
        for label in json.loads(labels.read_text()):
            ours = label["exercise"] in KNOWN
            yield Expected(
                folder / label["file"],
                label["exercise"] if ours else None,
                (label["reps"] or 0) if ours else 0,
                None if ours else set(),
                None,
                None,
            )
    for truth in sorted(folder.glob("*.json")):
        if truth == labels or not truth.with_suffix(".mp4").exists():
            continue
        data = json.loads(truth.read_text())
        ours = data["exercise"] in KNOWN
        faults = {(i, rep["fault"]) for i, rep in enumerate(data["reps"], 1) if rep.get("fault")} if ours else set()
        yield Expected(
            truth.with_suffix(".mp4"),
            data["exercise"] if ours else None,
            data["rep_count"] if ours else 0,
            faults,
            data["frames"],
            data["near_side"],
        )


def analyse(path: Path) -> Result:
    with VideoReader(path) as video, PoseEstimator() as estimator:
        return run(Recording(video, estimator, str(path)), Session(None), [])


def error(result: Result, truth: Expected, key: str, name: str) -> tuple[float, float]:
    """Mean absolute error in degrees and the share of frames with a value."""
    values = np.array(result.series.values[key])
    true = np.array([frame[f"{truth.side}_{name}"] for frame in truth.frames or []])
    known = np.isfinite(values[: true.size])
    return float(np.abs(values[: true.size] - true)[known].mean()), float(known.mean())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    exact = total = hit = missed = invented = 0
    print(
        "| recording | exercise | reps: found / true | faults missed | faults invented | hip MAE | knee MAE | known |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for truth in (each for folder in options.parse_args().folders for each in expectations(folder)):
        result = analyse(truth.video)
        named = result.exercise.key if result.exercise else None
        found = {(rep.number, fault.key) for rep in result.reps for fault in rep.faults}
        right = named == truth.exercise and len(result.reps) == truth.reps
        exact, total = exact + right, total + 1
        less = more = "not labelled"
        if truth.faults is not None:
            hit += len(found & truth.faults)
            missed += len(truth.faults - found)
            invented += len(found - truth.faults)
            less, more = (
                ", ".join(f"{n} {key}" for n, key in sorted(some)) or "-"
                for some in (truth.faults - found, found - truth.faults)
            )
        hip = knee = share = "-"
        if truth.frames and truth.exercise in {"bridge", "pelvic_tilt", None}:
            (h, known), (k, _) = (
                error(result, truth, "hip_angle_deg", "shoulder_hip_knee_sagittal"),
                error(result, truth, "knee_angle_deg", "hip_knee_ankle_3d"),
            )
            hip, knee, share = f"{h:.1f}", f"{k:.1f}", f"{known:.0%}"
        print(
            f"| {truth.video.stem} | {named or 'none'}{'' if named == truth.exercise else ' (WRONG)'} "
            f"| {len(result.reps)} / {truth.reps} | {less} | {more} | {hip} | {knee} | {share} |",
            flush=True,
        )
    print(f"\nExercise and count exact: {exact} of {total}.")
    if hit + missed + invented:
        print(
            f"Faults where truth is known: precision {hit / max(1, hit + invented):.2f}, "
            f"recall {hit / max(1, hit + missed):.2f}, F1 {2 * hit / (2 * hit + missed + invented):.2f}."
        )


if __name__ == "__main__":
    main()
