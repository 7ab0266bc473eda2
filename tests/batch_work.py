"""A batch whose analysis is a stand-in: it does what the video's text says. It loads next to nothing.

As a program it is ``formcheck batch`` with that analysis: ``python -m tests.batch_work OUT JOBS|SCHEDULER PATHS...``
"""

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from formcheck.errors import NoPersonError, VideoError
from formcheck.ui.batch.order import Order, Wanted
from formcheck.ui.batch.work import Tell

WANTED = Wanted(None, video=False, trace=False, pdf=False, model=None, model_sha256="none")
LOG = "FORMCHECK_TEST_LOG"
"""Names a file that gets a line for each analysis that begins."""


class _UnsendableError(Exception):
    """Cannot be made anew from what pickle keeps of it."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} of {two}")


def report(reps: int = 2, seconds: float = 4.0) -> dict[str, Any]:
    fault = {"key": "too_low", "t_s": 1.0, "say": "lift a little higher"}
    done = [{"number": n + 1, "good": n > 0, "faults": [] if n else [fault]} for n in range(reps)]
    return {
        "source": {"path": "a.mp4", "duration_s": seconds},
        "exercise": "bridge",
        "side": "left",
        "reps": done,
        "holds": [],
        "totals": {
            "reps": reps,
            "good_reps": max(0, reps - 1),
            "holds": 0,
            "good_holds": 0,
            "held_s": {"left": 0.0, "right": 0.0},
        },
        "warnings": [{"key": "too_dark", "say": "dark"}],
    }


def stand_in(video: Path, order: Order, out: Path, tell: Tell) -> dict[str, Any]:
    word, *more = video.read_text().split()
    if log := os.environ.get(LOG):
        with Path(log).open("a") as file:
            file.write(f"{order.content.sha256}\n")
    tell(0.5)
    match word:
        case "broken":
            raise VideoError(f"{video} is not a video that can be read. Use mp4.")
        case "nobody":
            raise NoPersonError(f"no person was found in {video}. Film from the side.")
        case "defect":
            raise RuntimeError("a defect of ours")
        case "unsendable":
            raise _UnsendableError(1, 2)
        case "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        case "once":  # dies the first time
            done = Path(more[0])
            if not done.exists():
                done.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        case "changes":
            video.write_text("changes, and has become longer")
        case "lasts":
            time.sleep(float(more[0]))
    folder = out / order.folder
    folder.mkdir()
    (folder / "report.json").write_text(json.dumps(report()))
    return report()


if __name__ == "__main__":
    import typer

    from formcheck.ui.batch.cluster import ClusterCrew
    from formcheck.ui.batch.command import carry_through
    from formcheck.ui.batch.local import LocalCrew
    from formcheck.ui.failing import telling_errors

    out, crew, *paths = sys.argv[1:]
    try:
        with telling_errors():
            sys.exit(
                carry_through(
                    paths,
                    out,
                    WANTED,
                    lambda: LocalCrew(int(crew), stand_in) if crew.isdigit() else ClusterCrew(crew, stand_in),
                    force=False,
                )
            )
    except typer.Exit as told:
        sys.exit(told.exit_code)
