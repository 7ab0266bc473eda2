"""Record the samples' traces and the reports they give, anew: after a change that is meant to change them.

    python tests/goldens/remake.py [--traces]

Without ``--traces`` only the reports are made, from the traces that are there. Read the difference before committing.
"""

import json
import sys
from pathlib import Path
from typing import Any

from formcheck.exercises import find
from formcheck.io.pose.estimator import PoseEstimator
from formcheck.io.report.document import document
from formcheck.io.report.source_info import SourceInfo
from formcheck.io.trace import TraceReader, TraceWriter
from formcheck.io.video.reader import VideoReader
from formcheck.io.video.recording import Recording
from formcheck.session.session import Session

HERE = Path(__file__).parent
SAMPLES = HERE.parent.parent / "samples"
NAMES = ("bridge", "pelvic_tilt", "towel_stretch", "knee_to_chest")
SOURCE = SourceInfo("sample", 0.0, 0.0, 1, 1, 0)


def report_of(trace: Path, exercise: str | None = None) -> dict[str, Any]:
    """What a trace gives, without what only the file says."""
    session = Session(find(exercise) if exercise else None)
    with TraceReader(trace) as sights:
        for _, sight in sights:
            session.step(sight)
        result = session.finish(sights.warnings)
    found = document(result, SOURCE)
    del found["source"]
    return found


def record(name: str) -> None:
    with VideoReader(SAMPLES / f"{name}.mp4") as video, PoseEstimator() as estimator:
        writer = TraceWriter(HERE / f"{name}.trace.jsonl.gz", video.size)
        recording = Recording(video, estimator, f"samples/{name}.mp4")
        for _, sight in recording:
            writer.write(sight)
        writer.close(recording.info, recording.warnings)


if __name__ == "__main__":
    for name in NAMES:
        if "--traces" in sys.argv:
            record(name)
        golden = json.dumps(report_of(HERE / f"{name}.trace.jsonl.gz"), indent=1) + "\n"
        (HERE / f"{name}.report.json").write_text(golden, encoding="utf-8")
