"""Whether a video worked on in parts gives what it gives as a whole, and the same whatever the number of jobs.

    python benchmarks/jobs_equal.py DIR_OR_VIDEO... [--parts 3]

Each video is judged as a whole, and in parts with one and with two jobs. However short it is, it is cut into
``--parts`` parts. Parts with one and with two jobs must be the same to the last bit. As a whole it has another past of
the tracker after each cut; the table says what that changes: repetitions, holds, faults and warnings, and angles frame
by frame (median, 99 of 100, largest; degrees). How far two trackers are apart that began at different moments, without
any cut, is the next column: a whole run that began some frames later. Where the truth lies beside a clip (X.json), the
last column has the mean error of its angles (RMSE of the tilt) as a whole, and in parts.
"""

import argparse
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import numpy as np
from accuracy import Expected, Score, compare, expectations

from formcheck.core.pose import Sight
from formcheck.io.background import ahead
from formcheck.io.pose.estimator import PoseEstimator
from formcheck.io.video.frame_index import frame_index
from formcheck.io.video.parted import PartedRecording
from formcheck.io.video.reader import VideoReader
from formcheck.session.pipeline import observe
from formcheck.session.session import Session
from formcheck.session.summary import Result

LATER = 10
ANGLES = ("hip_angle_deg", "knee_angle_deg", "leg_elevation_deg", "pelvic_tilt_deg")


def judged(sights: Iterable[Sight]) -> Result:
    session = Session(None)
    for sight in sights:
        session.step(sight)
    return session.finish()


def whole(path: Path, later: int = 0) -> list[Sight]:
    with VideoReader(path) as video, PoseEstimator() as estimator:
        return [sight for _, sight in observe(islice(ahead(video), later, None), estimator)]


def parted(path: Path, parts: int, jobs: int) -> list[Sight] | None:
    index = frame_index(path)
    if index is None:
        return None
    starts = [round(index.times[-1] * i / parts, 3) for i in range(parts)]
    with VideoReader(path, late=True) as video:
        recording = PartedRecording(video, index, starts, str(path), model=None, jobs=jobs)
        try:
            return [sight for _, sight in recording]
        finally:
            recording.close()


def same(a: Sight, b: Sight) -> bool:
    poses = (a.pose is None) == (b.pose is None)
    if a.pose is not None and b.pose is not None:
        pairs = ((a.pose.xy, b.pose.xy), (a.pose.world, b.pose.world), (a.pose.seen, b.pose.seen))
        poses = all(np.array_equal(p, q) for p, q in pairs)
    return poses and (a.t, a.others, a.brightness, a.texture) == (b.t, b.others, b.brightness, b.texture)


def told(result: Result) -> list[tuple[object, ...]]:
    """What a person reads of it."""
    return [
        (
            part.exercise and part.exercise.key,
            part.side,
            [tuple(fault.key for fault in each.faults) for each in part.done],
            sorted(warn.key for warn in part.warnings),
        )
        for part in result.parts
    ]


def apart(a: Result, b: Result) -> str:
    """Median, 99th percentile and maximum of the angles' differences, degrees."""
    off: list[float] = []
    for key in ANGLES:
        if key in a.series.values and key in b.series.values:
            other = dict(zip(b.series.t, b.series.values[key], strict=True))
            pairs = [(v, other[t]) for t, v in zip(a.series.t, a.series.values[key], strict=True) if t in other]
            off += [abs(p - q) for p, q in pairs if np.isfinite(p) and np.isfinite(q)]
    return f"{np.median(off):.2f}, {np.percentile(off, 99):.2f}, {max(off):.2f}" if off else "-"


def errors(result: Result, truth: Expected | None) -> str:
    if truth is None or not truth.frames:
        return "-"
    one = Score()
    compare(result, truth, one)
    kept = ((name, one.angles[name]) for name in ("hip", "knee", "leg", "tilt") if name in one.angles)
    return ", ".join(f"{name} {np.mean(values):.2f}" for name, values in kept) or "-"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("paths", nargs="+", type=Path, metavar="DIR_OR_VIDEO")
    options.add_argument("--parts", type=int, default=3)
    chosen = options.parse_args()
    folders = [path if path.is_dir() else path.parent for path in chosen.paths]
    truths = {truth.video: truth for folder in folders for truth in expectations(folder)}
    videos = [v for path in chosen.paths for v in (sorted(path.glob("*.mp4")) if path.is_dir() else [path])]
    print(
        "| video | 1 job = 2 jobs | same as whole: reps, holds, faults, warnings | angles apart | a later beginning"
        " | error as a whole / in parts |"
    )
    print("|---|---|---|---|---|---|")
    for path in videos:
        one, two = parted(path, chosen.parts, 1), parted(path, chosen.parts, 2)
        if one is None or two is None:
            print(f"| {path.stem} | its middle cannot be told exactly: always whole | | | | |", flush=True)
            continue
        equal = len(one) == len(two) and all(map(same, one, two))
        reference, cut, late = judged(whole(path)), judged(one), judged(whole(path, LATER))
        words = "yes" if told(reference) == told(cut) else f"no: {told(reference)} / {told(cut)}"
        later = "" if told(reference) == told(late) else " (judged otherwise)"
        print(
            f"| {path.stem} | {'yes' if equal else 'NO'} | {words} | {apart(reference, cut)} |"
            f" {apart(reference, late)}{later} |"
            f" {errors(reference, truths.get(path))} / {errors(cut, truths.get(path))} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
