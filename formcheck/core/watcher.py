"""From what is seen in a frame to a body with everything that is known of it."""

from dataclasses import replace

from formcheck.core.body import Body
from formcheck.core.pose import Sight
from formcheck.core.tilt import TiltMeter
from formcheck.core.tracking import BodyTracker


class Watcher:
    """Feed it every frame of one session."""

    def __init__(self) -> None:
        self._tracker = BodyTracker()
        self._tilt = TiltMeter()

    def step(self, sight: Sight) -> Body | None:
        """Return the person, or None where nobody can be trusted to be seen."""
        body = self._tracker.step(sight.pose) if sight.pose is not None else None
        return body and replace(body, tilt=self._tilt.step(sight, body))
