"""A real browser before the real server: Chromium without a window, its camera a clip, its voice a list."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import pytest

from formcheck.io.video.reader import VideoReader
from tests.conftest import ROOT

AXE = ROOT / "tests" / "data" / "axe" / "axe.min.js"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_CLIP_FPS = 30
"""Chromium plays a camera's clip of JPEGs at this rate, whatever it was recorded at."""
_WITHIN_S = 60.0

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
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say(f"no browser: install Debian's chromium, or set FORMCHECK_CHROMIUM (looked for {', '.join(_NAMES)})")
    return found


def clip(path: Path, sample: Path, *, lead_s: float, until_s: float, tail_s: float) -> Path:
    """Write the clip that a camera plays: the first picture held, the sample up to ``until_s``, its last one held."""
    with VideoReader(sample) as frames, path.open("wb") as file:
        written = 0

        def write(jpeg: bytes, to_s: float) -> None:
            nonlocal written
            while written < round(to_s * _CLIP_FPS):
                file.write(jpeg)  # JPEGs one after another are a film
                written += 1

        jpeg = b""
        for frame in frames:
            if frame.t > until_s:
                break
            if jpeg:
                write(jpeg, lead_s + frame.t)
            image = cv2.cvtColor(frame.image, cv2.COLOR_RGB2BGR)
            jpeg = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()
        write(jpeg, lead_s + until_s + tail_s)
    return path


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


@contextmanager
def browser(camera: Path | None = None, *, allowed: bool = True) -> Iterator[Any]:
    """A browser whose camera plays a clip; ``allowed`` is what its person answers when asked for the camera."""
    path = chromium()
    from playwright.sync_api import sync_playwright

    options = ["--no-sandbox", "--use-fake-device-for-media-stream", "--autoplay-policy=no-user-gesture-required"]
    options += ["--use-fake-ui-for-media-stream"] if allowed else ["--deny-permission-prompts"]
    options += [f"--use-file-for-fake-video-capture={camera}"] if camera else []
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=options)
        try:
            yield opened
        finally:
            opened.close()


def opened(browser: Any, address: str, **context: Any) -> Any:
    """A page in a fresh profile; what its console says is wrong is kept in ``page.wrong``."""
    page = browser.new_context(viewport={"width": 1200, "height": 800}, locale="en-GB", **context).new_page()
    page.set_default_timeout(_WITHIN_S * 1000)
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("console", lambda line: page.wrong.append(line.text) if "Content Security Policy" in line.text else None)
    page.add_init_script(VOICE)
    page.goto(address)
    page.wait_for_selector("main h1")
    return page


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
