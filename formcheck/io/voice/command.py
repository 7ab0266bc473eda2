"""Running another program that may hang, fail or have to be stopped at once."""

from collections.abc import Sequence
from subprocess import DEVNULL, PIPE, Popen, SubprocessError
from subprocess import run as run_to_end
from tempfile import TemporaryFile
from threading import Event
from time import monotonic

from formcheck.errors import VoiceError

_POLL_S = 0.02
_ANSWER_S = 5.0


def run(command: Sequence[str], stopped: Event, within_s: float, text: str = "") -> None:
    """Run a program until it ends or ``stopped`` is set.

    Args:
        command: program and arguments.
        stopped: ends it at once, from any thread.
        within_s: time it may take, s.
        text: for its standard input.

    Raises:
        VoiceError: it cannot be started, fails, or takes longer.
    """
    name, ends = command[0], monotonic() + within_s
    # files, not pipes: nobody reads them while it runs, and a full pipe would block it
    with TemporaryFile() as told, TemporaryFile() as errors:
        told.write(text.encode())
        told.seek(0)
        try:
            process = Popen(command, stdin=told, stdout=DEVNULL, stderr=errors)
        except OSError as error:
            raise VoiceError(f"{name} cannot be started ({error.strerror})") from error
        try:
            while process.poll() is None:
                if stopped.wait(_POLL_S):
                    return
                if monotonic() > ends:
                    raise VoiceError(f"{name} did not end within {within_s:.0f} s")
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
        if process.returncode:
            errors.seek(0)
            lines = errors.read(4000).decode(errors="replace").strip().splitlines()
            why = lines[-1] if lines else f"exit status {process.returncode}"
            raise VoiceError(f"{name} failed: {why}")


def output(command: Sequence[str]) -> str:
    """Return what a program prints; empty where it cannot be run."""
    try:
        done = run_to_end(command, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, timeout=_ANSWER_S, check=False)
    except (OSError, SubprocessError):
        return ""
    return done.stdout.decode(errors="replace")
