"""A pose made ready to judge: which side is toward the camera, and which joints can be believed."""

from dataclasses import dataclass, field, replace
from math import nan
from typing import Any

from formcheck.core.geometry import Point
from formcheck.core.landmarks import LANDMARKS, Part, Side, other


@dataclass(frozen=True, slots=True)
class Tilt:
    """The pelvic tilt.

    Attributes:
        value: degrees from this person's own rest; + = anterior (the lower back arches), - = posterior (flat).
        error: half-width of its 90 % interval, degrees.
        noise: standard deviation at rest, degrees.
        lift: how far hips off the mat tilt the trunk, degrees above rest.
        swing: how far hip and waist are from rest either way, as degrees of tilt, also while the hips are lifted.
        since: when its zero was taken, s; a change means that what was measured before has another zero.
    """

    value: float
    error: float
    noise: float
    lift: float
    swing: float
    since: float = 0.0


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
        crossed: the model has exchanged the ankles; the points are put right, but are too far off to measure by.
        renamed: from this frame on each leg has the other one's name: the model had exchanged them before.
        tilt: of the pelvis; None where it is not known.
        anew: the person is all at once somewhere else: what was followed before is over.
        memo: what has been read from it; several exercises read the same of one frame.
        twins: the same body with the other leg as the one to judge, once it was asked for.

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
    crossed: bool = False
    renamed: bool = False
    tilt: Tilt | None = None
    anew: bool = False
    memo: "dict[str, float]" = field(default_factory=dict, compare=False, repr=False)
    twins: "list[Body]" = field(default_factory=list, compare=False, repr=False)

    def __post_init__(self) -> None:
        if len(self.points) != LANDMARKS:
            raise ValueError(f"Body.points has {len(self.points)} entries, expected {LANDMARKS} (pixels)")
        if not self.trunk > 0:
            raise ValueError(f"Body.trunk (pixels) must be positive, not {self.trunk}")

    def at(self, part: Part, *, far: bool = False) -> Point | None:
        """Return where a part of the near (or far) side is, in pixels, or None where it cannot be trusted."""
        return self.points[part.on(other(self.side) if far else self.side)]

    def leg(self, part: Part) -> Point | None:
        """Return where a part on the working leg's side is, in pixels, or None where it cannot be trusted."""
        return self.at(part, far=self.works_far)

    def working(self, *, far: bool) -> "Body":
        """Return the same body with the near or far leg as the one to judge."""
        if far == self.works_far:
            return self
        if not self.twins:
            self.twins.append(self._changed(works_far=far))
            self.twins[0].twins.append(self)
        return self.twins[0]

    def _changed(self, **changes: Any) -> "Body":
        return replace(self, **changes, memo={}, twins=[])

    def uncrossed(self) -> "Body":
        """Return the body with the points below the knees exchanged between the legs."""
        points = list(self.points)
        for part in (Part.ANKLE, Part.HEEL, Part.TOE):
            left, right = part.on("left"), part.on("right")
            points[left], points[right] = points[right], points[left]
        return self._changed(points=tuple(points), crossed=True)

    def without_foot(self, *, far: bool) -> "Body":
        """Return the body without what is below one knee: the model has put it where the other foot is."""
        side = other(self.side) if far else self.side
        lost = {part.on(side) for part in (Part.ANKLE, Part.HEEL, Part.TOE)}
        return self._changed(points=tuple(None if i in lost else p for i, p in enumerate(self.points)))
