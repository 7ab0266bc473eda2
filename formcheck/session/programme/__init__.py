"""The guided programme: questions, exercises in order, rests, and when it has to stop."""

from formcheck.session.programme.outcome import Outcome
from formcheck.session.programme.parts import LiveSet
from formcheck.session.programme.programme import Programme

__all__ = ["LiveSet", "Outcome", "Programme"]
