"""A pose made ready to judge: which side is toward the camera, and which joints can be believed."""

from dataclasses import dataclass
from math import nan

from formcheck.core.geometry import Point
from formcheck.core.landmarks import LANDMARKS, Part, Side, other


@dataclass(frozen=True, slots=True)
class Body:
    """One person in one frame.

    Attributes:
        t: presentation time, s.
        side: the body side toward the camera.
        head_right: the head lies toward the picture's right.
        points: 33 pixel positions; None where a joint is not to be trusted.
        trunk: length of the trunk (hip to shoulder) in pixels, steady over time.
        off_side: how far the camera is from looking square at the side, degrees (0 = square); NaN = not known.
        cut: a joint that matters lies outside the picture.
        works_far: the leg away from the camera is the one to judge (the near one is lifted in a single-leg bridge).

    Raises:
        ValueError: another number of points than 33, or a trunk without length.
    """

    t: float
    side: Side
    head_right: bool
    points: tuple[Point | None, ...]
    trunk: float
    off_side: float = nan
    cut: bool = False
    works_far: bool = False

    def __post_init__(self) -> None:
        if len(self.points) != LANDMARKS:
            raise ValueError(f"Body.points has {len(self.points)} entries, expected {LANDMARKS} (pixels)")
        if not self.trunk > 0:
            raise ValueError(f"Body.trunk (pixels) must be positive, not {self.trunk}")

    def at(self, part: Part, *, far: bool = False) -> Point | None:
        """Return where a part of the near (or far) side is, in pixels, or None where it cannot be trusted."""
        return self.points[part.on(other(self.side) if far else self.side)]

    def leg(self, part: Part) -> Point | None:
        """Return where a part of the working leg is, in pixels, or None where it cannot be trusted."""
        return self.at(part, far=self.works_far)
