"""What ``--camera`` names: a camera's number, a device, a stream in the own network, or a video file."""

import re
import stat
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from formcheck.errors import CameraError

Kind = Literal["number", "device", "stream", "file"]
_STREAMS = ("rtsp", "rtsps", "http", "https")
_OWN_ENDINGS = (".local", ".lan", ".home", ".internal", ".home.arpa", ".localhost", ".fritz.box")
"""Names that no public server has."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where pictures come from.

    Attributes:
        kind: of source.
        text: as the user gave it.
    """

    kind: Kind
    text: str

    @property
    def shown(self) -> str:
        """How it is named in messages: without a stream's password."""
        return re.sub(r"//[^/@]*@", "//", self.text) if self.kind == "stream" else self.text


def parse(text: str) -> Address:
    """Return what ``text`` names.

    Raises:
        CameraError: it is a stream outside the own network, or of a kind that cannot be read.
    """
    text = text.strip()
    if text.isdecimal():
        return Address("number", text)
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+://", text):
        return Address("stream", _own(text))
    path = Path(text)
    try:
        device = stat.S_ISCHR(path.stat().st_mode)
    except (OSError, ValueError):
        device = path.parts[:2] == ("/", "dev")
    return Address("device" if device else "file", text)


def _own(url: str) -> str:
    """Return ``url`` where it is a camera of the user's own: nothing is asked of the internet, not even a name."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise CameraError(f"{url} is no address ({error}). Write it like http://192.168.1.20:8080/") from error
    if parts.scheme.lower() not in _STREAMS:
        raise CameraError(f"{parts.scheme}:// cannot be read. A stream begins with rtsp:// or http://")
    if not host:
        raise CameraError(f"{url} names no host. Write it like http://192.168.1.20:8080/video")
    try:
        own = ip_address(host).is_private or ip_address(host).is_link_local
    except ValueError:  # a name
        own = "." not in host or host.lower().endswith(_OWN_ENDINGS)
    if not own:
        raise CameraError(
            f"{host} is not in your own network, and formcheck connects to nothing else. "
            "Use the camera's local address, such as 192.168.1.20."
        )
    return url
