"""Takes the poses that the guide draws from the samples' traces. Run it after the samples changed.

Each exercise has two: at rest, and at the far end of a clean movement. Unit: the trunk's length; x from the head toward
the feet, y up from the mat.
"""

import json
from pathlib import Path
from typing import Any

from formcheck.core.body import Body
from formcheck.core.events import Hold, Rep
from formcheck.core.landmarks import Part, other
from formcheck.exercises import all_exercises
from formcheck.exercises.vocabulary import Exercise
from formcheck.io.trace import TraceReader
from formcheck.session.pipeline import run
from formcheck.session.session import Session
from formcheck.session.summary import Result
from tests.goldens.remake import HERE, SAMPLES

OUT = HERE.parent.parent / "formcheck" / "io" / "guide" / "poses.json"
_LEGS = (Part.HIP, Part.KNEE, Part.ANKLE, Part.HEEL, Part.TOE)
_ARMS = (Part.SHOULDER, Part.ELBOW, Part.WRIST)


class _Bodies:
    """Keeps who was seen when."""

    def __init__(self) -> None:
        self.seen: list[tuple[float, Body]] = []

    def take(self, frame: object, sight: object, moment: Any) -> None:
        del frame, sight
        if moment.body is not None:
            self.seen.append((moment.t, moment.body))

    def finish(self, result: Result) -> None:
        pass

    def abort(self) -> None:
        pass

    def at(self, t: float) -> Body:
        return min(self.seen, key=lambda each: abs(each[0] - t))[1]


def poses_of(exercise: Exercise) -> dict[str, Any]:
    """The two poses, from the sample's trace."""
    trace = HERE / f"{exercise.key}.trace.jsonl.gz"
    trace = trace if trace.exists() else SAMPLES / trace.name
    bodies = _Bodies()
    with TraceReader(trace) as reader:
        result = run(reader, Session(exercise), [bodies])
    movement = next(each for each in result.done if each.good)
    start, end = bodies.at(movement.start - _before(movement)), bodies.at(_shown_at(movement))
    foot = start.at(Part.HEEL) or start.at(Part.ANKLE)
    shoulder = start.at(Part.SHOULDER)
    assert foot is not None
    assert shoulder is not None
    mat, begin = max(foot[1], shoulder[1]), shoulder[0]
    return {"start": _written(start, mat, begin, start.trunk), "end": _written(end, mat, begin, start.trunk)}


def _before(movement: Rep | Hold) -> float:
    return 0.4 if isinstance(movement, Rep) else 2.0


def _shown_at(movement: Rep | Hold) -> float:
    return movement.peak if isinstance(movement, Rep) else (movement.start + movement.end) / 2


def _written(body: Body, mat: float, begin: float, trunk: float) -> dict[str, Any]:
    turn = -1 if body.head_right else 1

    def place(i: int) -> list[float] | None:
        point = body.points[i]
        return (
            None if point is None else [round(turn * (point[0] - begin) / trunk, 3), round((mat - point[1]) / trunk, 3)]
        )

    sides = {"near": body.side, "far": other(body.side)}
    pose: dict[str, Any] = {"nose": place(0), "ear": place(Part.EAR.on(body.side))}
    for name, side in sides.items():
        pose[f"{name}_arm"] = [place(part.on(side)) for part in _ARMS]
        pose[f"{name}_leg"] = [place(part.on(side)) for part in _LEGS]
    return pose


def main() -> None:
    poses = {exercise.key: poses_of(exercise) for exercise in all_exercises()}
    lines = ",\n".join(
        f'  "{key}": {{\n' + ",\n".join(f'    "{name}": {json.dumps(pose)}' for name, pose in both.items()) + "\n  }"
        for key, both in poses.items()
    )
    Path(OUT).write_text("{\n" + lines + "\n}\n")


if __name__ == "__main__":
    main()
