"""The one loop, for live and recorded alike: source -> estimate -> judge -> sinks."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from typing import Protocol

from formcheck.core.events import Warn
from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.session.moment import Moment
from formcheck.session.summary import Result

Observation = tuple[Frame | None, Sight]
"""A frame and what was seen in it; a replayed trace has no frames."""


class Estimator(Protocol):
    """Finds the person in a frame."""

    def estimate(self, frame: Frame) -> Sight:
        """Return what is seen in ``frame``; frames come with rising times."""


class Source(Protocol):
    """Delivers frames in order, and says afterwards what was wrong with them."""

    @property
    def warnings(self) -> list[Warn]:
        """What was wrong with them, complete after the last frame."""

    def __iter__(self) -> Generator[Observation, None, None]:
        """Yield what there is to judge, once."""


class Judging(Protocol):
    """A session: of a recording, or live."""

    def step(self, sight: Sight) -> Moment:
        """Judge one frame."""

    def finish(self, reading: Sequence[Warn] = ()) -> Result:
        """End it; ``reading`` are warnings of what delivered the frames."""


class Steered(Judging, Protocol):
    """A live session, or several in a row, which the person can pause and end."""

    @property
    def over(self) -> bool:
        """Whether it has ended, by itself or asked."""

    @property
    def paused(self) -> bool:
        """Whether the person has paused it."""

    def pause(self) -> None:
        """Judge nothing until ``resume``."""

    def resume(self) -> None:
        """Judge again."""

    def end(self) -> None:
        """Be over from the next frame on."""


class Sink(Protocol):
    """Takes every judged frame."""

    def take(self, frame: Frame | None, sight: Sight, moment: Moment) -> None:
        """Take one frame's judgement."""

    def finish(self, result: Result) -> None:
        """Write what is to be written at the end."""

    def abort(self) -> None:
        """Let go of everything, also after ``finish``: another sink failed, and all that was written is thrown away."""


def observe(frames: Iterable[Frame], estimator: Estimator) -> Iterator[Observation]:
    """Yield each frame with what is seen in it."""
    for frame in frames:
        yield frame, estimator.estimate(frame)


def run(source: Source, session: Judging, sinks: Sequence[Sink]) -> Result:
    """Judge everything the source delivers; sinks finish in order, or all abort where anything fails."""
    try:
        # closed before anything else is: a source may have a thread that still reads the file
        with closing(iter(source)) as observations:
            for frame, sight in observations:
                moment = session.step(sight)
                for sink in sinks:
                    sink.take(frame, sight, moment)
        result = session.finish(source.warnings)
        for sink in sinks:
            sink.finish(result)
    except BaseException:
        for sink in sinks:
            sink.abort()
        raise
    return result
