"""Follows the person in several parts of a video at once, and joins what is found to one whole.

Each part is a lane: it begins some frames before the part does, with a tracker of its own, to have found its way in
when the part begins. Who follows the part before goes on until both see the same, then hands over. So it is the
pictures alone that say from where on which tracker is believed: neither the number of lanes at work nor their speed
changes anything in what is found.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from threading import Condition, Thread

from formcheck.core.pose import Sight
from formcheck.io.pose.seam import COMPARED, Found, may_hand_over

Opened = Generator[Found, None, None]
"""What a lane finds, frame by frame, from before its part to the video's end; closed where the lane ends."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the video.

    Attributes:
        start: time of its first frame, s.
        open: begins to follow the person, from some frames before.
    """

    start: float
    open: Callable[[], Opened]


@dataclass(slots=True, eq=False)
class _Lane:
    """How far a part is.

    Attributes:
        part: which.
        kept: what was found and not yet taken.
        ended: whether nothing more will come.
        next: the lane that goes on where this one has handed over, and the time of the last frame before.
        counts: whether what is found here is believed: all lanes before have handed over.
        void: whether an earlier lane that counts has gone on through all of it.
        thread: who follows the person in it; None before it has begun.
    """

    part: Part
    kept: deque[Found] = field(default_factory=deque)
    ended: bool = False
    next: "tuple[int, float] | None" = None
    counts: bool = False
    void: bool = False
    thread: Thread | None = None


class Lanes:
    """The whole video, found in parts. Iterate over ``sights()`` once.

    Args:
        parts: in order; the first begins with the video.
        jobs: how many lanes work at once. A lane that waits for the next one's first frames does not count.

    Attributes:
        found: frames found so far, for showing how far it is.
    """

    def __init__(self, parts: Sequence[Part], jobs: int) -> None:
        self._lanes = [_Lane(part) for part in parts]
        self._lanes[0].counts = True
        self._jobs = max(1, jobs)
        self._changed = Condition()
        self._working = 0
        self._taking = 0
        self._error: BaseException | None = None
        self._stopped = False
        self.found = 0

    def sights(self) -> Generator[Sight, None, None]:
        """Yield what is seen in every frame, in order.

        An error in any lane is raised here. Closing this ends all lanes.
        """
        after = float("-inf")
        try:
            while True:
                taken, following = self._take()
                for found in taken:
                    if found.sight.t > after:
                        yield found.sight
                if following is not None:
                    after = following[1]
                elif not taken:
                    return
        finally:
            self._stop()

    # ---- the one who takes

    def _take(self) -> "tuple[list[Found], tuple[int, float] | None]":
        """What the present lane has, and whether another one goes on after it; nothing at all where it is the end."""
        with self._changed:
            while True:
                self._start()
                if self._error is not None:
                    raise self._error
                lane = self._lanes[self._taking]
                if lane.kept or lane.ended or lane.next is not None:
                    break
                self._changed.wait()
            taken, following = list(lane.kept), lane.next
            lane.kept.clear()
            if following is not None:
                self._taking = following[0]
                self._changed.notify_all()
            return taken, following

    def _start(self) -> None:
        """Begin lanes while there is work for another one; never so far ahead that what is found piles up."""
        alive = [number for number in range(self._taking, len(self._lanes)) if not self._lanes[number].void]
        for number in alive[: 2 * self._jobs + 1]:
            lane = self._lanes[number]
            if self._working >= self._jobs or self._stopped:
                return
            if lane.thread is None:
                self._working += 1
                lane.thread = Thread(target=self._follow, args=(number,), name=f"formcheck-lane-{number}", daemon=True)
                lane.thread.start()

    def _stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        for lane in self._lanes:
            if lane.thread is not None:
                lane.thread.join()

    # ---- a lane's thread

    def _follow(self, number: int) -> None:
        lane = self._lanes[number]
        try:
            with closing(lane.part.open()) as found:
                self._run(number, found)
        except BaseException as error:  # raised again where it can be handled
            with self._changed:
                if self._error is None and not lane.void:
                    self._error = error
        finally:
            with self._changed:
                lane.ended = True
                self._working -= 1
                self._start()
                self._changed.notify_all()

    def _run(self, number: int, found: Opened) -> None:
        lane, successor = self._lanes[number], number + 1
        until = self._start_of(successor)
        last: deque[Found] = deque(maxlen=COMPARED)
        for each in found:
            last.appendleft(each)
            t = each.sight.t
            with self._changed:
                if lane.void or self._stopped:
                    lane.kept.clear()
                    return
                lane.kept.append(each)
                self.found += lane.part.start <= t < until
                self._changed.notify_all()
                while t >= self._start_of(successor):
                    if self._hands_over(lane, list(last), successor):
                        return
                    if t < self._start_of(successor + 1):
                        break
                    if not self._passes(lane, successor):
                        return
                    successor += 1

    def _start_of(self, number: int) -> float:
        return self._lanes[number].part.start if number < len(self._lanes) else float("inf")

    def _hands_over(self, lane: _Lane, last: list[Found], successor: int) -> bool:
        """Wait until the next lane has come as far; hand over to it if both see the same. True: this lane ends."""
        t, other = last[0].sight.t, self._lanes[successor]
        self._wait_for(lambda: self._stopped or lane.void or other.ended or _has_reached(other, t))
        if self._stopped or lane.void:
            return True
        if not may_hand_over(last, _up_to(other, t)):
            return False
        lane.next = successor, t
        while lane.counts and lane.next is not None:
            lane = self._lanes[lane.next[0]]
            lane.counts = True
        self._changed.notify_all()
        return True

    def _passes(self, lane: _Lane, successor: int) -> bool:
        """Take the place of a part's lane that never saw the same. False: this lane ends, for it does not count."""
        self._wait_for(lambda: self._stopped or lane.void or lane.counts)
        if self._stopped or lane.void:
            return False
        self._lanes[successor].void = True
        self._changed.notify_all()
        return True

    def _wait_for(self, ready: Callable[[], bool]) -> None:
        """Wait; meanwhile another lane may begin in this one's place."""
        if ready():
            return
        self._working -= 1
        self._start()
        try:
            self._changed.wait_for(ready)
        finally:
            self._working += 1


def _has_reached(lane: _Lane, t: float) -> bool:
    return bool(lane.kept) and lane.kept[-1].sight.t >= t


def _up_to(lane: _Lane, t: float) -> list[Found]:
    """The last kept frames up to ``t``, the last one first."""
    place = bisect_right(lane.kept, t, key=lambda found: found.sight.t)
    return [lane.kept[i] for i in range(place - 1, max(-1, place - 1 - COMPARED), -1)]
