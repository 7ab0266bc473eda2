"""Searches whole pictures in the background, one after another, for all who follow people in them."""

import os
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor

from formcheck.core.frame import Image
from formcheck.io.pose.landmarker import Turn
from formcheck.io.pose.people import Box, Scout

_NICE = 10


class Looks:
    """A scout with a thread of its own. What it finds in a picture hangs on that picture only.

    Args:
        bundle: bytes of the pose bundle.

    Raises:
        ModelError: MediaPipe refuses the bundle.
    """

    def __init__(self, bundle: bytes) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="formcheck-look", initializer=_stand_back)
        # made there, so that the network's own threads stand back as well
        self._scout = self._thread.submit(Scout, bundle).result()

    def begin(self, image: Image, turn: Turn) -> Future[list[Box]]:
        """Search a picture; the answer has a box for each person, largest first."""
        return self._thread.submit(self._scout.look, image, turn)

    def close(self) -> None:
        """Release the networks."""
        self._thread.shutdown(cancel_futures=True)
        self._scout.close()


def _stand_back() -> None:
    """Let this thread, and those it starts, give way: counting others must not delay the picture.

    Only Linux has priorities of single threads; elsewhere they share the cores alike.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
