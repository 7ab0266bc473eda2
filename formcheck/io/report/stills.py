"""A still picture of each repetition's top and of the middle of each hold, with the correction drawn in."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from formcheck.core.body import Body
from formcheck.core.events import Hold, HoldFinished, Rep, RepFinished
from formcheck.core.frame import Frame, Image
from formcheck.core.landmarks import other
from formcheck.core.pose import Sight
from formcheck.exercises.vocabulary import Exercise
from formcheck.io import overlay
from formcheck.session.following import HoldNow, read
from formcheck.session.moment import Cue, Moment
from formcheck.session.summary import Result

_WIDTH, _HEIGHT = 640, 800
_MOST = 60
"""Pictures kept: a report with more could not be mailed."""
_EVERY_S = 0.12
_BACK_S = 10.0
"""How far back pictures are held until it is known which one is wanted: some 80 of them, reduced."""

Key = tuple[str, float]


def key_of(exercise_key: str, movement: Rep | Hold) -> Key:
    """Return what a movement's picture is filed under: numbers begin anew in each part of a recording, times do not."""
    return exercise_key, round(movement.start, 2)


@dataclass(frozen=True, slots=True)
class _Shot:
    """A reduced picture, and what was judged then, in its pixels."""

    image: Image
    moment: Moment


class Stills:
    """Holds the last seconds, takes the best picture of each movement when it has ended, and draws it at the end.

    Attributes:
        pictures: JPEGs, by ``key_of``; complete after ``finish``.
    """

    def __init__(self) -> None:
        self.pictures: dict[Key, bytes] = {}
        self._recent: deque[_Shot] = deque()
        self._chosen: dict[Key, _Shot] = {}

    def take(self, frame: Frame | None, sight: Sight, moment: Moment) -> None:
        """Take one frame's judgement."""
        del sight
        if frame is None:
            return
        while self._recent and moment.t - self._recent[0].moment.t > _BACK_S:
            self._recent.popleft()
        if moment.body is not None and (not self._recent or moment.t - self._recent[-1].moment.t >= _EVERY_S):
            self._recent.append(_reduced(frame.image, moment, moment.body))
        if any(isinstance(event, RepFinished | HoldFinished) for event in moment.events):
            # all that are done, not only the one that ended now: it may be what made the exercise known
            self._choose(moment.exercise, moment.done)

    def finish(self, result: Result) -> None:
        """Draw the pictures, with the numbers and faults that the report has."""
        for part in result.parts:
            if part.exercise is None:
                continue
            self._choose(part.exercise, part.done)  # the last one may have ended with the recording
            for n, movement in enumerate(part.done, 1):
                key = key_of(part.exercise.key, movement)
                shot = self._chosen.pop(key, None)
                if shot is None or len(self.pictures) >= _MOST:
                    continue
                picture = _drawn(shot, part.exercise, tuple(part.done[:n]))
                if picture is not None:
                    self.pictures[key] = picture
        self._let_go()

    def abort(self) -> None:
        """Let go of the pictures."""
        self.pictures.clear()
        self._let_go()

    def _let_go(self) -> None:
        self._recent.clear()
        self._chosen.clear()

    def _choose(self, exercise: Exercise, done: Sequence[Rep | Hold]) -> None:
        for movement in done:
            key = key_of(exercise.key, movement)
            if key in self._chosen or len(self._chosen) >= _MOST:
                continue
            during = [shot for shot in self._recent if movement.start <= shot.moment.t <= movement.end]
            if during:
                wanted = movement.peak if isinstance(movement, Rep) else (movement.start + movement.end) / 2
                # a frame that another exercise was judged by may have the wrong leg
                self._chosen[key] = min(
                    during, key=lambda shot: (shot.moment.exercise is not exercise, abs(shot.moment.t - wanted))
                )


def _reduced(image: Image, moment: Moment, body: Body) -> _Shot:
    height, width = image.shape[:2]
    share = min(1.0, _WIDTH / width, _HEIGHT / height)
    if share == 1.0:
        return _Shot(image, moment)
    size = (max(1, round(width * share)), max(1, round(height * share)))
    small = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    points = tuple(None if p is None else (p[0] * share, p[1] * share) for p in body.points)
    return _Shot(small, replace(moment, body=replace(body, points=points, trunk=body.trunk * share)))


def _drawn(shot: _Shot, exercise: Exercise, done: tuple[Rep | Hold, ...]) -> bytes | None:
    """Draw the last of ``done`` into its picture, as it was judged in the end; return a JPEG."""
    movement, moment, body = done[-1], shot.moment, shot.moment.body
    if body is None:
        return None
    ours = moment.exercise is exercise
    hold = None
    if isinstance(movement, Hold):
        far = movement.side not in (body.side, "both")
        hold = HoldNow(other(body.side) if far else body.side, movement.held, running=True)
        ours = ours and far == body.works_far
        if not ours:
            # only the stretch's own judge gives exchanged feet back to their legs
            body = body.working(far=far).without_foot(far=far)
    faults = movement.faults
    moment = replace(
        moment,
        exercise=exercise,
        body=body,
        values=moment.values if ours else read(exercise, body),
        phase="hold",
        done=done,
        wrong=tuple(fault.key for fault in faults),
        cue=Cue(faults[0].key, faults[0].say) if faults else None,
        hold=hold,
        certain=True,
    )
    picture: Image = shot.image.copy()
    overlay.draw(picture, moment)
    ok, jpeg = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 82])
    return jpeg.tobytes() if ok else None
