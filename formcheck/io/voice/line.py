"""Something to be spoken, in the person's language."""

from dataclasses import dataclass

from formcheck.session.coaching import Urgency


@dataclass(frozen=True, slots=True)
class Line:
    """Something to be spoken.

    Attributes:
        key: what it is about; a newer line with the same key takes its place while it waits.
        text: the words.
        urgency: what goes first.
        fresh_s: not worth saying any more when it has waited for longer than this, s.
    """

    key: str
    text: str
    urgency: Urgency = Urgency.CUE
    fresh_s: float = 2.0
