"""How right formcheck is: recognition, counts, faults, times and angles against truth, on clips and on real footage.

    python benchmarks/accuracy.py DIR... [--plots DIR]

A folder may hold rendered clips (``X.mp4`` beside ``X.json`` with the truth of every frame) and real footage
(``labels.json`` with counts by eye). Each is analysed as the command line would, without video output, and with
``--exercise auto``. Prints one table a recording, one an exercise, and one a fault.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.io.pose.estimator import PoseEstimator
from formcheck.io.video.reader import VideoReader
from formcheck.io.video.recording import Recording
from formcheck.session.pipeline import run
from formcheck.session.session import Session
from formcheck.session.summary import Result

ANGLES = (
    ("hip", "hip_angle_deg", "shoulder_hip_knee_sagittal"),
    ("knee", "knee_angle_deg", "hip_knee_ankle_3d"),
    ("leg", "leg_elevation_deg", "hip_flexion_vs_floor"),
)
Fault = tuple[int, str]


@dataclass
class Expected:
    video: Path
    exercise: str | None
    count: int
    faults: set[Fault] | None = None
    frames: list[dict[str, Any]] = field(default_factory=list)
    side: str = ""


@dataclass
class Score:
    """What one recording, or all of one exercise, came to."""

    recordings: int = 0
    exact: int = 0
    off_by: int = 0
    phantom: int = 0
    hit: int = 0
    missed: int = 0
    invented: int = 0
    hold_errors: list[float] = field(default_factory=list)
    angles: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, other: "Score") -> None:
        for name in ("recordings", "exact", "off_by", "phantom", "hit", "missed", "invented"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.hold_errors += other.hold_errors
        for key, values in other.angles.items():
            self.angles[key] += values

    def faults(self) -> str:
        hit, missed, invented = self.hit, self.missed, self.invented
        if not hit + missed + invented:
            return "none to find"
        precision, recall = hit / max(1, hit + invented), hit / max(1, hit + missed)
        return f"{precision:.2f} / {recall:.2f} / {2 * hit / (2 * hit + missed + invented):.2f}"


def expectations(folder: Path) -> Iterator[Expected]:
    labels = folder / "labels.json"
    if labels.exists():
        for label in json.loads(labels.read_text()):
            count = (label["reps"] or 0) + (label["holds"] or 0)
            yield Expected(folder / label["file"], label["exercise"], count)
    for truth in sorted(folder.glob("*.json")):
        if truth == labels or not truth.with_suffix(".mp4").exists():
            continue
        data = json.loads(truth.read_text())
        faults = {(i, rep["fault"]) for i, rep in enumerate(data["reps"], 1) if rep.get("fault")}
        yield Expected(
            truth.with_suffix(".mp4"), data["exercise"], data["rep_count"], faults, data["frames"], data["near_side"]
        )


def analyse(path: Path) -> Result:
    with VideoReader(path) as video, PoseEstimator() as estimator:
        return run(Recording(video, estimator, str(path)), Session(None), [])


def score(result: Result, truth: Expected, per_fault: dict[str, Score]) -> Score:
    found = [part for part in result.parts if part.exercise]
    named = [part.exercise.key for part in found if part.exercise]
    right = named == ([truth.exercise] if truth.exercise else [])
    count = sum(len(part.done) for part in found)
    one = Score(recordings=1, exact=int(right and count == truth.count), off_by=abs(count - truth.count))
    one.phantom = max(0, count - truth.count)
    if truth.faults is not None:
        seen = {(each.number, fault.key) for part in found for each in part.done for fault in each.faults}
        one.hit, one.missed, one.invented = (
            len(seen & truth.faults), len(truth.faults - seen), len(seen - truth.faults),
        )  # fmt: skip
        for name, these in (
            ("hit", seen & truth.faults),
            ("missed", truth.faults - seen),
            ("invented", seen - truth.faults),
        ):
            for _, key in these:
                setattr(per_fault[key], name, getattr(per_fault[key], name) + 1)
    if truth.frames and right:
        compare(result, truth, one)
    return one


def compare(result: Result, truth: Expected, one: Score) -> None:
    for number, hold in enumerate(result.holds):
        still = [f["t"] for f in truth.frames if f["rep"] == number and f["progress"] > 0.999]
        if still:
            one.hold_errors.append(abs(hold.end - hold.start - (still[-1] - still[0])))
    side = truth.side
    if result.holds and result.holds[0].side != "both":
        side = result.holds[0].side
    for name, key, true_name in ANGLES:
        if key in result.series.values:
            off = np.array(result.series.values[key]) - [frame[f"{side}_{true_name}"] for frame in truth.frames]
            known = np.isfinite(off)
            one.angles[name].append(float(np.abs(off[known]).mean()) if known.any() else float("nan"))
            one.angles[f"{name} known"].append(float(known.mean()))
    if "pelvic_tilt_deg" in result.series.values:
        off, error = tilt_error(result, truth)
        known = np.isfinite(off)
        one.angles["tilt"].append(float(np.sqrt((off[known] ** 2).mean())))
        one.angles["tilt known"].append(float(known.mean()))
        one.angles["inside"].append(float((np.abs(off) <= error)[known].mean()))
        one.angles["error"].append(float(error[known].mean()))


def tilt_error(result: Result, truth: Expected) -> tuple[np.ndarray, np.ndarray]:
    true = np.array([frame["pelvis_tilt_deg"] for frame in truth.frames])
    tilt, error = (np.array(result.series.values[f"pelvic_tilt{end}_deg"]) for end in ("", "_error"))
    return tilt - (true - true[0]), error


def degrees(values: dict[str, list[float]], name: str) -> str:
    if not values.get(name):
        return "-"
    known = values.get(f"{name} known", [1.0])
    less = f" ({np.mean(known):.0%} known)" if np.mean(known) < 0.995 else ""
    return f"{np.nanmean(values[name]):.1f}{less}"


def tilt_of(values: dict[str, list[float]]) -> str:
    if not values.get("tilt"):
        return "-"
    return f"{degrees(values, 'tilt')}; {np.mean(values['inside']):.0%} inside ± {np.mean(values['error']):.1f}"


def row(head: str, one: Score) -> str:
    times = f"{np.mean(one.hold_errors):.2f} (most {max(one.hold_errors):.2f})" if one.hold_errors else "-"
    angles = " | ".join(degrees(one.angles, name) for name, *_ in ANGLES)
    return f"| {head} | {one.faults()} | {times} | {angles} | {tilt_of(one.angles)} |"


COLUMNS = "faults: precision / recall / F1 | hold time error s | hip MAE | knee MAE | leg MAE | tilt RMSE |"


def plot(result: Result, truth: Expected, folder: Path) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    t = np.array(result.series.t)
    tilt, error = (np.array(result.series.values[f"pelvic_tilt{end}_deg"]) for end in ("", "_error"))
    figure, axes = plt.subplots(figsize=(11, 3.4))
    axes.fill_between(
        t, tilt - error, tilt + error, color="#56b4e9", alpha=0.35, label="stated error (90 %)", linewidth=0
    )
    axes.plot(t, tilt, color="#0072b2", label="measured")
    if truth.frames:
        true = np.array([frame["pelvis_tilt_deg"] for frame in truth.frames])
        axes.plot(t, true - true[0], color="black", linestyle="--", linewidth=1.2, label="true")
    axes.set(xlabel="s", ylabel="pelvic tilt, degrees from rest", title=truth.video.stem, xlim=(0, t[-1]))
    axes.axhline(0, color="grey", linewidth=0.5)
    axes.legend(loc="upper right", fontsize=8, ncols=3)
    figure.tight_layout()
    folder.mkdir(parents=True, exist_ok=True)
    figure.savefig(folder / f"{truth.video.stem}.png", dpi=90)
    plt.close(figure)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    options.add_argument("--plots", type=Path, metavar="DIR", help="draw measured and true tilt (needs matplotlib)")
    chosen = options.parse_args()
    per_exercise: dict[str, Score] = defaultdict(Score)
    per_fault: dict[str, Score] = defaultdict(Score)
    print(f"| recording | exercise | found / true | {COLUMNS}")
    print("|---|---|---|---|---|---|---|---|---|")
    for truth in (each for folder in chosen.folders for each in expectations(folder)):
        result = analyse(truth.video)
        one = score(result, truth, per_fault)
        named = ", ".join(part.exercise.key if part.exercise else "none" for part in result.parts)
        wrong = "" if named == (truth.exercise or "none") else " (WRONG)"
        count = sum(len(part.done) for part in result.parts if part.exercise)
        kind = "synthetic" if truth.frames else "real"
        line = row(f"{truth.video.stem} | {named}{wrong} | {count} / {truth.count}", one)
        print(line if truth.frames else line.replace("none to find", "not labelled"), flush=True)
        per_exercise[f"{truth.exercise or 'none of ours'}, {kind}"].add(one)
        if chosen.plots and truth.exercise == "pelvic_tilt" and "pelvic_tilt_deg" in result.series.values:
            plot(result, truth, chosen.plots)
    print(f"\n| exercise | exact count | off by | phantom | {COLUMNS}")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for key, one in sorted(per_exercise.items()):
        line = row(f"{key} | {one.exact} of {one.recordings} | {one.off_by} | {one.phantom}", one)
        print(line.replace("none to find", "not labelled") if key.endswith("real") else line)
    print("\n| fault | hit | missed | invented | precision / recall / F1 |\n|---|---|---|---|---|")
    total = Score()
    for key, one in sorted(per_fault.items()):
        print(f"| {key} | {one.hit} | {one.missed} | {one.invented} | {one.faults()} |")
        total.add(one)
    print(f"| all | {total.hit} | {total.missed} | {total.invented} | {total.faults()} |")


if __name__ == "__main__":
    main()
