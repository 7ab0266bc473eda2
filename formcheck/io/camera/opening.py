"""Opens whatever ``--camera`` names."""

from collections.abc import Callable
from pathlib import Path

from formcheck.io.camera.address import Address
from formcheck.io.camera.clock import Clock
from formcheck.io.camera.device import Device, Wanted
from formcheck.io.camera.playback import Playback
from formcheck.io.camera.stream import Stream
from formcheck.io.camera.webcam import Webcam

Opener = Callable[[], Device]


def opener(address: Address, wanted: Wanted, clock: Clock) -> Opener:
    """Return what opens the camera, as often as it takes.

    It raises ``CameraError`` or, for a file, ``VideoError``.
    """

    def open_it() -> Device:
        if address.kind == "stream":
            return Stream(address)
        if address.kind == "file":
            return Playback(Path(address.text), clock, wanted.lead_in)
        return Webcam(address, wanted)

    return open_it
