"""Tells how far a recording is to somebody in another process."""

from collections.abc import Callable

from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.session.moment import Moment
from formcheck.session.summary import Result

_STEP = 0.005


class ShareSink:
    """Tells how far a recording is, now and then; nothing where its length is not known.

    Args:
        tell: told the share that is done, 0..1, in steps.
        name: of the recording.
        share: tells how much of the work is done, 0..1, when the frame of a time, s, is judged.
    """

    def __init__(self, tell: Callable[[float], object], name: str, share: Callable[[float], float]) -> None:
        del name
        self._tell, self._share = tell, share
        self._told = 0.0

    def take(self, frame: Frame | None, sight: Sight, moment: Moment) -> None:
        """Tell how far it is."""
        del frame, moment
        share = self._share(sight.t)
        if share - self._told >= _STEP:
            self._told = share
            self._tell(share)

    def finish(self, result: Result) -> None:
        """Nothing is left to tell."""

    def abort(self) -> None:
        """Nothing is left to tell."""
