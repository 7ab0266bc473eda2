"""The fonts words are drawn with, one of each for every thread."""

import threading
from functools import cache
from importlib.resources import as_file, files

import cv2

_own = threading.local()  # a FontFace is not made for use from several threads
_FIRST_HAN = "\u2e80"


def font(text: str) -> cv2.FontFace:
    """Return the font for a text: the one that OpenCV carries, or one with Chinese characters.

    The second has no Latin letters; OpenCV takes those from its own.
    """
    name = "chinese" if any(sign >= _FIRST_HAN for sign in text) else "sans"
    if not hasattr(_own, name):
        setattr(_own, name, _chinese() if name == "chinese" else cv2.FontFace("sans"))
    face: cv2.FontFace = getattr(_own, name)
    return face


def _chinese() -> cv2.FontFace:
    return cv2.FontFace(_path())


@cache
def _path() -> str:
    with as_file(files(__name__).joinpath("noto_sans_sc_bold.otf")) as path:
        return str(path)
