"""A real browser before the real server: Chromium without a window, its camera a clip, its voice a list."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import pytest

from formcheck.io.video.reader import VideoReader
from tests.conftest import ROOT

AXE = ROOT / "tests" / "data" / "axe" / "axe.min.js"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_CLIP_FPS = 12.5
"""A slow camera: so a busy machine judges every picture too, and what is counted does not depend on its speed."""
_CLIP_SIZE = (480, 270)
_WITHIN_S = 90.0
NEEDED = "FORMCHECK_BROWSER_NEEDED"

VOICE = """
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ name: "test", lang: "en-GB", localService: true, default: true }],
  speak(line) { window.said.push(line.text); this.end = setTimeout(() => line.onend({}), 120); },
  cancel() {}, resume() {}, addEventListener() {},
}});
"""
"""A voice that keeps what it was told to say."""


def chromium() -> str:
    """Where Chromium is. Without one the tests are skipped, but not where they must run."""
    found = os.environ.get("FORMCHECK_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        say = pytest.fail if os.environ.get("CI") or os.environ.get(NEEDED) else pytest.skip
        say(f"no browser: install Debian's chromium, or set FORMCHECK_CHROMIUM (looked for {', '.join(_NAMES)})")
    return found


@dataclass(frozen=True)
class Clip:
    """What a camera plays, over and over: somebody who lies still, a part of a sample, and still again.

    Attributes:
        path: of the film, uncompressed, so that playing it costs nothing.
        moves: from when to when there is movement in it, s.
        length_s: until it begins anew.
    """

    path: Path
    moves: tuple[float, float]
    length_s: float

    def is_still(self, played_s: float) -> bool:
        """Whether nobody moves, when it has been playing for so long."""
        at = played_s % self.length_s
        return not self.moves[0] <= at <= self.moves[1]


def clip(path: Path, sample: Path, *, lead_s: float, until_s: float, tail_s: float) -> Clip:
    """Write a clip: the first picture held, the sample up to ``until_s``, its last one held."""
    width, height = _CLIP_SIZE
    with VideoReader(sample) as frames, path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{width} H{height} F{round(10 * _CLIP_FPS)}:10 Ip A1:1 C420jpeg\n".encode())
        written = 0

        def write(picture: bytes, to_s: float) -> None:
            nonlocal written
            while written < round(to_s * _CLIP_FPS):
                file.write(b"FRAME\n" + picture)
                written += 1

        picture = b""
        for frame in frames:
            if frame.t > until_s:
                break
            if picture:
                write(picture, lead_s + frame.t)
            image = cv2.resize(frame.image, _CLIP_SIZE, interpolation=cv2.INTER_AREA)
            picture = cv2.cvtColor(image, cv2.COLOR_RGB2YUV_I420).tobytes()
        write(picture, lead_s + until_s + tail_s)
    return Clip(path, (lead_s, lead_s + until_s), lead_s + until_s + tail_s)


class Server:
    """``formcheck serve`` as a process, with a history of its own."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self._log = folder / "serve.log"
        with self._log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "formcheck", "serve", "--port", str(port), "--db", str(folder / "history.db")],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
                stdout=log,
                stderr=log,
            )
        wait(lambda: self._address() or self.process.poll() is not None, lambda: self.said)
        assert self.process.poll() is None, self.said
        self.at = str(self._address())

    @property
    def said(self) -> str:
        """What it has printed."""
        return self._log.read_text()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.at.rpartition(":")[2])

    def _address(self) -> str | None:
        found = re.search(r"(http://127\.0\.0\.1:\d+)/", self.said)
        return found[1] if found else None

    def close(self) -> None:
        """End it as Ctrl-C does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()


def wait(until: Callable[[], Any], said: Callable[[], Any] = lambda: "") -> Any:
    """Wait for something of another process."""
    deadline = time.monotonic() + _WITHIN_S
    while not (found := until()):
        assert time.monotonic() < deadline, said()
        time.sleep(0.05)
    return found


class Browsers:
    """Chromiums without a window, one for each camera, opened when they are needed first."""

    def __init__(self) -> None:
        self._path = chromium()
        from playwright.sync_api import sync_playwright

        self._play = sync_playwright().start()
        self._open: dict[tuple[Path | None, bool], Any] = {}

    def page(self, address: str, camera: Clip | None = None, *, allowed: bool = True, **context: Any) -> Any:
        """A page in a fresh profile; what its console says is wrong is kept in ``page.wrong``.

        Args:
            address: of the page.
            camera: what it shows; None is a test pattern.
            allowed: what the person answers when asked for the camera.
            context: further options of the profile.
        """
        where = {"viewport": {"width": 1200, "height": 800}, "locale": "en-GB", **context}
        profile = self._browser(camera, allowed=allowed).new_context(**where)
        profile.add_init_script(VOICE)
        page = profile.new_page()
        page.set_default_timeout(_WITHIN_S * 1000)
        page.wrong = []
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("console", lambda line: page.wrong.append(line.text) if "Content Security" in line.text else None)
        page.goto(address)
        page.wait_for_selector("main h1")
        return page

    def leave(self) -> None:
        """Close all pages; the browsers stay."""
        for each in self._open.values():
            for profile in each.contexts:
                profile.close()

    def close(self) -> None:
        """Close everything."""
        for each in self._open.values():
            each.close()
        self._play.stop()

    def _browser(self, camera: Clip | None, *, allowed: bool) -> Any:
        which = (camera.path if camera else None, allowed)
        if which not in self._open:
            options = ["--no-sandbox", "--use-fake-device-for-media-stream"]
            options += ["--autoplay-policy=no-user-gesture-required"]
            options += ["--use-fake-ui-for-media-stream"] if allowed else ["--deny-permission-prompts"]
            options += [f"--use-file-for-fake-video-capture={camera.path}"] if camera else []
            self._open[which] = self._play.chromium.launch(executable_path=self._path, args=options)
        return self._open[which]


def violations(page: Any) -> list[str]:
    """What axe finds serious on the page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, { runOnly: tags, iframes: false })", tags)
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary']}"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]
