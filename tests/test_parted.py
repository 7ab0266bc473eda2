"""A video worked on in parts: the same frames at the same times, and the same findings whatever the number of jobs."""

import os
import threading
from collections.abc import Callable
from fractions import Fraction
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.io.report.document import document
from formcheck.io.video import parted as parted_module
from formcheck.io.video.frame_index import frame_index
from formcheck.io.video.opening import open_recording
from formcheck.io.video.parted import PartedRecording
from formcheck.io.video.parts import starts_of_parts
from formcheck.io.video.passage import Passage
from formcheck.io.video.reader import VideoReader
from formcheck.session.session import Session
from formcheck.session.summary import Result
from tests import videos
from tests.conftest import ROOT
from tests.goldens.remake import HERE, NAMES, SAMPLES, SOURCE, report_of
from tests.videos import CLOCK

SAMPLE = ROOT / "samples" / "bridge.mp4"
KEYS = {"g": "12"}


def turned(path: Path, **how: Any) -> Path:
    return videos.turned(videos.make(path, **how), 90)


def late(path: Path, **how: Any) -> Path:
    return videos.make(path, pts=[CLOCK * 5 + i * 3600 for i in range(60)], **how)


def uneven(path: Path, **how: Any) -> Path:
    return videos.make(path, pts=[i * 3600 + (i % 3) * 700 for i in range(60)], **how)


KINDS: dict[str, tuple[str, Callable[..., Path], dict[str, Any]]] = {
    "mp4": ("a.mp4", videos.make, {"options": KEYS}),
    "mp4 with pictures that need later ones": ("a.mp4", videos.make, {"options": KEYS | {"bf": "3"}}),
    "mp4 with open groups": ("a.mp4", videos.make, {"options": KEYS | {"x264-params": "open-gop=1:bframes=3"}}),
    "mkv": ("a.mkv", videos.make, {"options": KEYS}),
    "webm": ("a.webm", videos.make, {"codec": "libvpx", "options": KEYS}),
    "mov": ("a.mov", videos.make, {"codec": "mpeg4", "options": KEYS}),
    "stream without an index": ("a.ts", videos.make, {"options": KEYS}),
    "turned": ("a.mp4", turned, {"options": KEYS}),
    "late start": ("a.mkv", late, {"options": KEYS}),
    "variable frame rate": ("a.mp4", uneven, {"options": KEYS}),
    "interlaced": ("a.mkv", videos.make, {"interlaced": True}),
    "pixels that are not square": ("a.mkv", videos.make, {"aspect": Fraction(4, 3), "options": KEYS}),
    "one picture that stands by itself": ("a.mp4", videos.make, {"options": {"g": "1000"}}),
}


@pytest.mark.parametrize(("name", "make", "how"), KINDS.values(), ids=KINDS)
def test_a_passage_has_the_frames_and_times_of_the_whole(
    tmp_path: Path, name: str, make: Callable[..., Path], how: dict[str, Any]
) -> None:
    path = make(tmp_path / name, frames=60, **how)
    index = frame_index(path)
    assert index is not None
    with VideoReader(path) as video:
        whole = list(video)
    assert index.times == tuple(frame.t for frame in whole)
    for first in (0, 1, 11, 12, 13, 37, 59):
        with Passage(path, index, first) as passage:
            frames = list(passage)
        assert [frame.t for frame in frames] == [frame.t for frame in whole[first:]]
        # joining fields needs the picture before: the first one after a beginning may differ
        skip = 2 if how.get("interlaced") else 0
        for a, b in zip(frames[skip:], whole[first + skip :], strict=True):
            assert np.array_equal(a.image, b.image)


@pytest.mark.parametrize(
    ("name", "how"),
    [
        pytest.param("raw.h264", {}, id="a bare stream has no times"),
        pytest.param("a.mp4", {"pts": [0, 3600, *(20 * CLOCK + i * 3600 for i in range(8))]}, id="a leap in time"),
        pytest.param("a.mp4", {"fps": 1, "frames": 60, "options": {"g": "1000"}}, id="too few pictures to begin with"),
        pytest.param("a.mp4", {"frames": 1}, id="one frame"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_plain_stays_whole(tmp_path: Path, name: str, how: dict[str, Any]) -> None:
    assert frame_index(videos.make(tmp_path / name, **({"frames": 10} | how))) is None


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.write_bytes(b"hello"), videos.only_sound])
def test_what_is_no_video_has_no_index(tmp_path: Path, make: Callable[[Path], Any]) -> None:
    make(tmp_path / "a.mp4")
    assert frame_index(tmp_path / "a.mp4") is None


def test_where_seeking_misses_it_is_read_from_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = videos.make(tmp_path / "a.mp4", frames=60, options=KEYS)
    index = frame_index(path)
    assert index is not None
    monkeypatch.setattr(Passage, "_lands", lambda self, key: False)
    with Passage(path, index, 40) as passage:
        assert [frame.t for frame in passage] == list(index.times[40:])


def test_a_late_picture_is_made_once_and_only_if_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    picture = VideoReader._picture
    monkeypatch.setattr(VideoReader, "_picture", lambda self, frame: made.append(1) or picture(self, frame))
    with VideoReader(SAMPLE, late=True) as video:
        frames = list(islice(video, 5))
    assert [frame.size for frame in frames] == [video.size] * 5
    assert made == []
    assert frames[2].image is frames[2].image
    assert len(made) == 1
    with VideoReader(SAMPLE) as eager:
        assert np.array_equal(list(islice(eager, 3))[2].image, frames[2].image)


@pytest.mark.parametrize(
    ("duration", "parts"),
    [
        (0.0, 1),
        (39.9, 1),
        (40.0, 2),
        (59.0, 2),
        (60.0, 4),
        (99.0, 4),
        (100.0, 8),
        (159.0, 8),
        (160.0, 12),
        (3600.0, 68),
    ],
)
def test_long_videos_have_parts_of_a_minute_at_most(duration: float, parts: int) -> None:
    starts = starts_of_parts(duration)
    assert len(starts) == parts
    lengths = [b - a for a, b in pairwise([*starts, max(duration, 1.0)])]
    assert all(10 < length < 63 for length in lengths[:4]) or parts == 1
    assert all(2.9 < length < 63 for length in lengths) or parts == 1


@pytest.mark.parametrize("duration", [100.0, 128.0, 600.0, 3600.0])
def test_the_last_parts_are_short_for_they_are_judged_when_all_is_found(duration: float) -> None:
    lengths = [b - a for a, b in pairwise([*starts_of_parts(duration), duration])]
    assert max(lengths[-2:]) < 0.4 * max(lengths)
    assert max(lengths[-4:-2]) < 0.7 * max(lengths)


@pytest.mark.parametrize("duration", [47.0, 61.5, 200.0, 1234.5])
def test_cuts_lie_between_the_looks_for_others(duration: float) -> None:
    assert all(start % 3.0 == pytest.approx(2.9) for start in starts_of_parts(duration)[1:])


def parted(path: Path, starts: list[float], jobs: int) -> PartedRecording:
    index = frame_index(path)
    assert index is not None
    return PartedRecording(VideoReader(path, late=True), index, starts, str(path), model=None, jobs=jobs)


def analysed(source: Any) -> tuple[list[Sight], Result]:
    session, sights = Session(None), []
    for _, sight in source:
        sights.append(sight)
        session.step(sight)
    return sights, session.finish(source.warnings)


def in_parts(path: Path, starts: list[float], jobs: int) -> tuple[list[Sight], Result]:
    source = parted(path, starts, jobs)
    try:
        return analysed(source)
    finally:
        source.close()
        source.video.close()


def as_told(result: Result) -> tuple[object, ...]:
    return (
        result.exercise and result.exercise.key,
        result.side,
        [[fault.key for fault in each.faults] for each in result.done],
        [warn.key for warn in result.warnings],
        len(result.segments),
    )


@pytest.mark.video
@pytest.mark.parametrize("name", NAMES)
def test_a_sample_in_parts_is_judged_as_whole(name: str) -> None:
    golden = report_of(HERE / f"{name}.trace.jsonl.gz")
    with VideoReader(SAMPLES / f"{name}.mp4") as video:
        middle = video.duration_s / 2
    _, result = in_parts(SAMPLES / f"{name}.mp4", [0.0, middle], jobs=2)
    found = document(result, SOURCE)
    assert [found.get(key) for key in ("exercise", "side", "segments")] == [
        golden.get(key) for key in ("exercise", "side", "segments")
    ]
    assert [warn["key"] for warn in found["warnings"]] == [warn["key"] for warn in golden["warnings"]]
    for kind in ("reps", "holds"):
        faults = [[[fault["key"] for fault in each["faults"]] for each in report[kind]] for report in (found, golden)]
        assert faults[0] == faults[1]


def same(a: Sight, b: Sight) -> bool:
    p, q = a.pose, b.pose
    if (a.t, a.others, a.brightness, a.texture) != (b.t, b.others, b.brightness, b.texture):
        return False
    if p is None or q is None:
        return p is q
    return all(np.array_equal(x, y) for x, y in ((p.xy, q.xy), (p.world, q.world), (p.seen, q.seen)))


@pytest.mark.video
@pytest.mark.parametrize("name", NAMES)
def test_the_number_of_jobs_changes_nothing_at_all(tmp_path: Path, name: str) -> None:
    short = first_seconds(tmp_path / "a.mp4", 6.0, name)
    one, result = in_parts(short, [0.0, 2.0, 4.0], jobs=1)
    three, other = in_parts(short, [0.0, 2.0, 4.0], jobs=3)
    assert len(one) == len(three)
    assert all(map(same, one, three))
    assert as_told(result) == as_told(other)
    assert threading.active_count() == 1


@pytest.mark.video
def test_stopping_early_leaves_no_thread() -> None:
    source = parted(SAMPLE, [0.0, 5.0], jobs=2)
    frames = iter(source)
    next(frames)
    frames.close()
    source.close()
    source.video.close()
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("formcheck")] == []


def first_seconds(path: Path, seconds: float, name: str = SAMPLE.stem) -> Path:
    """The beginning of a sample, without encoding it anew."""
    with av.open(str(SAMPLES / f"{name}.mp4")) as source, av.open(str(path), "w") as out:
        stream = source.streams.video[0]
        target = out.add_stream_from_template(stream)
        for packet in source.demux(stream):
            if packet.pts is not None and packet.pts * packet.time_base < seconds:
                packet.stream = target
                out.mux(packet)
    return path


def long(path: Path, seconds: float = 42.0) -> Path:
    return videos.make(path, size=(64, 48), frames=round(25 * seconds), options=KEYS)


@pytest.mark.parametrize(("seconds", "in_parts"), [(38.0, False), (42.0, True)])
def test_only_long_videos_are_worked_on_in_parts(tmp_path: Path, seconds: float, in_parts: bool) -> None:
    with open_recording(long(tmp_path / "a.mp4", seconds), jobs=2) as source:
        assert isinstance(source, PartedRecording) is in_parts


def test_a_name_that_is_no_utf_8_can_be_written_in_results(tmp_path: Path) -> None:
    path = videos.make(tmp_path / os.fsdecode(b"caf\xe9.mp4"), frames=3)
    with open_recording(path) as source:
        assert source.info.path == rf"{tmp_path}/caf\udce9.mp4"


class Nobody:
    """Stands in for who finds the person: sees the picture, and nobody in it."""

    def __init__(self, *_: object) -> None: ...

    def estimate(self, frame: Frame) -> Sight:
        return Sight(frame.t, None)

    def close(self) -> None: ...


def torn(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 9 // 10])


def scratched(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for at in range(len(content) // 3, len(content) * 2 // 3, 5_000):
        content[at : at + 100] = bytes(100)
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [torn, scratched])
@pytest.mark.parametrize("jobs", [1, 2])
def test_of_a_damaged_video_each_frame_that_can_be_read_is_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None], jobs: int
) -> None:
    path = long(tmp_path / "a.mkv", 50.0)
    damage(path)
    monkeypatch.setattr(parted_module, "PersonFinder", Nobody)
    with VideoReader(path, late=True) as video:
        times = [frame.t for frame in video]
    with open_recording(path, jobs=jobs) as source:
        assert [sight.t for _, sight in source] == times
        assert [warn.key for warn in source.warnings] == [warn.key for warn in video.warnings]


def test_an_error_in_a_lane_reaches_who_judges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = long(tmp_path / "a.mp4")

    def fail(self: Nobody, frame: Frame) -> Sight:
        raise OSError(f"torn at {frame.t}")

    monkeypatch.setattr(parted_module, "PersonFinder", Nobody)
    monkeypatch.setattr(Nobody, "estimate", fail)
    with open_recording(path, jobs=2) as source, pytest.raises(OSError, match="torn at"):
        list(source)
    assert threading.active_count() == 1
