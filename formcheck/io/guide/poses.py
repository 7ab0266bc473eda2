"""The poses that are drawn: of each exercise at rest and at the far end, taken from the samples.

``poses.json`` is remade by ``tests/goldens/guide_poses.py``. Unit: the trunk's length; x from the head toward the feet,
y up from the mat.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One pose.

    Attributes:
        head: middle of the head.
        nose: which way the face looks.
        near_arm: shoulder, elbow, wrist on the camera's side.
        far_arm: the same on the other side.
        near_leg: hip, knee, ankle, heel, toe on the camera's side.
        far_leg: the same on the other side.
    """

    head: Spot
    nose: Spot
    near_arm: tuple[Spot, ...]
    far_arm: tuple[Spot, ...]
    near_leg: tuple[Spot, ...]
    far_leg: tuple[Spot, ...]

    @property
    def spots(self) -> tuple[Spot, ...]:
        """All its points."""
        return (self.head, *self.near_arm, *self.far_arm, *self.near_leg, *self.far_leg)


@cache
def _stored() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    found: Mapping[str, Mapping[str, Mapping[str, Any]]] = json.loads(
        (files("formcheck.io.guide") / "poses.json").read_text(encoding="utf-8")
    )
    return found


def poses(exercise_key: str) -> tuple[Drawn, Drawn] | None:
    """Return an exercise's pose at rest and at the far end; None where it has no drawing yet."""
    stored = _stored().get(exercise_key)
    if stored is None:
        return None
    return _pose(stored["start"]), _pose(stored["end"])


def _pose(stored: Mapping[str, Any]) -> Drawn:
    def spots(name: str) -> tuple[Spot, ...]:
        return tuple((float(x), float(y)) for x, y in stored[name])

    (ex, ey), (nx, ny) = stored["ear"], stored["nose"]
    limbs = (spots(name) for name in ("near_arm", "far_arm", "near_leg", "far_leg"))
    return Drawn((ex, ey), (nx, ny), *limbs)
