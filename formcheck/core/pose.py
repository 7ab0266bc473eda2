"""What the pose model says about one frame."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.core.landmarks import LANDMARKS

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """The 33 landmarks of one person in one frame.

    Attributes:
        t: presentation time, s.
        xy: (33, 2) pixels, x right, y down. Normalised coordinates never get this far: on a 16:9 picture they bend
            a right angle to anything from 59 to 121 degrees.
        world: (33, 3) metres, origin between the hips, x right, y down, z away from the camera.
        seen: (33,) 0..1, the model's own visibility. It stays near 1 for joints nobody can see: see ``tracking``.
        size: width and height of the picture in pixels.

    Raises:
        ValueError: an array has another shape, or the size is not positive.
    """

    t: float
    xy: FloatArray
    world: FloatArray
    seen: FloatArray
    size: tuple[int, int]

    def __post_init__(self) -> None:
        for name, array, shape in (
            ("xy (pixels)", self.xy, (LANDMARKS, 2)),
            ("world (metres)", self.world, (LANDMARKS, 3)),
            ("seen (0..1)", self.seen, (LANDMARKS,)),
        ):
            if array.shape != shape:
                raise ValueError(f"Pose.{name} has shape {array.shape}, expected {shape}")
        if min(self.size) <= 0:
            raise ValueError(f"Pose.size (width, height in pixels) must be positive, not {self.size}")


@dataclass(frozen=True, slots=True)
class Patch:
    """How a patch of the picture has moved since it was taken.

    Attributes:
        dx: of its centre, pixels to the right.
        dy: of its centre, pixels down.
        turn: degrees, clockwise as seen.
        likeness: correlation with what was taken, up to 1.
    """

    dx: float
    dy: float
    turn: float
    likeness: float


@dataclass(frozen=True, slots=True)
class Texture:
    """What the picture of the pelvis does.

    Attributes:
        seed: number of the moment the patches were taken; movements of different seeds cannot be compared.
        hip: the patch over the near hip; None where it cannot be followed.
        belly: the patch above it, toward the chest, over the waist.
    """

    seed: int
    hip: Patch | None
    belly: Patch | None


@dataclass(frozen=True, slots=True)
class Sight:
    """One frame's worth of input to the judge: a pose, or None where nobody was found.

    Attributes:
        t: presentation time, s.
        pose: the person followed.
        others: how many further people a sparse look found in this frame; None where none was taken.
        brightness: mean luma of the picture, 0..255; None where it was not measured.
        texture: how the picture of the pelvis moved; None where it was not looked at.
        blind: there was no picture: the camera is away, and nothing is known of the person.
    """

    t: float
    pose: Pose | None
    others: int | None = None
    brightness: float | None = None
    texture: Texture | None = None
    blind: bool = False
