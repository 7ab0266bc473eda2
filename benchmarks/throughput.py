"""How fast formcheck is beside a bare MediaPipe loop on the same file, and whether memory grows with length.

    python benchmarks/throughput.py [--clip VIDEO] [--rounds 3] [--seconds 60] [--memory]

Each round runs, one after another: the bare loop (decode, contiguous frame, landmarker), ``formcheck analyze`` and
``formcheck analyze --no-video``, every one as a process of its own on a short and on a long video. The difference
between the two leaves start-up out. The machine's speed drifts, so only ratios within a round are compared; the
median over rounds is printed. ``--memory`` compares the peak memory of 1 and 10 minutes.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import av

ROOT = Path(__file__).parent.parent
SHORT_S = 8.0


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


def bare(path: Path) -> None:
    """What anybody would write: the floor."""
    import mediapipe as mp
    import numpy as np
    from mediapipe.tasks.python import BaseOptions, vision

    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(ROOT / "models" / "pose_landmarker_full.task")),
        running_mode=vision.RunningMode.VIDEO,
    )
    with vision.PoseLandmarker.create_from_options(options) as landmarker, av.open(str(path)) as video:
        for frame in video.decode(video=0):
            image = np.ascontiguousarray(frame.to_ndarray(format="rgb24"))
            landmarker.detect_for_video(
                mp.Image(image_format=mp.ImageFormat.SRGB, data=image), round(float(frame.time) * 1000)
            )


def timed(command: list[str]) -> tuple[float, float]:
    """Wall seconds and peak memory (MiB) of a process."""
    before = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
    if status:
        raise SystemExit(f"{command} ended with {status}")
    return perf_counter() - before, usage.ru_maxrss / 1024


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--clip", type=Path, default=ROOT / "samples" / "bridge.mp4")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=float, default=60.0)
    options.add_argument("--memory", action="store_true")
    options.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.bare:
        bare(chosen.bare)
        return
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "out")
        analyze = [sys.executable, "-m", "formcheck", "analyze", "--exercise", "bridge", "--out", out]
        if chosen.memory:
            for minutes in (1, 10):
                path = loop(chosen.clip, 60.0 * minutes, Path(folder) / f"{minutes}.mp4")
                for name, command in (("with video", analyze), ("--no-video", [*analyze, "--no-video"])):
                    print(f"{minutes:3} min {name:11} {timed([*command, str(path)])[1]:7.0f} MiB", flush=True)
            return
        short = loop(chosen.clip, SHORT_S, Path(folder) / "short.mp4")
        long = loop(chosen.clip, SHORT_S + chosen.seconds, Path(folder) / "long.mp4")
        with av.open(str(short)) as a, av.open(str(long)) as b:
            frames = b.streams.video[0].frames - a.streams.video[0].frames
            size = b.streams.video[0].width, b.streams.video[0].height
        commands = {
            "bare loop": [sys.executable, __file__, "--bare"],
            "with video": analyze,
            "--no-video": [*analyze, "--no-video"],
        }
        rates: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(chosen.rounds):
            for name, command in commands.items():
                wall = timed([*command, str(long)])[0] - timed([*command, str(short)])[0]
                rates[name].append(frames / wall)
        print(f"{chosen.clip.name}, {size[0]}x{size[1]}, {frames} frames in steady state, {chosen.rounds} rounds")
        for name, measured in rates.items():
            ratios = [ours / floor for ours, floor in zip(measured, rates["bare loop"], strict=True)]
            print(
                f"{name:11} {median(measured):6.1f} frames/s   ratio to the bare loop: median {median(ratios):.2f}"
                f" (min {min(ratios):.2f}, max {max(ratios):.2f})"
            )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest process: {peak:.0f} MiB")


if __name__ == "__main__":
    main()
