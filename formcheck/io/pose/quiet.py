"""Keeps MediaPipe's own console messages from the user."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_open = 0
_kept = -1


@contextmanager
def quiet_stderr() -> Iterator[None]:
    """Send what C++ code writes to the process's standard error to nowhere while this is open.

    MediaPipe and TensorFlow Lite log there while they start (delegates, missing signatures) and have no switch
    for it before their log library is set up. Python's own messages are flushed before. Several threads may have it
    open at once: who opens it first redirects, who closes it last restores.
    """
    _enter()
    try:
        yield
    finally:
        _leave()


def _enter() -> None:
    global _open, _kept  # noqa: PLW0603 - standard error is one for the whole process
    with _lock:
        _open += 1
        if _open > 1:
            return
        if sys.stderr is not None:  # a program without a console has none
            sys.stderr.flush()
        try:
            _kept = os.dup(2)
        except OSError:  # started without a standard error
            return
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, not a path
            os.dup2(nowhere.fileno(), 2)


def _leave() -> None:
    global _open, _kept  # noqa: PLW0603
    with _lock:
        _open -= 1
        if _open == 0 and _kept >= 0:
            os.dup2(_kept, 2)
            os.close(_kept)
            _kept = -1
