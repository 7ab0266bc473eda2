"""What must not be exercised with: asked once a session, the most urgent first.

A raised arm answers with the first point that applies, so whoever has several is sent where the most urgent one
belongs.
"""

from dataclasses import dataclass
from typing import Literal

from formcheck.session.coaching import Option, Question, Say, Urgency
from formcheck.session.programme.mouth import KEPT_S

NONE = "none"
Contact = Literal["now", "today", "soon"]
"""An emergency; a doctor on the same day; a doctor or physiotherapist before the next exercise."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A sign that needs somebody to look at it first: its texts are ``safety.flag.KEY`` and ``safety.contact.KEY``."""

    key: str
    contact: Contact


# NHS trusts' pages on back pain and cauda equina syndrome, and NICE NG59; the wording is ours. Pain or weakness in both
# legs, and weakness that gets worse, are sent to an emergency department there, like numbness of the saddle.
FLAGS = (
    Flag("bladder", "now"),
    Flag("saddle", "now"),
    Flag("weakness", "now"),
    Flag("both_legs", "now"),
    Flag("fever", "today"),
    Flag("fall", "today"),
    Flag("bones", "soon"),
)


def safety_question() -> Question:
    """Return the question: one list, with "none of these" as the last answer."""
    flags = [Option(flag.key, str(i), _spoken(f"safety.flag.{flag.key}")) for i, flag in enumerate(FLAGS, 1)]
    return Question("safety.ask", (*flags, Option(NONE, "0", _spoken("safety.flag.none"))))


def advice(key: str) -> tuple[Say, ...]:
    """Return what is told after a yes to the flag ``key``: how urgent, whom to contact, and no session."""
    flag = next(flag for flag in FLAGS if flag.key == key)
    return (
        Say(f"safety.when.{flag.contact}", {}, Urgency.SAFETY, KEPT_S),
        Say(f"safety.contact.{flag.key}", {}, Urgency.SAFETY, KEPT_S),
        Say("safety.no_session", {}, Urgency.SAFETY, KEPT_S),
    )


def _spoken(key: str) -> Say:
    return Say(key, {}, Urgency.STAGE, KEPT_S)
