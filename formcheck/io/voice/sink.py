"""The pipeline's voice."""

from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.io.texts import Texts
from formcheck.io.voice.line import Line
from formcheck.io.voice.speaker import Speaker
from formcheck.session.moment import Moment
from formcheck.session.summary import Result


class VoiceSink:
    """Says what the session wants said. The speaker stays open: the last words may still be spoken when it ends.

    Args:
        texts: of the person's language.
        speaker: says it.
    """

    def __init__(self, texts: Texts, speaker: Speaker) -> None:
        self._texts, self._speaker = texts, speaker
        self._asked: tuple[str, bool] | None = None

    def take(self, frame: Frame | None, sight: Sight, moment: Moment) -> None:
        """Say what this moment has to say."""
        del frame, sight
        coaching = moment.coaching
        question = coaching.question if coaching is not None else None
        asked = None if question is None else (question.key, question.chosen is not None)
        if self._asked is not None and asked != self._asked:
            self._speaker.hush()  # it is answered: nobody wants to hear the other answers
        self._asked = asked
        says = coaching.says if coaching is not None else ()
        lines = [Line(say.key, self._texts.said(say), say.urgency, say.fresh_s) for say in says]
        self._speaker.say(moment.t, lines)

    def finish(self, result: Result) -> None:
        """Nothing is left to do: closing the speaker lets it finish its sentence."""

    def abort(self) -> None:
        """Say no more."""
        self._speaker.hush()
