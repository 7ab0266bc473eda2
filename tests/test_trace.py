"""Traces: what is replayed is what was seen, to the last digit; damaged ones say so."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.core.events import Warn
from formcheck.core.pose import Patch, Pose, Sight, Texture
from formcheck.errors import TraceError
from formcheck.io.report.source_info import SourceInfo
from formcheck.io.trace import TraceReader, TraceWriter
from tests import figure
from tests.figure import Lift

INFO = SourceInfo("a.mp4", 6.2, 25.0, 854, 480, 156)


def rounded(sight: Sight) -> Sight:
    pose = sight.pose
    assert pose is not None
    return Sight(
        sight.t,
        Pose(pose.t, np.round(pose.xy, 2), np.round(pose.world, 4), np.round(pose.seen, 3), pose.size),
    )


def record(path: Path, sights: list[Sight], source: SourceInfo | None = INFO) -> Path:
    writer = TraceWriter(path, (854, 480))
    for sight in sights:
        writer.write(sight)
    writer.close(source, [Warn("sound_lost", "The sound is damaged.")] if source else None)
    return path


TEXTURES = (
    Texture(1, Patch(0.0, -1.25, 0.5, 0.998), Patch(2.0, 0.0, -3.25, 0.91)),
    Texture(2, None, Patch(2.0, 0.0, -3.25, 0.91)),
    Texture(3, None, None),
)


def seen() -> list[Sight]:
    sights = [rounded(s) for s in figure.sights([Lift()])]
    return [*(replace(s, texture=t) for s, t in zip(sights, TEXTURES, strict=False)), *sights[len(TEXTURES) :]]


def test_a_replay_knows_when_there_was_no_picture(tmp_path: Path) -> None:
    with TraceReader(record(tmp_path / "a.jsonl", [Sight(0.0, None), Sight(0.2, None, blind=True)])) as trace:
        assert [sight.blind for _, sight in trace] == [False, True]


@pytest.mark.parametrize("name", ["trace.jsonl", "trace.jsonl.gz", "Spur ünïcode 痕.jsonl.gz"])
def test_a_replay_sees_the_very_same_numbers(tmp_path: Path, name: str) -> None:
    sights = [*seen(), Sight(7.0, None, others=1, brightness=88.5)]
    with TraceReader(record(tmp_path / name, sights)) as trace:
        again = [sight for _, sight in trace]
    assert len(again) == len(sights)
    for a, b in zip(sights[:-1], again, strict=False):
        assert (a.t, a.texture) == (b.t, b.texture)
        assert a.pose is not None
        assert b.pose is not None
        for key in ("xy", "world", "seen"):
            assert np.array_equal(getattr(a.pose, key), getattr(b.pose, key))
    assert again[-1] == sights[-1]
    assert trace.source == INFO
    assert trace.warnings == [Warn("sound_lost", "")]
    assert trace.warnings[0].say == "The sound is damaged."


def test_the_same_session_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (record(tmp_path / name, seen()).read_bytes() for name in ("a.jsonl.gz", "b.jsonl.gz"))
    assert first == second


@pytest.mark.parametrize("name", ["cut.jsonl", "cut.jsonl.gz"])
def test_a_trace_cut_off_is_replayed_as_far_as_it_goes(tmp_path: Path, name: str) -> None:
    path = record(tmp_path / name, seen())
    path.write_bytes(path.read_bytes()[:-400])
    with TraceReader(path) as trace:
        again = list(trace)
    assert 20 < len(again) <= 156
    assert [warn.key for warn in trace.warnings] == ["incomplete_trace"]
    assert trace.source is not None
    assert trace.source.frames == len(again)


def damage(path: Path) -> None:
    lines = path.read_text().splitlines()
    row = json.loads(lines[5])
    row["xy"] = row["xy"][:10]
    lines[5] = json.dumps(row)
    path.write_text("\n".join(lines))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(lambda p: None, "No such file", id="missing"),
        pytest.param(lambda p: p.mkdir(), "directory", id="a folder"),
        pytest.param(lambda p: p.write_text(""), "not a formcheck trace", id="empty"),
        pytest.param(lambda p: p.write_text("hello\n"), "not a formcheck trace", id="text"),
        pytest.param(lambda p: p.write_text('{"a": 1}\n'), "not a formcheck trace", id="other JSON"),
        pytest.param(lambda p: p.write_text("[1, 2]\n"), "not a formcheck trace", id="a list"),
        pytest.param(lambda p: p.write_bytes(b"\xff\xfe\x00"), "not a formcheck trace", id="binary"),
        pytest.param(lambda p: damage(record(p, seen())), "frame is damaged", id="a damaged frame"),
    ],
)
def test_what_is_no_trace_is_refused(tmp_path: Path, make: object, says: str) -> None:
    path = tmp_path / "trace.jsonl"
    make(path)  # type: ignore[operator]
    with pytest.raises(TraceError, match=says), TraceReader(path) as trace:
        list(trace)
