"""Keeps MediaPipe's own console messages from the user."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_stderr() -> Iterator[None]:
    """Send what C++ code writes to the process's standard error to nowhere while this is open.

    MediaPipe and TensorFlow Lite log there while they start (delegates, missing signatures) and have no switch
    for it before their log library is set up. Python's own messages are flushed before.
    """
    sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:  # started without a standard error
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, not a path
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
