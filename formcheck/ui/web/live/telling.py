"""The sink that tells the browser of every judged picture."""

import json
from collections.abc import Callable
from typing import Any

from formcheck.core.frame import Frame
from formcheck.core.geometry import Point
from formcheck.core.pose import Sight
from formcheck.io.texts import Texts
from formcheck.session.moment import Moment
from formcheck.session.summary import Result
from formcheck.ui.web.live.moment import Place, plain
from formcheck.ui.web.live.source import BrowserSource


class Telling:
    """Sends each moment down the line, with the time of the picture it answers.

    Args:
        source: knows which picture is judged.
        texts: in whose language.
        clock: the server's, s.
        post: sends a message, if anybody is there.

    Attributes:
        t: time of the last picture, by the browser's clock, s.
    """

    def __init__(
        self,
        source: BrowserSource,
        texts: Texts,
        clock: Callable[[], float],
        post: Callable[[dict[str, Any]], None],
    ) -> None:
        self._source, self._texts, self._clock, self._post = source, texts, clock, post
        self.t = 0.0

    def take(self, frame: Frame | None, sight: Sight, moment: Moment) -> None:
        """Send one."""
        del sight
        judged = self._source.judged
        place: Place = _same
        took = judged_for = None
        if frame is not None and judged is not None:
            self.t = judged.t
            now = self._clock()
            took, judged_for = (round(1000 * (now - since), 1) for since in (judged.arrived, self._source.taken))
            place = back(frame.size, self._source.own_size)
        size = self._source.own_size if self._source.size else None
        told = plain(moment, self._texts, place)
        blind = frame is None
        self._post(
            {"type": "moment", "t": self.t, "size": size, "blind": blind, **told,
             "took_ms": took, "judged_ms": judged_for}
        )  # fmt: skip

    def finish(self, result: Result) -> None:
        """How it went is told by whoever has the history."""

    def abort(self) -> None:
        """Nothing is held."""


def back(fitted: tuple[int, int], own: tuple[int, int]) -> Place:
    """Return what turns pixels of a picture that was fitted into another size into its own; see ``camera/fit``."""
    if fitted == own:
        return _same
    share = min(fitted[0] / own[0], fitted[1] / own[1])
    x0, y0 = (fitted[0] - round(own[0] * share)) // 2, (fitted[1] - round(own[1] * share)) // 2
    return lambda p: ((p[0] - x0) / share, (p[1] - y0) / share)


def as_text(message: dict[str, Any]) -> str:
    """Return a message as it is sent."""
    return json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _same(p: Point) -> Point:
    return p
