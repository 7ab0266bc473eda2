"""Kills a program that writes a history at some instants, and prints for each what it had been told was written.

python -m tests.kill_writers FOLDER KILLS
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from formcheck.core.events import Fault, Rep
from formcheck.exercises import find
from formcheck.io.history import History


def write(path: Path, told: int) -> None:
    history = History.open(path)
    session = history.begin_session()
    set_ = history.begin_set(session, find("bridge"))
    for number in range(1, 100_000):
        history.add_rep(set_, Rep(number, 0, 0, 1, 1, 2, 120, {"hip_angle_deg": 180.0}, (Fault("too_fast", 0, ""),)))
        os.write(told, b".")


def main(folder: Path, kills: int) -> None:
    chance = random.Random(5)
    for n in range(kills):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            write(folder / f"{n}.db", writing)
            os._exit(0)
        os.close(writing)
        told = len(os.read(reading, 1))  # it has begun
        time.sleep(chance.uniform(0, 0.15))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while chunk := os.read(reading, 1 << 16):
            told += len(chunk)
        os.close(reading)
        print(told, flush=True)  # noqa: T201  # this is what it is for


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
