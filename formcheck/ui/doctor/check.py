"""One thing that was looked at."""

from dataclasses import dataclass
from typing import Literal

Status = Literal["pass", "warn", "fail"]
"""Works; works in part, or only part of formcheck needs it; does not work."""


@dataclass(frozen=True, slots=True)
class Check:
    """What was found.

    Attributes:
        name: of what was looked at.
        status: how it is.
        found: in a few words.
        remedy: what to do; empty where all is well.
    """

    name: str
    status: Status
    found: str
    remedy: str = ""
