"""What the camera's place, the light and the crop allow to be said: warnings, never invented faults."""

from collections import Counter
from math import isnan
from statistics import median

from formcheck.core.events import Warn
from formcheck.core.landmarks import Side
from formcheck.core.pose import Sight
from formcheck.session.moment import Moment

OFF_SIDE_DEG = 15.0
"""Within this a true 90 degree knee reads at most 95 in 94 % of cases (Sheridan 2022)."""
TOO_FAR_ROUND_DEG = 35.0
"""Beyond this, angles in the picture say little: counted, but no fault is given."""
_CUT_SHARE = 0.1
_LOST_SHARE = 0.1
_OTHERS_SHARE = 0.2
DARK = 40.0
"""Mean luma, 0..255, under which the model's joints wander."""
SMALL_PX = 40.0
"""Trunk length in pixels under which one pixel of noise is more than a degree."""


class Viewing:
    """Watches how well the person can be seen."""

    def __init__(self) -> None:
        self.frames = 0
        self._seen = 0
        self._cut = 0
        self._sides: Counter[Side] = Counter()
        self._off_side: list[float] = []
        self._trunks: list[float] = []
        self._looks: list[bool] = []
        self._brightness: list[float] = []

    def step(self, sight: Sight, moment: Moment) -> None:
        """Take one frame."""
        body = moment.body
        self.frames += 1
        if sight.others is not None:
            self._looks.append(sight.others > 0)
        if sight.brightness is not None:
            self._brightness.append(sight.brightness)
        if body is None:
            return
        self._seen += 1
        self._cut += body.cut
        self._sides[body.side] += 1
        if self._seen % 10 == 1:  # they change slowly; an hour of video must not fill the memory
            self._trunks.append(body.trunk)
            if not isnan(body.off_side):
                self._off_side.append(body.off_side)

    @property
    def side(self) -> Side | None:
        """The side toward the camera for most of the time; None where nobody was seen."""
        return self._sides.most_common(1)[0][0] if self._sides else None

    @property
    def seen_fraction(self) -> float:
        """Share of the frames with a trusted body."""
        return self._seen / self.frames if self.frames else 0.0

    @property
    def anybody(self) -> bool:
        """False where nobody was ever seen."""
        return self._seen > 0

    def warnings(self) -> list[Warn]:
        """Return what limits the findings, most limiting first."""
        found = []
        off = median(self._off_side) if self._off_side else 0.0
        if off > TOO_FAR_ROUND_DEG:
            found.append(
                Warn(
                    "camera_not_side",
                    f"The camera is about {off:.0f} degrees away from your side, too far to judge angles: "
                    "repetitions are counted, faults are not. Put it square to your side.",
                )
            )
        elif off > OFF_SIDE_DEG:
            found.append(
                Warn(
                    "camera_not_side",
                    f"The camera is about {off:.0f} degrees away from your side; angles may be wrong by 5 degrees "
                    "and more. Put it square to your side.",
                )
            )
        if self._seen and self._cut > _CUT_SHARE * self._seen:
            found.append(
                Warn("body_cut_off", "Part of your body is outside the picture. Move the camera back a little.")
            )
        if self._looks and sum(self._looks) >= max(1.0, _OTHERS_SHARE * len(self._looks)):
            found.append(
                Warn(
                    "several_people",
                    "There is more than one person in the picture; the one who looks larger was followed.",
                )
            )
        if self._seen and self.seen_fraction < 1 - _LOST_SHARE:
            found.append(
                Warn("often_not_seen", f"You could be seen in {self.seen_fraction:.0%} of the recording only.")
            )
        if self._trunks and median(self._trunks) < SMALL_PX:
            found.append(Warn("person_small", "You are very small in the picture. Move the camera closer."))
        if self._brightness and median(self._brightness) < DARK:
            found.append(Warn("too_dark", "The picture is very dark. Put a light on the side of the camera."))
        return found
