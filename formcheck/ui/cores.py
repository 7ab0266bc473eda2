"""How many cores this process may use."""

import os


def cores() -> int:
    """Return the number of cores this process may run on: fewer than there are where it was bound to some."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
