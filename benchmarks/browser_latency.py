"""How late the overlay is in the browser: from a picture of the camera to what is drawn over it, beside MediaPipe.

    python benchmarks/browser_latency.py [--clip VIDEO] [--rounds 3] [--seconds 20] [--size 640x360] [--fps 30]

Each round opens the page in headless Chromium, whose camera plays the clip, and does a set before a server in a process
of its own, as ``formcheck serve`` is. A picture's lateness is counted in the page, from when the browser hands the
picture over to when its overlay is drawn; MediaPipe's own time is that of the bare call for the same pictures in the
same run. All rounds are printed. Run it on a machine that does nothing else: here Chromium draws without a graphics
card, and shares the cores with the judging.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parent.parent
_WARM_S = 3.0
_WATCH = """
window.late = [];
const sent = new Map(), send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data) {
  if (data instanceof Uint8Array) sent.set(new DataView(data.buffer).getFloat64(0, true), performance.now());
  send.call(this, data);
};
document.addEventListener("formcheck:painted", ({ detail }) => window.late.push([
  detail.t, 1000 * (detail.now - detail.t), detail.took_ms ?? -1, performance.now() - (sent.get(detail.t) ?? 0)]));
"""


def serve(log: Path) -> None:
    """Serve, and write how long each bare call of MediaPipe took, ms."""
    import uvicorn

    from formcheck.io.pose import landmarker
    from formcheck.ui.web.app import create_app
    from formcheck.ui.web.live import source
    from formcheck.ui.web.running import bound, config
    from formcheck.ui.web.settings import Settings

    lines = log.open("w", buffering=1)

    def timed(name: str, call: Any) -> Any:
        def wrapper(*args: Any, **how: Any) -> Any:
            begin = time.perf_counter()
            result = call(*args, **how)
            lines.write(f"{name} {1000 * (time.perf_counter() - begin):.2f}\n")
            return result

        return wrapper

    class Tracking(landmarker.Landmarker):
        def _detect(self, packet: Any, t: float) -> Any:
            return (track if self._video else super()._detect)(*((self, packet, t) if self._video else (packet, t)))

    track = timed("mediapipe", landmarker.Landmarker._detect)
    from formcheck.io.pose import estimator

    estimator.Landmarker = Tracking  # type: ignore[misc]
    estimator.PoseEstimator.estimate = timed("estimate", estimator.PoseEstimator.estimate)  # type: ignore[method-assign]
    source.decoded = timed("decode", source.decoded)
    settings = Settings(keep=False)
    listening = bound("127.0.0.1", 0)
    print(listening.getsockname()[1], flush=True)
    uvicorn.Server(config(create_app(settings), settings)).run(sockets=[listening])


def film(clip: Path, path: Path, size: tuple[int, int], fps: float, seconds: float) -> None:
    """Write the clip as the browser's camera plays it, uncompressed."""
    import cv2

    from formcheck.io.video.reader import VideoReader

    with VideoReader(clip) as frames, path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{size[0]} H{size[1]} F{round(10 * fps)}:10 Ip A1:1 C420jpeg\n".encode())
        for n, frame in enumerate(frames):
            if n >= seconds * fps:
                break
            image = cv2.resize(frame.image, size, interpolation=cv2.INTER_AREA)
            file.write(b"FRAME\n" + cv2.cvtColor(image, cv2.COLOR_RGB2YUV_I420).tobytes())


def play(camera: Path, seconds: float, folder: Path) -> None:
    """One round."""
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(ROOT))
    from tests.browser import VOICE, chromium

    log = folder / "calls.txt"
    server = subprocess.Popen(
        [sys.executable, __file__, "--serve", str(log)], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert server.stdout is not None
    at = f"http://127.0.0.1:{int(server.stdout.readline())}"
    options = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    options += [f"--use-file-for-fake-video-capture={camera}"]
    try:
        with sync_playwright() as run:
            browser = run.chromium.launch(executable_path=chromium(), args=options)
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.add_init_script(VOICE + _WATCH)
            page.goto(f"{at}/live?exercise=bridge")
            page.click("#begin")
            page.wait_for_function("() => window.late.length > 0", timeout=60_000)
            page.wait_for_timeout(1000 * (_WARM_S + seconds))
            late = page.evaluate("window.late")
            browser.close()
    finally:
        server.terminate()
        server.wait()
    report(late, log)


def report(late: list[list[Any]], log: Path) -> None:
    calls: dict[str, list[float]] = {}
    for line in log.read_text().splitlines():
        name, _, took = line.partition(" ")
        calls.setdefault(name, []).append(float(took))
    begin = late[0][0] + _WARM_S
    kept = [each for each in late if each[0] >= begin and each[2] >= 0]
    times = sorted(each[1] for each in kept)
    skip = len(late) - len(kept)
    bare = median(calls["mediapipe"][skip:])
    rate = len(kept) / (kept[-1][0] - kept[0][0])
    own = {name: median(each[skip:]) for name, each in calls.items()}
    print(
        f"{len(kept)} pictures, {rate:.1f} a second: overlay {median(times):.0f} ms after the picture"
        f" (95 %: {times[int(0.95 * len(times))]:.0f}), MediaPipe itself {bare:.0f} ms: {median(times) - bare:+.0f} ms"
    )
    print(
        f"   {median(each[1] - each[3] for each in kept):.0f} ms until it is sent,"
        f" {median(each[2] for each in kept):.0f} on the server (JPEG {own['decode']:.1f},"
        f" MediaPipe and texture {own['estimate']:.1f}),"
        f" {median(each[3] - each[2] for each in kept):.0f} on the way and drawing",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clip", type=Path, default=ROOT / "samples" / "bridge.mp4")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--size", default="640x360")
    parser.add_argument("--fps", type=float, default=30.0)
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve is not None:
        serve(asked.serve)
        return
    width, height = map(int, asked.size.split("x"))
    with tempfile.TemporaryDirectory(prefix="formcheck-latency-") as name:
        folder = Path(name)
        film(asked.clip, folder / "camera.y4m", (width, height), asked.fps, 30.0)
        print(f"{asked.clip.name}, {asked.size} at {asked.fps:g} a second, {os.cpu_count()} cores")
        for _ in range(asked.rounds):
            play(folder / "camera.y4m", asked.seconds, folder)


if __name__ == "__main__":
    main()
