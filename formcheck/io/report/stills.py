"""A still picture of each repetition's top, with the correction drawn in."""

from dataclasses import replace

import cv2
import numpy as np

from formcheck.core.events import RepFinished
from formcheck.core.frame import Frame, Image
from formcheck.core.pose import Sight
from formcheck.io import overlay
from formcheck.session.moment import Cue, Moment
from formcheck.session.summary import Result

_WIDTH = 640
_MOST = 60
"""Pictures kept: a report with more could not be mailed."""


class Stills:
    """Keeps the frame at which the counted signal is highest until its repetition is finished, then draws it."""

    def __init__(self) -> None:
        self.pictures: dict[int, bytes] = {}
        self._best: tuple[float, Frame, Moment] | None = None

    def take(self, frame: Frame | None, sight: Sight, moment: Moment) -> None:
        """Take one frame's judgement."""
        del sight
        if frame is None:
            return
        for event in moment.events:
            if isinstance(event, RepFinished):
                self._draw(event)
        if moment.phase in ("up", "hold"):
            height = moment.values[moment.exercise.counts.signal.key]
            if self._best is None or height > self._best[0]:
                self._best = (height, frame, moment)
        elif moment.phase != "down":
            self._best = None

    def finish(self, result: Result) -> None:
        """Nothing is left to do: each picture was drawn when its repetition ended."""

    def abort(self) -> None:
        """Let go of the pictures."""
        self.pictures.clear()

    def _draw(self, event: RepFinished) -> None:
        if self._best is None or len(self.pictures) >= _MOST:
            return
        _, frame, moment = self._best
        self._best = None
        faults = event.rep.faults
        cue = Cue(faults[0].key, faults[0].say) if faults else None
        picture: Image = frame.image.copy()
        overlay.draw(
            picture, replace(moment, phase="hold", reps=event.rep.number, wrong=tuple(f.key for f in faults), cue=cue)
        )
        width, height = frame.size
        if width > _WIDTH:
            picture = np.asarray(
                cv2.resize(picture, (_WIDTH, round(height * _WIDTH / width)), interpolation=cv2.INTER_AREA), np.uint8
            )
        ok, jpeg = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 82])
        if ok:
            self.pictures[event.rep.number] = jpeg.tobytes()
