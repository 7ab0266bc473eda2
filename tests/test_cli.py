"""The command line, from outside: a process, its exit status, what it prints and what it leaves behind."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from formcheck import __version__
from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.exercises import all_exercises
from formcheck.io.report.source_info import SourceInfo
from formcheck.io.trace import TraceWriter
from formcheck.io.video.reader import VideoReader
from formcheck.ui.analyze_commands import folder_names
from tests import figure, lying, videos
from tests.conftest import ROOT

SAMPLE = ROOT / "samples" / "bridge.mp4"
EXPECTED = json.loads((ROOT / "samples" / "bridge.expected.json").read_text())


def formcheck(*words: object, cwd: Path, **how: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error::DeprecationWarning:formcheck", "-m", "formcheck", *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=300, **how)  # type: ignore[call-overload,no-any-return]


def clip(path: Path, seconds: float, change: object = None, start: float = 0.0) -> Path:
    """A piece of the sample, each picture changed by ``change``."""
    images = []
    with VideoReader(SAMPLE) as video:
        for frame in video:
            if frame.t > start + seconds:
                break
            if frame.t >= start:
                images.append(change(frame.image) if callable(change) else frame.image)
    height, width = images[0].shape[:2]
    return videos.make(path, size=(width, height), frames=len(images), images=images)


def left_behind(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    folder = tmp_path_factory.mktemp("analysed")
    return formcheck("analyze", SAMPLE, "--out", "out dir ü", "--json", "--trace", cwd=folder), folder / "out dir ü"


@pytest.mark.video
def test_the_sample_gives_what_its_origin_says(
    analysed: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    run, out = analysed
    assert run.returncode == 0
    document = json.loads(run.stdout)
    assert json.loads((out / "bridge" / "report.json").read_text()) == document
    assert document["exercise"] == EXPECTED["exercise"]
    assert document["side"] == EXPECTED["side"]
    assert [[f["key"] for f in rep["faults"]] for rep in document["reps"]] == EXPECTED["faults"]
    assert document["warnings"] == []
    assert run.stderr == ""
    assert left_behind(out) == [
        f"bridge/{name}" for name in ("angles.csv", "annotated.mp4", "report.html", "report.json", "trace.jsonl.gz")
    ]


@pytest.mark.video
def test_the_annotated_video_is_as_long_and_shows_the_overlay(
    analysed: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    with VideoReader(analysed[1] / "bridge" / "annotated.mp4") as ours, VideoReader(SAMPLE) as source:
        pairs = list(zip(ours, source, strict=True))
    assert [a.t for a, _ in pairs] == pytest.approx([b.t for _, b in pairs], abs=1e-3)
    difference = np.abs(pairs[210][0].image.astype(int) - pairs[210][1].image).max(axis=2)
    assert (difference > 60).mean() > 0.01  # the skeleton and the panels
    assert np.median(difference) < 12  # the rest is as it was


@pytest.mark.video
def test_a_replayed_trace_gives_the_same_report(
    analysed: tuple[subprocess.CompletedProcess[str], Path], tmp_path: Path
) -> None:
    run, out = analysed
    again = formcheck("replay", out / "bridge" / "trace.jsonl.gz", "--json", "--out", "r", cwd=tmp_path)
    assert again.returncode == 0
    assert again.stdout == run.stdout
    angles = "angles.csv"
    assert (tmp_path / "r" / "bridge-replay" / angles).read_bytes() == (out / "bridge" / angles).read_bytes()


def test_version_and_help(tmp_path: Path) -> None:
    assert formcheck("--version", cwd=tmp_path).stdout == f"formcheck {__version__}\n"
    for command in ([], ["analyze"], ["replay"], ["exercises"]):
        shown = formcheck(*command, "--help", cwd=tmp_path)
        assert (shown.returncode, shown.stderr) == (0, "")
        assert "--help" in shown.stdout


def test_the_help_names_every_exercise(tmp_path: Path) -> None:
    shown = formcheck("analyze", "--help", cwd=tmp_path, env=os.environ | {"COLUMNS": "200", "TERMINAL_WIDTH": "200"})
    for exercise in all_exercises():
        assert exercise.name in "".join(shown.stdout.split())


def test_the_exercises_are_listed_with_dose_and_rules(tmp_path: Path) -> None:
    listed = formcheck("exercises", cwd=tmp_path)
    assert (listed.returncode, listed.stderr) == (0, "")
    headings = [line for line in listed.stdout.splitlines() if not line.startswith(" ")]
    assert headings == [
        "bridge: Bridge, 8-12 repetitions",
        "knee-to-chest: Lower-back stretch, hold 20-30 s, twice each leg",
        "pelvic-tilt: Pelvic tilt, 8-12 repetitions",
        "prone-press-up: Prone press-up, 8-12 repetitions (only when asked for with --exercise prone-press-up)",
        "towel-stretch: Towel stretch, hold 20-30 s, twice each leg",
    ]
    for exercise in all_exercises():
        for rule in exercise.rules:
            assert f"{rule.say}. {rule.why}" in listed.stdout


def traced(path: Path, *parts: Iterable[Sight]) -> Path:
    """A trace of figures, one part after another."""
    writer, then, frames = TraceWriter(path, figure.SIZE), 0.0, 0
    for part in parts:
        for sight in part:
            assert sight.pose is not None
            now = then + sight.t
            writer.write(replace(sight, t=now, pose=replace(sight.pose, t=now)))
            frames += 1
        then = now + 0.04
    writer.close(SourceInfo("somebody.mp4", then, 25.0, *figure.SIZE, frames), [])
    return path


BRIDGES = [figure.Lift(), figure.Lift(top=155), figure.Lift()]
STRETCHES = [lying.Stretch(), lying.Stretch(lying.Leg(72.0, 140.0))]


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        pytest.param(
            lambda: [figure.sights(BRIDGES)],
            [
                r"somebody.mp4: Bridge, 3 repetitions, 2 good",
                r"rep +from +to +hip angle at the top",
                r"2 +6.\d s +10.\d s +15\d° +lift a little higher",
            ],
            id="repetitions",
        ),
        pytest.param(
            lambda: [lying.stretches(STRETCHES)],
            [
                r"somebody.mp4: Towel stretch, 2 holds, 1 good",
                r"hold +leg +from +to +held +leg elevation",
                r"1 +right +3.\d s +25.\d s +22.\d s +7\d° +good",
                r"2 +right .* straighten the knee",
            ],
            id="holds",
        ),
        pytest.param(
            lambda: [figure.sights(BRIDGES), lying.stretches(STRETCHES, before=3.0)],
            [
                r"somebody.mp4: Bridge, 3 repetitions, 2 good; Towel stretch, 2 holds, 1 good",
                r"\nBridge\nrep +from",
                r"\nTowel stretch\nhold +leg",
            ],
            id="several exercises",
        ),
    ],
)
def test_what_was_found_is_told_on_standard_error(parts: object, says: list[str], tmp_path: Path) -> None:
    trace = traced(tmp_path / "a.jsonl.gz", *parts())  # type: ignore[operator]
    run = formcheck("replay", trace.name, "--out", "out", cwd=tmp_path, env=os.environ | {"COLUMNS": "200"})
    assert (run.returncode, run.stdout) == (0, "")
    for pattern in says:
        assert re.search(pattern, run.stderr), run.stderr
    assert "results: out/a-replay/report.html" in run.stderr


def test_a_replay_of_several_exercises_tells_of_each(tmp_path: Path) -> None:
    trace = traced(tmp_path / "a.jsonl.gz", figure.sights(BRIDGES), lying.stretches(STRETCHES, before=3.0))
    run = formcheck("replay", trace.name, "--out", "out", "--json", cwd=tmp_path)
    assert run.stderr == ""
    document = json.loads(run.stdout)
    assert [part["exercise"] for part in document["segments"]] == ["bridge", "towel_stretch"]
    assert [[f["key"] for f in hold["faults"]] for hold in document["segments"][1]["holds"]] == [[], ["knee_bent"]]
    assert (document["exercise"], document["totals"]["reps"], document["holds"]) == ("bridge", 3, [])


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["analyze"], id="no video"),
        pytest.param(["analyze", "a.mp4", "--bogus"], id="no such option"),
        pytest.param(["dance"], id="no such command"),
        pytest.param(["replay"], id="no trace"),
    ],
)
def test_wrong_usage_is_2(words: list[str], tmp_path: Path) -> None:
    run = formcheck(*words, cwd=tmp_path)
    assert run.returncode == 2
    assert run.stdout == ""
    assert "Usage" in run.stderr
    assert "Traceback" not in run.stderr


def fails(run: subprocess.CompletedProcess[str], folder: Path, says: str, kept: list[str] | None = None) -> None:
    assert run.returncode == 1
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    assert says in run.stderr.replace("\n", " ")
    assert left_behind(folder / "out") == (kept or [])
    assert not (folder / "out").exists() or kept or not list((folder / "out").iterdir())


@pytest.mark.parametrize(
    ("name", "make", "says"),
    [
        pytest.param("gone.mp4", lambda p: None, "there is no file", id="no such file"),
        pytest.param("a.mp4", lambda p: p.mkdir(), "is a folder", id="a folder"),
        pytest.param("a.mp4", lambda p: p.write_bytes(b""), "is empty", id="empty"),
        pytest.param("a.mp4", lambda p: p.write_text("hello"), "is not a video", id="text named mp4"),
        pytest.param("a.m4a", videos.only_sound, "only sound", id="sound only"),
        pytest.param(
            "a.png",
            lambda p: videos.make(p, codec="png", pix_fmt="rgb24", frames=1, container="image2"),
            "is a picture",
            id="a picture",
        ),
    ],
)
def test_what_is_no_video_is_1_with_a_clear_word(tmp_path: Path, name: str, make: object, says: str) -> None:
    make(tmp_path / name)  # type: ignore[operator]
    fails(formcheck("analyze", name, "--out", "out", "--json", cwd=tmp_path), tmp_path, says)


@pytest.mark.video
@pytest.mark.parametrize(
    ("named", "folders"),
    [
        pytest.param(["a/x.mp4", "b/y.mp4"], ["x", "y"], id="other names"),
        pytest.param(["a/x.mp4", "a/x.mov"], ["x.mp4", "x.mov"], id="other endings"),
        pytest.param(["a/x.mp4", "b/x.mp4", "c/x.mp4"], ["x.mp4", "x.mp4-2", "x.mp4-3"], id="other folders"),
    ],
)
def test_no_video_overwrites_the_results_of_another(named: list[str], folders: list[str]) -> None:
    assert folder_names([Path(name) for name in named]) == folders


def test_a_video_without_a_person_is_1(tmp_path: Path) -> None:
    videos.make(tmp_path / "empty room.mp4", frames=15)
    run = formcheck("analyze", "empty room.mp4", "--out", "out", "--json", cwd=tmp_path)
    fails(run, tmp_path, "no person was found in empty room.mp4")


def test_no_such_exercise_is_1(tmp_path: Path) -> None:
    run = formcheck("analyze", SAMPLE, "--exercise", "squat", "--out", "out", cwd=tmp_path)
    fails(run, tmp_path, "no exercise called 'squat'. Use one of: auto, bridge")


def test_a_damaged_model_is_1(tmp_path: Path) -> None:
    (tmp_path / "m.task").write_bytes(b"x")
    run = formcheck("analyze", SAMPLE, "--model", "m.task", "--out", "out", cwd=tmp_path)
    fails(run, tmp_path, "not a pose landmarker bundle")


@pytest.mark.video
def test_another_model_bundle_is_taken(tmp_path: Path) -> None:
    (tmp_path / "mine.task").write_bytes((ROOT / "models" / "pose_landmarker_full.task").read_bytes())
    clip(tmp_path / "a.mp4", 1.0)
    run = formcheck("analyze", "a.mp4", "--model", "mine.task", "--no-video", "--out", "out", cwd=tmp_path)
    assert run.returncode == 0


@pytest.mark.video
@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_1(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0o500)
    run = formcheck("analyze", SAMPLE, "--out", "locked/out", cwd=tmp_path)
    locked.chmod(0o700)
    assert run.returncode == 1
    assert "cannot write the results" in run.stderr


def test_an_output_place_that_cannot_be_is_1(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    run = formcheck("analyze", SAMPLE, "--out", "out", cwd=tmp_path)
    assert run.returncode == 1
    assert "cannot write the results" in run.stderr
    assert (tmp_path / "out").read_text() == "a file"


@pytest.mark.video
@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
@pytest.mark.parametrize("extra", [[], ["--no-video"]], ids=["in the video", "in the report"])
def test_a_full_disk_is_1_and_leaves_nothing(tmp_path: Path, extra: list[str]) -> None:
    clip(tmp_path / "a.mp4", 3.0)

    def limit() -> None:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    run = formcheck("analyze", "a.mp4", "--out", "out", "--json", *extra, cwd=tmp_path, preexec_fn=limit)
    fails(run, tmp_path, "cannot write the")


@pytest.mark.video
def test_a_truncated_video_is_analysed_with_a_warning(tmp_path: Path) -> None:
    whole = tmp_path / "whole.mp4"
    with av.open(str(SAMPLE)) as source, av.open(str(whole), "w", options={"movflags": "+faststart"}) as out:
        stream = source.streams.video[0]
        copied = out.add_stream_from_template(stream)
        for packet in source.demux(stream):
            if packet.dts is not None:
                packet.stream = copied
                out.mux(packet)
    cut = tmp_path / "Ünfall 剪.mp4"
    cut.write_bytes(whole.read_bytes()[: round(whole.stat().st_size * 0.42)])
    run = formcheck("analyze", cut.name, "--json", "--no-video", cwd=tmp_path)
    assert run.returncode == 0
    document = json.loads(run.stdout)
    assert [warn["key"] for warn in document["warnings"]] == ["damaged_video"]
    assert 2 <= len(document["reps"]) <= 4
    assert [[f["key"] for f in rep["faults"]] for rep in document["reps"]] == EXPECTED["faults"][
        : len(document["reps"])
    ]
    assert (tmp_path / "formcheck-results" / "Ünfall 剪" / "report.html").is_file()
    assert not (tmp_path / "formcheck-results" / "Ünfall 剪" / "annotated.mp4").exists()


@pytest.mark.video
def test_one_frame_is_no_error_and_no_exercise(tmp_path: Path) -> None:
    clip(tmp_path / "a.mp4", 0.0)
    run = formcheck("analyze", "a.mp4", "--json", cwd=tmp_path)
    document = json.loads(run.stdout)
    assert (run.returncode, document["source"]["frames"]) == (0, 1)
    assert (document["exercise"], document["recognised"], document["reps"]) == (None, False, [])
    assert [warn["key"] for warn in document["warnings"]] == ["not_recognised"]


def beside(image: np.ndarray) -> np.ndarray:
    """A second, smaller person to the left."""
    height, width = image.shape[:2]
    small = cv2.resize(image, (width * 7 // 10 // 2 * 2, height * 7 // 10 // 2 * 2), interpolation=cv2.INTER_AREA)
    canvas = np.full((height, width + small.shape[1], 3), 120, np.uint8)
    canvas[-small.shape[0] :, : small.shape[1]] = small
    canvas[:, small.shape[1] :] = image
    return canvas


@pytest.mark.video
def test_of_two_people_the_larger_is_followed_with_a_warning(tmp_path: Path) -> None:
    clip(tmp_path / "a.mp4", 11.0, beside)
    document = json.loads(formcheck("analyze", "a.mp4", "--json", "--no-video", cwd=tmp_path).stdout)
    assert [warn["key"] for warn in document["warnings"]] == ["several_people"]
    assert [[f["key"] for f in rep["faults"]] for rep in document["reps"]] == EXPECTED["faults"][:2]


@pytest.mark.video
def test_a_person_cut_off_is_warned_about_and_given_no_fault_for_it(tmp_path: Path) -> None:
    ankles_out = lambda image: np.ascontiguousarray(image[:, :344])  # noqa: E731
    clip(tmp_path / "a.mp4", 16.0, ankles_out)
    document = json.loads(formcheck("analyze", "a.mp4", "--json", "--no-video", cwd=tmp_path).stdout)
    assert "body_cut_off" in [warn["key"] for warn in document["warnings"]]
    feet = {"feet_far", "feet_near"}
    assert not feet & {fault["key"] for rep in document["reps"] for fault in rep["faults"]}


@pytest.mark.video
def test_several_videos_at_once_and_one_broken_does_not_stop_the_rest(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
    clip(tmp_path / "x" / "a.mp4", 1.0)
    (tmp_path / "broken.mp4").write_text("hello")
    (tmp_path / "y" / "a.mkv").write_bytes(clip(tmp_path / "t.mkv", 1.0).read_bytes())
    run = formcheck("analyze", "x/a.mp4", "broken.mp4", "y/a.mkv", "--json", "--no-video", cwd=tmp_path)
    assert run.returncode == 1
    assert "broken.mp4 is not a video" in run.stderr
    assert [json.loads(line)["source"]["path"] for line in run.stdout.splitlines()] == ["x/a.mp4", "y/a.mkv"]
    assert {p.name for p in (tmp_path / "formcheck-results").iterdir()} == {"a.mp4", "a.mkv"}


@pytest.mark.video
@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_ctrl_c_stops_cleanly(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "formcheck", "analyze", str(SAMPLE), "--out", "out"]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # a shell's background jobs ignore Ctrl-C, and what they start inherits that
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("out/.*/annotated.mp4")) and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert "stopped" in err
    assert "Traceback" not in err
    assert list((tmp_path / "out").iterdir()) == []


def test_the_sample_is_small_enough_for_git() -> None:
    assert SAMPLE.stat().st_size < 1_500_000
    with VideoReader(SAMPLE) as video:
        assert isinstance(next(iter(video)), Frame)
