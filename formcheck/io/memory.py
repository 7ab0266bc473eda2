"""Memory that is no longer needed, given back to the system."""

import ctypes
import sys


def give_back() -> None:
    """Return what was freed to the system, where the C library would keep it for the thread that freed it (glibc).

    A network takes some 90 MiB, and each part of a long video has one in a thread of its own: what sixty threads keep
    of it would add up to hundreds of MiB.
    """
    if not sys.platform.startswith("linux"):
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # other C libraries have none
    if trim is not None:
        trim(0)
