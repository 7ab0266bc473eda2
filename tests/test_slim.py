"""The network without its mask gives the very same landmarks, and what is built otherwise is left alone."""

from io import BytesIO
from itertools import islice
from zipfile import ZipFile

import numpy as np
import pytest

from formcheck.io.pose import model
from formcheck.io.pose.landmarker import Landmarker
from formcheck.io.pose.slim import LANDMARKS_NETWORK, without_mask
from formcheck.io.video.reader import VideoReader
from tests.conftest import ROOT


def packed(**members: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as bundle:
        for name, content in members.items():
            bundle.writestr(name, content)
    return out.getvalue()


@pytest.mark.video
@pytest.mark.parametrize("video", [True, False], ids=["tracking", "picture by picture"])
def test_the_landmarks_are_the_same_to_the_last_bit(video: bool) -> None:
    whole, slim = (Landmarker(bundle, video=video) for bundle in (model.load(), without_mask(model.load())))
    with VideoReader(ROOT / "samples" / "bridge.mp4") as frames:
        for frame in islice(frames, 12):
            (a,), (b,) = whole.find(frame.image, frame.t), slim.find(frame.image, frame.t)
            for one, other in ((a.xy, b.xy), (a.world, b.world), (a.seen, b.seen)):
                assert np.array_equal(one, other)
    whole.close()
    slim.close()


def test_only_the_mask_is_left_out() -> None:
    whole, slim = model.load(), without_mask(model.load())
    with ZipFile(BytesIO(whole)) as before, ZipFile(BytesIO(slim)) as after:
        assert before.namelist() == after.namelist()
        assert after.testzip() is None
        for name in before.namelist():
            a, b = np.frombuffer(before.read(name), np.uint8), np.frombuffer(after.read(name), np.uint8)
            assert a.size == b.size
            changed = int((a != b).sum())
            assert 0 < changed < 2000 if name == LANDMARKS_NETWORK else changed == 0
    assert without_mask(slim) == slim


def test_the_networks_lie_aligned() -> None:
    slim = without_mask(model.load())
    with ZipFile(BytesIO(slim)) as bundle:
        for name in bundle.namelist():
            assert slim.index(bundle.read(name)) % 64 == 0


@pytest.mark.parametrize(
    "bundle",
    [
        pytest.param(packed(other=b"x"), id="no landmark network"),
        pytest.param(packed(**{LANDMARKS_NETWORK: b""}), id="an empty one"),
        pytest.param(packed(**{LANDMARKS_NETWORK: b"y" * 100}), id="none at all"),
        pytest.param(packed(**{LANDMARKS_NETWORK: bytes(100)}), id="zeros"),
    ],
)
def test_a_bundle_that_is_built_otherwise_is_left_alone(bundle: bytes) -> None:
    assert without_mask(bundle) == bundle


def test_a_network_with_other_outputs_is_left_alone() -> None:
    with ZipFile(BytesIO(model.load())) as bundle:
        detector = bundle.read("pose_detector.tflite")
    other = packed(**{LANDMARKS_NETWORK: detector})
    assert without_mask(other) == other
