"""Versions, disk, screen."""

import platform
import shutil
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from formcheck import __version__
from formcheck.ui.doctor.check import Check
from formcheck.ui.live.window import WindowError, screen_size

_MEDIAPIPE = "0.10.33"
_LIBRARIES = ("mediapipe", "opencv-contrib-python", "av", "numpy")
_SECOND_CV2 = ("opencv-python", "opencv-python-headless", "opencv-contrib-python-headless")
_FULL, _SHORT = 200e6, 1e9
"""Bytes: a recorded session of ten minutes takes some 60 MB."""


def versions() -> Check:
    """Look at Python and the libraries."""
    there = {name: _version(name) for name in _LIBRARIES}
    found = ", ".join(f"{name} {number or 'missing'}" for name, number in there.items())
    found = f"formcheck {__version__}, Python {platform.python_version()}, {found}"
    if there["mediapipe"] != _MEDIAPIPE:
        why = f"pip install mediapipe=={_MEDIAPIPE}: later ones carry code that reports usage to their vendor"
        return Check("versions", "fail", found, why)
    second = [name for name in _SECOND_CV2 if _version(name)]
    if second:
        remedy = f"pip uninstall {' '.join(second)}, then pip install --force-reinstall opencv-contrib-python"
        return Check("versions", "warn", f"{found}; a second cv2: {', '.join(second)}", remedy)
    return Check("versions", "pass", found)


def disk(folder: Path) -> Check:
    """Look at the space for recordings and reports in ``folder``."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Check("disk", "fail", f"{folder}: {error.strerror}", "Change to a folder that exists and may be read.")
    found = f"{free / 1e9:.1f} GB free in {folder}"
    if free < _SHORT:
        return Check("disk", "fail" if free < _FULL else "warn", found, "Free some space, or change to another disk.")
    return Check("disk", "pass", found)


def screen() -> Check:
    """Look whether a window can be shown."""
    try:
        size = screen_size()
    except WindowError as error:
        remedy = "Sit at the machine itself; until then 'formcheck live --no-window' goes by voice alone."
        return Check("screen", "warn", str(error), remedy)
    return Check("screen", "pass", f"{size[0]}x{size[1]}" if size is not None else "the system's own")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
