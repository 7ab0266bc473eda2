"""Which correction is said, and when: one at a time, not at once, not on every rep; praise when it was followed.

Constant correction discourages. Safety goes before form, form before tempo.
"""

from math import inf

from formcheck.core.events import Hold, Rep
from formcheck.exercises.vocabulary import Exercise, Rank, Rule
from formcheck.session.moment import Cue

_AGAIN_AFTER_S = 5.0
_SHOWN_S = 2.5
_PRAISE = "good, that is it"


class CueDesk:
    """Takes what could be said and lets through what should be.

    Args:
        exercise: its rules rank the cues.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._order = {rule.key: (rule.rank, n) for n, rule in enumerate(exercise.rules)}
        self._rank = {rule.key: rule.rank for rule in exercise.rules}
        self._said: dict[str, tuple[float, int]] = {}  # key -> when, in which rep
        self._open: set[str] = set()  # said, and not yet followed
        self._now: Cue | None = None
        self._now_since = -inf

    def step(self, t: float, rep: int, wrong: list[Rule]) -> Cue | None:
        """Return what is being said at ``t`` s, during rep number ``rep``, while ``wrong`` rules are broken."""
        for rule in sorted(wrong, key=lambda rule: self._order[rule.key]):
            if self._may_say(rule.key, t, rep):
                self._say(Cue(rule.key, rule.say), t, rep)
                self._open.add(rule.key)
                break
        if t - self._now_since > _SHOWN_S:
            self._now = None
        return self._now

    def praise(self, t: float, rep: Rep | Hold) -> None:
        """Take a finished rep or hold: where it lacks a fault that was spoken of before, that is worth a word."""
        faults = {fault.key for fault in rep.faults}
        followed = {key for key in self._open if self._said[key][1] < rep.number and key not in faults}
        self._open -= followed
        if followed and not faults and self._now is None:
            self._say(Cue(min(followed), _PRAISE, praise=True), t, rep.number)

    def _may_say(self, key: str, t: float, rep: int) -> bool:
        if self._now is not None and t - self._now_since <= _SHOWN_S:
            more_urgent = self._now.praise or self._rank[key] < self._rank[self._now.key]
            if not more_urgent:
                return False
        when, in_rep = self._said.get(key, (-inf, -2))
        if t - when < _AGAIN_AFTER_S:
            return False
        return self._rank[key] is Rank.SAFETY or rep > in_rep + 1

    def _say(self, cue: Cue, t: float, rep: int) -> None:
        self._now, self._now_since = cue, t
        if not cue.praise:
            self._said[cue.key] = (t, rep)
