"""A live set: set-up help, ready gate, countdown, coaching, and its end."""

from formcheck.session.live.live_session import LiveSession

__all__ = ["LiveSession"]
