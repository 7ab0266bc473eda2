"""How fast formcheck is beside what else one would run on the same file, and whether memory grows with length.

    python benchmarks/throughput.py [--clip VIDEO] [--rounds 3] [--seconds 120] [--only NAME...] [--keep FILE]
    python benchmarks/throughput.py --memory

Side by side, each a process of its own, in shuffled order, on a short and on a long video; the difference between the
two leaves start-up out:

- ``bare``: the floor. Decode, contiguous frame, MediaPipe's landmarker with its own model; nothing else.
- ``bare, no mask``: the same with the network as formcheck runs it, without the branch that paints a mask.
- ``tutorial``: as tutorials do it: OpenCV reads, MediaPipe finds, OpenCV draws the skeleton and writes a video.
- ``formcheck``: with and without annotated video, one job and all cores.

The speed drifts, so only ratios within a round are compared. The table of ratios goes into docs/performance.md, unless
some were left out with ``--only``. ``--keep`` adds each round to a file, and the table is made from all rounds in it.
``--memory`` compares peaks over 1, 10 and 60 minutes.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import av

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "models" / "pose_landmarker_full.task"
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- throughput: written by benchmarks/throughput.py -->", "<!-- /throughput -->"
SHORT_S = 8.0
FLOOR = "bare"


def loop(clip: Path, seconds: float, path: Path) -> Path:
    """The clip, repeated without encoding it anew, for about ``seconds``."""
    with av.open(str(path), "w") as out:
        target, offset, step = None, 0, 0
        while True:
            with av.open(str(clip)) as source:
                stream = source.streams.video[0]
                target = target or out.add_stream_from_template(stream)
                end = offset
                for packet in source.demux(stream):
                    if packet.dts is None or packet.pts is None:
                        continue
                    packet.pts += offset
                    packet.dts += offset
                    end, step = max(end, packet.pts), packet.duration or step
                    packet.stream = target
                    if packet.pts * stream.time_base > seconds:
                        return path
                    out.mux(packet)
                offset = end + step


def bare(path: Path, *, mask: bool) -> None:
    """What anybody would write: the floor."""
    import mediapipe as mp
    import numpy as np
    from mediapipe.tasks.python import BaseOptions, vision

    content = MODEL.read_bytes()
    if not mask:
        from formcheck.io.pose.slim import without_mask

        content = without_mask(content)
    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_buffer=content), running_mode=vision.RunningMode.VIDEO
    )
    with vision.PoseLandmarker.create_from_options(options) as landmarker, av.open(str(path)) as video:
        for frame in video.decode(video=0):
            image = np.ascontiguousarray(frame.to_ndarray(format="rgb24"))
            landmarker.detect_for_video(
                mp.Image(image_format=mp.ImageFormat.SRGB, data=image), round(float(frame.time) * 1000)
            )


def tutorial(path: Path) -> None:
    """Read, find, draw and write, one after the other."""
    import cv2
    import mediapipe as mp
    from mediapipe.tasks.python import BaseOptions, vision

    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(MODEL)), running_mode=vision.RunningMode.VIDEO
    )
    bones = [(bone.start, bone.end) for bone in vision.PoseLandmarksConnections.POSE_LANDMARKS]
    video = cv2.VideoCapture(str(path))
    fps = video.get(cv2.CAP_PROP_FPS)
    size = int(video.get(cv2.CAP_PROP_FRAME_WIDTH)), int(video.get(cv2.CAP_PROP_FRAME_HEIGHT))
    writer = cv2.VideoWriter(str(path.with_suffix(".drawn.mp4")), cv2.VideoWriter.fourcc(*"mp4v"), fps, size)
    number = 0
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        while True:
            fine, picture = video.read()
            if not fine:
                break
            rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
            found = landmarker.detect_for_video(
                mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb), round(number * 1000 / fps)
            )
            for person in found.pose_landmarks:
                points = [(int(p.x * size[0]), int(p.y * size[1])) for p in person]
                for a, b in bones:
                    cv2.line(picture, points[a], points[b], (0, 255, 0), 2)
                for point in points:
                    cv2.circle(picture, point, 3, (0, 0, 255), -1)
            writer.write(picture)
            number += 1
    writer.release()
    video.release()


def timed(command: list[str]) -> tuple[float, float, float]:
    """Wall seconds, core-seconds and peak memory (MiB) of a process."""
    before = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
    if status:
        raise SystemExit(f"{command} ended with {status}")
    return perf_counter() - before, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def commands(out: str) -> dict[str, list[str]]:
    own = [sys.executable, __file__, "--run"]
    analyze = [sys.executable, "-m", "formcheck", "analyze", "--exercise", "bridge", "--out", out]
    return {
        FLOOR: [*own, "bare"],
        "bare, no mask": [*own, "slim"],
        "tutorial": [*own, "tutorial"],
        "formcheck, no video, 1 job": [*analyze, "--no-video", "--jobs", "1"],
        "formcheck, no video, all cores": [*analyze, "--no-video"],
        "formcheck, annotated, 1 job": [*analyze, "--jobs", "1"],
        "formcheck, annotated, all cores": analyze,
    }


def measure(clip: Path, seconds: float, rounds: int, only: list[str], keep: Path) -> None:
    """Add rounds to a file: frames a second, core-milliseconds a frame and peak memory of each."""
    with tempfile.TemporaryDirectory() as folder:
        short = loop(clip, SHORT_S, Path(folder) / "short.mp4")
        long = loop(clip, SHORT_S + seconds, Path(folder) / "long.mp4")
        with av.open(str(short)) as a, av.open(str(long)) as b:
            stream = b.streams.video[0]
            frames = stream.frames - a.streams.video[0].frames
            what = f"{stream.width}x{stream.height}, {seconds:.0f} s"
        chosen = {name: it for name, it in commands(str(Path(folder) / "out")).items() if not only or name in only}
        for _ in range(rounds):
            order = [(name, path) for name in chosen for path in (short, long)]
            random.shuffle(order)
            took = {}
            for name, path in order:
                took[name, path] = timed([*chosen[name], str(path)])
                print(f"{name}, {path.stem}: {took[name, path][0]:.1f} s", file=sys.stderr, flush=True)
            rates = {name: frames / (took[name, long][0] - took[name, short][0]) for name in chosen}
            cores = {name: 1000 * (took[name, long][1] - took[name, short][1]) / frames for name in chosen}
            peaks = {name: took[name, long][2] for name in chosen}
            with keep.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"what": what, "rates": rates, "cores": cores, "peaks": peaks}) + "\n")
            print(what, {name: f"{rate:.1f}/s" for name, rate in rates.items()}, flush=True)


def table(keep: Path) -> str:
    rows = [json.loads(line) for line in keep.read_text(encoding="utf-8").splitlines()]
    text = ""
    for what in dict.fromkeys(row["what"] for row in rows):
        these = [row for row in rows if row["what"] == what and FLOOR in row["rates"]]
        text += f"| {what} | frames a second | times the bare loop (each round) | core-ms a frame | peak MiB |\n"
        text += "|---|---|---|---|---|\n"
        for name in commands(""):
            measured = [row for row in these if name in row["rates"]]
            if not measured:
                continue
            ratios = [row["rates"][name] / row["rates"][FLOOR] for row in measured]
            each = ", ".join(f"{ratio:.2f}" for ratio in ratios)
            shown = "1" if name == FLOOR else f"**{median(ratios):.2f}** ({each})"
            peak = max(row["peaks"][name] for row in measured)
            rate, core = (median(row[kind][name] for row in measured) for kind in ("rates", "cores"))
            text += f"| {name} | {rate:.0f} | {shown} | {core:.1f} | {peak:.0f} |\n"
        text += "\n"
    return text


def memory(clip: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        todo = commands(str(Path(folder) / "out"))
        for minutes in (1, 10, 60):
            path = loop(clip, 60.0 * minutes, Path(folder) / f"{minutes}.mp4")
            for name in ("formcheck, no video, all cores", "formcheck, annotated, all cores"):
                wall, _, peak = timed([*todo[name], str(path)])
                print(f"{minutes:3} min {name:32} {peak:7.0f} MiB {wall:7.0f} s", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--clip", type=Path, default=ROOT / "samples" / "bridge.mp4")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=float, default=120.0)
    options.add_argument("--only", action="append", default=[], metavar="NAME", help="; ".join(commands("")))
    options.add_argument("--keep", type=Path, help="add the rounds to this file, and tell all that are in it")
    options.add_argument("--memory", action="store_true")
    options.add_argument("--run", help=argparse.SUPPRESS)
    options.add_argument("video", nargs="?", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.run:
        if chosen.run == "tutorial":
            tutorial(chosen.video)
        else:
            bare(chosen.video, mask=chosen.run == "bare")
        return
    if chosen.memory:
        memory(chosen.clip)
        return
    with tempfile.TemporaryDirectory() as folder:
        keep = chosen.keep or Path(folder) / "rounds.jsonl"
        only = [FLOOR, *chosen.only] if chosen.only else []
        measure(chosen.clip, chosen.seconds, chosen.rounds, only, keep)
        told = table(keep)
    print(told)
    if not only:
        page = PAGE.read_text(encoding="utf-8")
        before, after = page[: page.index(BEGIN)], page[page.index(END) :]
        PAGE.write_text(f"{before}{BEGIN}\n\n{told}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
