"""Networks that come and go leave no memory behind."""

from pathlib import Path
from threading import Thread

import pytest

from formcheck.io.pose import model
from formcheck.io.pose.landmarker import Landmarker
from formcheck.io.video.reader import VideoReader
from tests.conftest import ROOT

STATM = Path("/proc/self/statm")


def used_mib() -> float:
    return int(STATM.read_text().split()[1]) * 4096 / 2**20


@pytest.mark.video
@pytest.mark.skipif(not STATM.exists(), reason="only Linux tells a process's memory this way")
def test_a_network_in_a_thread_of_its_own_leaves_nothing_behind() -> None:
    bundle = model.load()
    with VideoReader(ROOT / "samples" / "bridge.mp4") as video:
        images = [frame.image for frame, _ in zip(video, range(8), strict=False)]

    def follow() -> None:
        landmarker = Landmarker(bundle, video=True)
        for n, image in enumerate(images):
            landmarker.find(image, n / 30)
        landmarker.close()

    used = []
    for _ in range(8):
        thread = Thread(target=follow)
        thread.start()
        thread.join()
        used.append(used_mib())
    assert used[-1] - used[1] < 30  # one network alone takes three times as much
