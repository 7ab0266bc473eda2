"""What following and judging cost beside MediaPipe: their time as a share of its time, in one run.

    python benchmarks/cost.py VIDEO...

Times, frame by frame in one process, MediaPipe's landmarks, the registration of the pelvis's picture, and the session
with all exercises at once (``--exercise auto``). Decoding and drawing run in threads of their own and are not counted
here; see ``throughput.py`` for whole processes.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from formcheck.io.pose import model
from formcheck.io.pose.estimator import PoseEstimator
from formcheck.io.pose.landmarker import Landmarker
from formcheck.io.video.reader import VideoReader
from formcheck.session.session import Session


class Timed:
    """Calls a function and adds up how long it took."""

    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call
        self.seconds = 0.0

    def __call__(self, *args: Any) -> Any:
        begin = perf_counter()
        try:
            return self._call(*args)
        finally:
            self.seconds += perf_counter() - begin


def measure(path: Path) -> tuple[int, float, float, float]:
    """Frames, and seconds for landmarks, texture and judging."""
    frames = 0
    with VideoReader(path) as video, PoseEstimator() as estimator:
        # the network as MediaPipe has it, with the mask that formcheck leaves out: the bar is MediaPipe's own time
        estimator._finder._tracker = Landmarker(model.load(), video=True)
        landmarks = Timed(estimator._finder._tracker.find)
        texture = Timed(estimator._texture.look)
        estimator._finder._tracker.find = landmarks  # type: ignore[method-assign]
        estimator._texture.look = texture  # type: ignore[method-assign]
        judge = Timed(Session(None).step)
        for frame in video:
            judge(estimator.estimate(frame))
            frames += 1
    return frames, landmarks.seconds, texture.seconds, judge.seconds


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("videos", nargs="+", type=Path, metavar="VIDEO")
    print("| video | MediaPipe ms | texture ms | judging ms | share of MediaPipe's time |")
    print("|---|---|---|---|---|")
    for path in options.parse_args().videos:
        frames, landmarks, texture, judge = measure(path)
        each = " | ".join(f"{1000 * seconds / frames:.2f}" for seconds in (landmarks, texture, judge))
        print(f"| {path.stem} | {each} | {(texture + judge) / landmarks:.1%} |", flush=True)


if __name__ == "__main__":
    main()
