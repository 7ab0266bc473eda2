"""Plays recorded sets to a programme as a camera would show them: lying still, and each set once it is asked for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from formcheck.core.events import SetBegan, SetEnded
from formcheck.core.pose import Sight
from formcheck.io.trace import TraceReader
from formcheck.session.coaching import Question
from formcheck.session.moment import Moment
from formcheck.session.programme import Programme

FPS = 15.0
GOLDENS = Path(__file__).parent / "goldens"
_LEAD_S = 7.0
"""Lying still before the set, for set-up and countdown."""
_SETTLED_S = 0.9
"""From here on the model's landmarks are where they belong; the samples begin to move at 1 s."""
_TREMBLE_PX = 0.2
Answer = Callable[[Question, int], str | int | None]


def recorded(exercise: str) -> list[Sight]:
    """The poses of an exercise's sample, some 15 a second, from the moment on where landmarks have settled."""
    with TraceReader(GOLDENS / f"{exercise}.trace.jsonl.gz") as trace:
        sights = [sight for _, sight in trace if sight.t >= _SETTLED_S]
    kept = sights[:1]
    for sight in sights:
        if sight.t - kept[-1].t >= 0.99 / FPS:
            kept.append(sight)
    return kept


def at(sight: Sight, t: float, rng: np.random.Generator | None = None) -> Sight:
    """The same at another time; landmarks of somebody who lies still tremble all the same."""
    if sight.pose is None:
        return replace(sight, t=t)
    xy = sight.pose.xy if rng is None else sight.pose.xy + rng.normal(0, _TREMBLE_PX, sight.pose.xy.shape)
    return replace(sight, t=t, pose=replace(sight.pose, t=t, xy=xy))


class Director:
    """Drives a programme frame by frame.

    Args:
        programme: fed with frames.
        sets: exercise -> its recording.
        answer: question and how often it was asked -> what is answered; None = nothing.
    """

    def __init__(self, programme: Programme, sets: Mapping[str, list[Sight]], answer: Answer) -> None:
        self._programme, self._sets, self._answer = programme, sets, answer
        self._rng = np.random.default_rng(1)
        self._asked: dict[str, int] = {}

    def play(self, most_s: float = 1500.0) -> Iterator[tuple[Sight, Moment]]:
        """Yield every frame and its moment, until the programme is over."""
        playing: str | None = None
        begun, shown = 0.0, next(iter(self._sets.values()))
        asked: Question | None = None
        k = 0
        for i in range(int(most_s * FPS)):
            t = i / FPS
            into = t - begun - _LEAD_S if playing is not None else -1.0
            while k < len(shown) and shown[k].t - shown[0].t < into:
                k += 1
            if k == len(shown):
                self._programme.skip()  # the recording is shorter than the dose
            sight = at(shown[k], t) if 0 < k < len(shown) else at(shown[0], t, self._rng)
            moment = self._programme.step(sight)
            for event in moment.events:
                if isinstance(event, SetBegan):
                    playing, begun, shown, k = event.exercise, t, self._sets[event.exercise], 0
                elif isinstance(event, SetEnded):
                    playing, k = None, 0
            yield sight, moment
            question = moment.coaching.question if moment.coaching is not None else None
            if question is not None and (asked is None or asked.key != question.key):
                self._asked[question.key] = n = self._asked.get(question.key, 0) + 1
                if (value := self._answer(question, n)) is not None:
                    self._programme.answer(value)
            asked = question
            if self._programme.over:
                return
