"""The pose model bundle: where it is, and whether it is whole."""

import hashlib
from importlib.resources import files
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from formcheck.errors import ModelError

NAME = "pose_landmarker_full.task"
SHA256 = "497719ccab26c8aa2ddd0531bd1bd76592ce7ab485923719da41893a2165eda5"
_MEMBERS = {"pose_detector.tflite", "pose_landmarks_detector.tflite"}


def bundled_path() -> Path:
    """Return where the bundle that comes with formcheck is: inside the wheel, or in ``models/`` of a checkout."""
    package = Path(str(files("formcheck")))
    installed = package / "models" / NAME
    return installed if installed.is_file() else package.parent / "models" / NAME


def load(path: Path | None = None) -> bytes:
    """Return the bytes of the model bundle, checked.

    Args:
        path: another bundle (lite, heavy) instead of the one that comes with formcheck.

    Raises:
        ModelError: it is missing, damaged, or no pose landmarker bundle.
    """
    own = path is None
    where = bundled_path() if path is None else path
    remedy = "Install formcheck again." if own else "Name a pose landmarker bundle (.task), or leave --model out."
    try:
        content = where.read_bytes()
    except OSError as error:
        raise ModelError(f"cannot read the pose model {where}: {error.strerror or error}. {remedy}") from error
    if own and hashlib.sha256(content).hexdigest() != SHA256:
        raise ModelError(f"the pose model {where} is damaged: its SHA-256 is not {SHA256[:12]}... {remedy}")
    try:
        with ZipFile(where) as bundle:
            members = set(bundle.namelist())
    except (BadZipFile, OSError) as error:
        raise ModelError(f"{where} is not a pose landmarker bundle: {error}. {remedy}") from error
    if not members >= _MEMBERS:
        missing = ", ".join(sorted(_MEMBERS - members))
        raise ModelError(f"{where} is not a pose landmarker bundle: {missing} is missing in it. {remedy}")
    return content
