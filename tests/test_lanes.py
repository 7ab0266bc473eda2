"""Parts that are worked on at once give what one after another would; what goes wrong in one is told, and all end."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from formcheck.core.landmarks import LANDMARKS
from formcheck.core.pose import Pose, Sight
from formcheck.io.pose.lanes import Lanes, Opened, Part
from formcheck.io.pose.seam import Found, may_hand_over

FRAMES = 200
STARTS = (0.0, 50.0, 100.0, 150.0)
WARM = 10
SIZE = (640, 360)


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("formcheck")]


def pose(t: float, shift: float = 0.0) -> Pose:
    """A limb is 100 pixels long: 1.7 pixels are a degree."""
    xy = np.zeros((LANDMARKS, 2))
    for row, (left, right) in enumerate(((11, 12), (23, 24), (25, 26), (27, 28))):
        xy[[left, right]] = 100.0 * row + shift, 200.0
    return Pose(t, xy, np.zeros((LANDMARKS, 3)), np.ones(LANDMARKS), SIZE)


@dataclass
class Film:
    """Stand-in for a video with a tracker: what a lane sees hangs on the frame, and on where the lane began."""

    sees: Callable[[int, int], float | None]
    frames: int = FRAMES
    starts: tuple[float, ...] = STARTS
    pictures: Callable[[int, int], int] = field(default=lambda frame, lane: frame)
    slow: Callable[[int, int], None] = field(default=lambda frame, lane: None)
    opened: list[int] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)
    found: dict[int, int] = field(default_factory=dict)

    def lane(self, number: int) -> Callable[[], Opened]:
        def run() -> Iterator[Found]:
            self.opened.append(number)
            try:
                for frame in range(max(0, int(self.starts[number]) - WARM), self.frames):
                    self.slow(frame, number)
                    self.found[number] = frame
                    shift = self.sees(frame, number)
                    seen = None if shift is None else pose(float(frame), shift)
                    # the answer to a look tells which lane a sight is from
                    yield Found(Sight(float(frame), seen, others=number), self.pictures(frame, number))
            finally:
                self.closed.append(number)

        return run  # type: ignore[return-value]

    def lanes(self, jobs: int) -> Lanes:
        return Lanes([Part(start, self.lane(number)) for number, start in enumerate(self.starts)], jobs)

    def chosen(self, jobs: int) -> list[int | None]:
        """Which lane each frame is from."""
        sights = list(self.lanes(jobs).sights())
        assert [sight.t for sight in sights] == [float(i) for i in range(self.frames)]
        assert threads() == []
        return [sight.others for sight in sights]


def spans(chosen: list[int | None]) -> list[tuple[int | None, int]]:
    """Lanes with the first frame that is theirs."""
    return [(lane, i) for i, lane in enumerate(chosen) if i == 0 or chosen[i - 1] != lane]


def at(frame: int, lane: int) -> float:
    return 3.0 * np.sin(frame / 7)  # type: ignore[no-any-return]


def exchanged(until: int) -> Callable[[int, int], float]:
    """The second lane has the legs the other way round until a frame."""
    return lambda frame, lane: at(frame, lane) + (40.0 if lane == 1 and frame < until else 0.0)


CASES = {
    "all see the same: each hands over where the next part begins": (
        Film(at),
        [(0, 0), (1, 51), (2, 101), (3, 151)],
    ),
    "another state for a while: the earlier goes on until it is the same for two frames": (
        Film(exchanged(70)),
        [(0, 0), (1, 72), (2, 101), (3, 151)],
    ),
    "never the same: the earlier goes on through the whole part": (
        Film(exchanged(300)),
        [(0, 0), (2, 101), (3, 151)],
    ),
    "no two lanes ever see the same: as if there was one": (
        Film(lambda frame, lane: at(frame, lane) + 40.0 * lane),
        [(0, 0)],
    ),
    "the person not found at first: the earlier follows on": (
        Film(lambda frame, lane: None if lane == 2 and frame < 130 else at(frame, lane)),
        [(0, 0), (1, 51), (2, 132), (3, 151)],
    ),
    "nobody anywhere: that is the same as well": (
        Film(lambda frame, lane: None),
        [(0, 0), (1, 51), (2, 101), (3, 151)],
    ),
    "other pictures than those before: not believed until they are the same": (
        Film(at, pictures=lambda frame, lane: frame + 1000 * (lane == 1 and frame < 80)),
        [(0, 0), (1, 82), (2, 101), (3, 151)],
    ),
    "less than a degree apart": (
        Film(lambda frame, lane: at(frame, lane) + 1.2 * (lane % 2)),
        [(0, 0), (1, 51), (2, 101), (3, 151)],
    ),
    "a video that ends with the frame that would hand over": (Film(at, frames=51), [(0, 0)]),
    "a video that ends before the second part": (Film(at, frames=30), [(0, 0)]),
    "one part": (Film(at, starts=(0.0,)), [(0, 0)]),
}


@pytest.mark.parametrize("jobs", [1, 2, 3, 8])
@pytest.mark.parametrize(("film", "expected"), CASES.values(), ids=CASES)
def test_which_lane_is_believed_hangs_on_the_pictures_alone(
    film: Film, expected: list[tuple[int, int]], jobs: int
) -> None:
    assert spans(film.chosen(jobs)) == expected


@pytest.mark.parametrize("seed", range(8))
def test_it_does_not_hang_on_who_is_faster(seed: int) -> None:
    dice = random.Random(seed)
    pace = [dice.choice([0.0, 0.0005, 0.002]) for _ in STARTS]

    def sees(frame: int, lane: int) -> float:
        return at(frame, lane) + (
            40.0 if (lane in (1, 2) and frame % 50 < 10 * lane) or (lane, frame // 50) == (1, 2) else 0.0
        )

    straight = spans(Film(sees).chosen(1))
    film = Film(sees, slow=lambda frame, lane: time.sleep(pace[lane]))
    assert spans(film.chosen(2 + seed % 3)) == straight


def test_no_more_lanes_work_than_there_are_jobs() -> None:
    at_work, most, lock = [0], [0], threading.Lock()

    def slow(frame: int, lane: int) -> None:
        with lock:
            at_work[0] += 1
            most[0] = max(most[0], at_work[0])
        time.sleep(0.0002)
        with lock:
            at_work[0] -= 1

    Film(at, slow=slow).chosen(2)
    assert most[0] <= 3  # a lane that waited for the next one may run on beside those that took its place


def test_poses_do_not_pile_up_where_they_are_taken_slowly() -> None:
    starts = tuple(20.0 * i for i in range(30))
    film = Film(at, frames=600, starts=starts)
    sights = film.lanes(2).sights()
    assert next(sights).t == 0.0
    time.sleep(0.5)
    assert max(film.opened) <= 4
    sights.close()
    assert threads() == []


def test_a_lane_that_fails_is_told_and_all_end() -> None:
    def sees(frame: int, lane: int) -> float:
        if lane == 1 and frame == 60:
            raise OSError("torn")
        return at(frame, lane)

    film = Film(sees)
    with pytest.raises(OSError, match="torn"):
        list(film.lanes(2).sights())
    assert threads() == []
    assert sorted(film.opened) == sorted(film.closed)


def test_stopping_in_the_middle_ends_all_lanes_soon() -> None:
    film = Film(at, frames=100_000, starts=(0.0, 30_000.0, 60_000.0), slow=lambda frame, lane: time.sleep(0.001))
    sights = film.lanes(3).sights()
    next(sights)
    sights.close()
    assert threads() == []
    assert sorted(film.opened) == sorted(film.closed)
    assert all(frame < 61_000 for frame in film.found.values())


def test_how_far_it_is_counts_each_frame_once() -> None:
    film = Film(at)
    lanes = film.lanes(2)
    list(lanes.sights())
    assert lanes.found == FRAMES


def found(t: float, shift: float, picture: int = 0) -> Found:
    return Found(Sight(t, pose(t, shift)), picture)


@pytest.mark.parametrize(
    ("new", "may"),
    [
        pytest.param([found(2, 0), found(1, 0)], True, id="the same"),
        pytest.param([found(2, 1.6), found(1, 1.6)], True, id="just under a degree of a limb"),
        pytest.param([found(2, 1.9), found(1, 0)], False, id="over a degree in the last frame"),
        pytest.param([found(2, 0), found(1, 1.9)], False, id="over a degree in the frame before"),
        pytest.param([found(2, 0, 1), found(1, 0)], False, id="another picture"),
        pytest.param([found(3, 0), found(2, 0)], False, id="another moment"),
        pytest.param([Found(Sight(2, None), 0), found(1, 0)], False, id="nobody"),
        pytest.param([found(2, 0)], False, id="too few to tell"),
    ],
)
def test_a_lane_hands_over_where_both_see_the_same_within_a_degree(new: list[Found], may: bool) -> None:
    assert may_hand_over([found(2, 0), found(1, 0)], new) is may
