"""How late the picture is: from a frame's capture to its overlay on the screen, beside the bare MediaPipe call.

    xvfb-run -a python benchmarks/latency.py [--clip VIDEO] [--rounds 3] [--size 640x480] [--fps 30] [--no-window]
    xvfb-run -a python benchmarks/latency.py --minutes 30

Each round plays the same frames in real time, in one process: first to a bare loop that only calls MediaPipe's
landmarker (the floor: nothing is drawn, nothing judged), then to a whole live session with its window. A frame's
latency is counted from when it was there to when MediaPipe has answered, or to when the X server reports that the
screen has changed, as a process that looks on sees it; to when HighGUI's poll returns is some 2 ms more of idle wait
on Linux, and is printed as well. ``--minutes`` plays one long session instead and prints, minute by minute,
memory and latency: neither must grow (the decoded clip, which is kept, is some 800 MiB of it at 640x480). Needs a
screen, real or virtual; ``--no-window`` measures up to the drawn picture. Run it on a machine that does nothing else:
where two programs share the cores, both figures are theirs.
"""

import argparse
import gc
import subprocess
import sys
from bisect import bisect_right
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Event
from time import monotonic

import cv2
import numpy as np
from rich.console import Console

from formcheck.core.frame import Frame, Image
from formcheck.exercises import find
from formcheck.io.camera.capture import Capture
from formcheck.io.camera.clock import SystemClock
from formcheck.io.camera.device import EndedError, Shot
from formcheck.io.camera.fit import fitted
from formcheck.io.pose import model as pose_model
from formcheck.io.pose.landmarker import Landmarker
from formcheck.io.video.reader import VideoReader
from formcheck.session.live import LiveSession
from formcheck.session.session import Session
from formcheck.ui.live import run as live_run
from formcheck.ui.live.choices import LiveChoices, Speech
from formcheck.ui.live.run import LiveStage

ROOT = Path(__file__).parent.parent


class Loop:
    """A camera that gives the same frames over and over, decoded beforehand, at a steady rate."""

    def __init__(self, images: list[Image], fps: float, seconds: float) -> None:
        self.fps: float | None = fps
        self._images, self._rate, self._last = images, fps, seconds
        self._n = 0
        self._begin: float | None = None
        self._never = Event()

    def read(self) -> Shot:
        t = self._n / self._rate
        if t > self._last:
            raise EndedError
        self._begin = monotonic() if self._begin is None else self._begin
        self._never.wait(max(0.0, self._begin + t - monotonic()))
        self._n += 1
        return Shot(self._images[self._n % len(self._images)])

    def close(self) -> None:
        pass


class Screenless:
    """In the window's place: takes the drawn picture."""

    closed = False

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def show(self, image: Image) -> None:
        pass

    def key(self) -> None:
        pass

    def toggle_full_screen(self) -> None:
        pass

    def close(self) -> None:
        pass


class Onlooker:
    """Sees when the screen changes (X11)."""

    def __enter__(self) -> "Onlooker":
        script = Path(__file__).with_name("screen_changes.py")
        self._process = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
        self._process.stdout.readline()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def changes(self) -> list[float]:
        """When, in s of the monotonic clock; ends the watch."""
        self._process.terminate()
        return [float(line) for line in self._process.stdout]


def images_of(clip: Path, size: tuple[int, int], most: int = 900) -> list[Image]:
    with VideoReader(clip) as video:
        return [fitted(frame.image, size) for frame, _ in zip(video, range(most), strict=False)]


def bare(images: list[Image], fps: float, seconds: float) -> tuple[list[float], float]:
    """Seconds from each frame's capture to MediaPipe's answer, and how many were answered a second."""
    capture = Capture(lambda: Loop(images, fps, seconds), SystemClock())
    landmarker = Landmarker(pose_model.load(), video=True)
    landmarker.find(images[0], -1.0)
    late: list[float] = []
    capture.start()
    try:
        while not capture.ended:
            frame = capture.take(0.2)
            if frame is not None:
                landmarker.find(frame.image, frame.t + 1)
                late.append(capture.now() - frame.t)
    finally:
        capture.close()
        landmarker.close()
    return late, len(late) / seconds


@dataclass
class Late:
    """Seconds from each frame's capture to its overlay on the screen, and to the return of the window's poll."""

    seen: list[float]
    polled: list[float]


def whole(images: list[Image], fps: float, seconds: float, window: bool) -> Late:
    """A live session."""
    polls: list[tuple[float, float]] = []  # when its poll returned, and how late that was
    choices = LiveChoices(camera="benchmark", speech=Speech(mute=True))
    stage = LiveStage(
        choices,
        Console(file=sys.stderr, quiet=True),
        open_it=lambda: Loop(images, fps, seconds),
        on_shown=lambda t: polls.append((monotonic(), stage.capture.now() - t)),
    )
    with Onlooker() if window else nullcontext() as onlooker:
        with stage:
            stage._finder.estimate(Frame(-1.0, images[0]))  # the first picture starts the network
            stage.play(LiveSession(find("bridge"), quick=True))
        changes = onlooker.changes() if onlooker is not None else []
    return Late(seen(polls, changes), [late for _, late in polls])


def seen(polls: list[tuple[float, float]], changes: list[float]) -> list[float]:
    """How late each picture was on the screen: at the last change before its poll returned, else at the return."""
    late: list[float] = []
    before = 0.0
    for at, polled in polls:
        n = bisect_right(changes, at)
        change = changes[n - 1] if n and changes[n - 1] > before else at
        late.append(polled - (at - change))
        before = at
    return late


def told(late: list[float]) -> str:
    return f"median {1000 * median(late):5.1f} ms, p95 {1000 * float(np.quantile(late, 0.95)):5.1f} ms"


def memory_mib() -> float:
    """Resident memory of this process now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


class Unending:
    """A session that no dose ends: every frame of 30 minutes is judged."""

    paused = over = False

    def __init__(self) -> None:
        session = Session(find("bridge"))
        self.step, self.finish = session.step, session.finish

    def pause(self) -> None:
        pass

    resume = pause

    def end(self) -> None:
        self.over = True


def long(images: list[Image], fps: float, minutes: float) -> None:
    print("| minute | pictures a second | latency median | p95 | memory MiB |\n|---|---|---|---|---|")
    row: list[float] = []
    minute = 0

    def shown(t: float) -> None:
        nonlocal minute
        if t >= 60 * (minute + 1):
            minute = int(t // 60)
            gc.collect()
            p95 = 1000 * float(np.quantile(row, 0.95))
            print(
                f"| {minute} | {len(row) / 60:.1f} | {1000 * median(row):.1f} ms | {p95:.1f} ms | {memory_mib():.0f} |",
                flush=True,
            )
            row.clear()
        row.append(stage.capture.now() - t)

    stage = LiveStage(
        LiveChoices(camera="benchmark", speech=Speech(mute=True)),
        Console(file=sys.stderr, quiet=True),
        open_it=lambda: Loop(images, fps, 60 * minutes + 1),
        on_shown=shown,
    )
    with stage:
        stage.play(Unending())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--clip", type=Path, default=ROOT / "samples" / "bridge.mp4")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=float, default=20.0)
    options.add_argument("--size", default="640x480")
    options.add_argument("--fps", type=float, default=30.0)
    options.add_argument("--minutes", type=float, help="one long session: memory and lag over time")
    options.add_argument("--no-window", action="store_true", help="without a screen: up to the drawn picture")
    chosen = options.parse_args()
    width, height = map(int, chosen.size.split("x"))
    if chosen.no_window:
        live_run.Window = Screenless  # type: ignore[misc, assignment]
    images = images_of(chosen.clip, (width, height))
    if chosen.minutes:
        long(images, chosen.fps, chosen.minutes)
        return
    print(f"{chosen.clip.name}, {chosen.size} at {chosen.fps:.3g} fps, {cv2.getNumberOfCPUs()} cores")
    ratios: list[tuple[float, float]] = []
    for n in range(chosen.rounds):
        floor, floor_fps = bare(images, chosen.fps, chosen.seconds)
        live = whole(images, chosen.fps, chosen.seconds, not chosen.no_window)
        print(f"round {n + 1}: bare MediaPipe {told(floor)}, {floor_fps:.1f} a second", flush=True)
        print(f"         live session   {told(live.seen)}, {len(live.seen) / chosen.seconds:.1f} a second", flush=True)
        print(f"         (poll returned {told(live.polled)})", flush=True)
        p95s = [float(np.quantile(each, 0.95)) for each in (live.seen, floor)]
        ratios.append((median(live.seen) / median(floor), p95s[0] / p95s[1]))
        print(f"         ratio: median {ratios[-1][0]:.2f}, p95 {ratios[-1][1]:.2f}", flush=True)
    medians, p95s = zip(*ratios, strict=True)
    print(f"ratio: median {median(medians):.2f} (bar 1.3), p95 {median(p95s):.2f} (bar 2)")


if __name__ == "__main__":
    main()
