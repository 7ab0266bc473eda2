"""A batch of 40 clips, three of them broken, killed twice: complete, right, nothing done twice; and how it scales.

    python benchmarks/batch.py [--clips 40] [--seconds 5] [--rounds 1] [--only kills|scaling]

The clips are cut from ``samples/`` at different instants and encoded once, so that no two are the same. First they are
analysed by ``formcheck analyze``, which gives what is right. Then the batch: killed with -9 after about a third and two
thirds of it, and run again to its end. What was done when it was killed must not be written again. Last, the same clips
with 1 and 2 jobs, and with 1 and 2 workers of a Dask cluster on loopback, each a process; the cluster's times are
without the start of scheduler and workers.
"""

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

import av

ROOT = Path(__file__).parent.parent
SAMPLES = ("bridge", "pelvic_tilt", "towel_stretch", "knee_to_chest")
BROKEN = 3
FORMCHECK = [sys.executable, "-m", "formcheck"]
ENV = os.environ | {"PYTHONPATH": str(ROOT)}


def cut(sample: Path, path: Path, start: float, seconds: float) -> None:
    """A piece of a sample, encoded anew, from its first picture at or after ``start``."""
    with av.open(str(sample)) as source, av.open(str(path), "w") as out:
        stream = source.streams.video[0]
        fresh = out.add_stream("libx264", rate=stream.average_rate, options={"preset": "veryfast", "crf": "20"})
        fresh.width, fresh.height, fresh.pix_fmt = stream.width, stream.height, "yuv420p"
        first = None
        for frame in source.decode(stream):
            if frame.time < start:
                continue
            first = frame.pts if first is None else first
            if frame.time >= start + seconds:
                break
            frame.pts -= first
            frame.pict_type = 0
            out.mux(fresh.encode(frame))
        out.mux(fresh.encode(None))


def length(path: Path) -> float:
    with av.open(str(path)) as video:
        return video.duration / av.time_base


def make(folder: Path, clips: int, seconds: float) -> list[Path]:
    """The clips: all whole but three."""
    folder.mkdir()
    made = []
    whole = clips - BROKEN
    for number in range(whole):
        sample = ROOT / "samples" / f"{SAMPLES[number % len(SAMPLES)]}.mp4"
        room = length(sample) - seconds
        step = room / max(1, (whole - 1) // len(SAMPLES))
        path = folder / f"{number:02}-{sample.stem}.mp4"
        cut(sample, path, step * (number // len(SAMPLES)), seconds)
        made.append(path)
    # its index is at the end and gone: nothing of it can be read
    (folder / "truncated.mp4").write_bytes(made[0].read_bytes()[: made[0].stat().st_size // 2])
    (folder / "no video.mp4").write_text("this is a text\n" * 100)
    (folder / "empty.mp4").touch()
    return made


def analysed(paths: list[Path], out: Path) -> dict[str, Any]:
    """What single analyses find."""
    run = subprocess.run(
        [*FORMCHECK, "analyze", *map(str, paths), "--no-video", "--out", str(out)],
        env=ENV, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if run.returncode:
        raise SystemExit(f"analyze ended with {run.returncode}: {run.stderr}")
    return {path.name: json.loads((out / path.stem / "report.json").read_text()) for path in paths}


def batch(clips: Path, out: Path, *how: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*FORMCHECK, "batch", str(clips), "--out", str(out), "--no-video", *how],
        env=ENV, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def marks(out: Path) -> dict[str, int]:
    """What is done, and which file says so: one that is written again is another file."""
    done = {f"{path.parent.name}": path.stat().st_ino for path in out.glob("*/batch.json")}
    return done | {path.name: path.stat().st_ino for path in (out / ".batch" / "done").glob("*.json")}


def table(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]


def killed_twice(clips: Path, out: Path, singles: dict[str, Any], total: int) -> None:
    chance = random.Random(1)
    before: dict[str, int] = {}
    for kill in (1, 2):
        aim = round(total * kill / 3)
        under_way = batch(clips, out)
        while len(list((out / ".batch" / "done").glob("*.json"))) < aim:
            if under_way.poll() is not None:
                raise SystemExit(f"it ended too early: {under_way.stderr and under_way.stderr.read()}")
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 1))
        os.kill(under_way.pid, signal.SIGKILL)  # its workers have to notice by themselves
        under_way.communicate()
        time.sleep(0.5)
        now = marks(out)
        if any(now.get(name) != inode for name, inode in before.items()):
            raise SystemExit("something was done twice")
        before = now
        print(f"killed after {sum(name.endswith('.json') for name in now)} of {total}", flush=True)
    last = batch(clips, out)
    _, said = last.communicate()
    now = marks(out)
    if any(now.get(name) != inode for name, inode in before.items()):
        raise SystemExit("something was done twice")
    lines = table(out)
    check(lines, singles, total)
    if last.returncode != 1:
        raise SystemExit(f"the status is {last.returncode}: {said}")
    print(said.strip().splitlines()[-1])
    left = [path.name for path in (out / ".batch" / "work").iterdir()]
    folders = {line["folder"] for line in lines if line["folder"]}
    stray = {path.name for path in out.iterdir() if path.is_dir()} - folders - {".batch"}
    print(f"complete: {len(lines)} of {total}; like single analyses: {len(singles)} of {len(singles)}; "
          f"done twice: 0; left behind: {len(left) + len(stray)}", flush=True)  # fmt: skip


def check(lines: list[dict[str, Any]], singles: dict[str, Any], total: int) -> None:
    """The table has every clip, and of each what a single analysis finds."""
    states = {Path(line["path"]).name: line for line in lines}
    if len(states) != total or len(lines) != total:
        raise SystemExit(f"{len(states)} of {total} are in the table")
    for name, line in states.items():
        if name not in singles:
            if line["state"] != "failed" or not line["error"]:
                raise SystemExit(f"{name} is broken, and {line['state']}")
            continue
        report = singles[name]
        wanted = [
            (part["exercise"], part["side"], len(part["reps"]), len(part["holds"]), part["totals"]["good_reps"])
            for part in report.get("segments") or [report]
        ]
        found = [
            (part["exercise"], part["side"], part["reps"], part["holds"], part["good_reps"])
            for part in line["exercises"]
        ]
        if (line["state"], found) != ("ok", wanted):
            raise SystemExit(f"{name}: {line['state']} {found}, a single analysis finds {wanted}")


def timed(clips: Path, out: Path, *how: str) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds of the batch and its workers (where they are its own), and most MiB of a worker."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    under_way = batch(clips, out, *how)
    _, said = under_way.communicate()
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if under_way.returncode != 1:
        raise SystemExit(said)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, max(line["peak_mib"] or 0 for line in table(out))


def cluster(stack: ExitStack, folder: Path, workers: int) -> str:
    """A scheduler and its workers; returns its address."""
    file = folder / f"scheduler-{workers}.json"

    def start(what: str, *words: str) -> None:
        command = [sys.executable, "-m", "dask", what, "--host", "127.0.0.1", "--no-dashboard"]
        process = subprocess.Popen(
            [*command, "--scheduler-file", str(file), *words],
            env=ENV, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        stack.callback(process.wait)
        stack.callback(process.terminate)

    start("scheduler", "--port", "0")
    while not file.exists() or not file.read_text().endswith("}"):
        time.sleep(0.05)
    for _ in range(workers):
        start("worker", "--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
    address: str = json.loads(file.read_text())["address"]
    from distributed import Client

    with Client(address) as client:
        client.wait_for_workers(workers)
    return address


def scaling(folder: Path, singles: dict[str, Any], total: int, video_s: float, rounds: int) -> None:
    clips = folder / "clips"
    walls: dict[str, list[float]] = {}
    for turn in range(rounds):
        for jobs in (1, 2):
            out = folder / f"jobs-{jobs}-{turn}"
            wall, cpu, peak = timed(clips, out, "--jobs", str(jobs))
            check(table(out), singles, total)
            walls.setdefault(f"{jobs} jobs", []).append(wall)
            print(f"{jobs} jobs:      {wall:6.1f} s, {video_s / wall:5.2f} video-s/s, {cpu:6.1f} core-s "
                  f"({cpu / video_s:.3f} a video-s), worker at most {peak:.0f} MiB", flush=True)  # fmt: skip
        for workers in (1, 2):
            with ExitStack() as stack:
                address = cluster(stack, folder, workers)
                out = folder / f"workers-{workers}-{turn}"
                wall, _, peak = timed(clips, out, "--scheduler", address)
            check(table(out), singles, total)
            walls.setdefault(f"{workers} workers", []).append(wall)
            print(f"{workers} workers:   {wall:6.1f} s, {video_s / wall:5.2f} video-s/s, "
                  f"worker at most {peak:.0f} MiB", flush=True)  # fmt: skip
    for kind in ("jobs", "workers"):
        ratios = [one / two for one, two in zip(walls[f"1 {kind}"], walls[f"2 {kind}"], strict=True)]
        print(f"2 {kind} against 1: {', '.join(f'{ratio:.2f}' for ratio in ratios)} (median {median(ratios):.2f})")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--clips", type=int, default=40)
    options.add_argument("--seconds", type=float, default=5.0)
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--only", choices=["kills", "scaling"])
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = make(folder / "clips", chosen.clips, chosen.seconds)
        video_s = sum(map(length, whole))
        print(f"{chosen.clips} clips, {BROKEN} of them broken, {video_s:.0f} s of video", flush=True)
        singles = analysed(whole, folder / "single")
        print("single analyses are done", flush=True)
        if chosen.only != "scaling":
            killed_twice(folder / "clips", folder / "killed", singles, chosen.clips)
        if chosen.only != "kills":
            scaling(folder, singles, chosen.clips, video_s, chosen.rounds)


if __name__ == "__main__":
    main()
