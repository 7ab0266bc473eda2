"""What a report says of a session that was kept without its recording."""

from dataclasses import dataclass
from datetime import datetime

from formcheck.session.progress import Trend


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A session as the history has it.

    Attributes:
        name: what it is called there.
        started: when, in the time of where it was.
        origin: name of the video it was read from; empty where it was live.
        plan: what it went by; empty without one.
        software: version of formcheck that judged it.
        ended: why, as the history has it; empty where it was cut off.
        set_times: when each set began, in the order of the result's parts.
        pain: when it was asked for, and what was told, 0 to 10.
        pain_trend: pain before the exercises, over the sessions so far.
    """

    name: str
    started: datetime
    origin: str
    plan: str
    software: str
    ended: str
    set_times: tuple[str, ...]
    pain: tuple[tuple[str, int], ...]
    pain_trend: Trend
