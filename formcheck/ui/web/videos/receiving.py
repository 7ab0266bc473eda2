"""Takes a video in: as it comes, onto the disk, and never more than there is room for."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

from anyio import to_thread

from formcheck.ui.web.problems import Problem, known
from formcheck.ui.web.settings import MEGABYTE, Limits

_SPARE = 512 * MEGABYTE
"""What has to stay free for the results."""


def check_length(length: int | None, folder: Path, limits: Limits) -> None:
    """Make sure that a video of so many bytes may come; None where that is not told.

    Raises:
        Problem: it is too large, or the disk too full.
    """
    if length is not None and length > limits.upload:
        raise _too_large(limits)
    if shutil.disk_usage(folder).free < (length or 0) + _SPARE:
        raise _full()


async def receive(chunks: AsyncIterator[bytes], path: Path, limits: Limits) -> int:
    """Write what comes to a file; return how many bytes it was.

    Raises:
        Problem: it is too large, too slow, empty, or the disk is full; the file is to be thrown away then.
    """
    size, since = 0, asyncio.get_running_loop().time()
    buffered = bytearray()
    try:
        with path.open("xb") as file:
            while (chunk := await _next(chunks, limits)) is not None:
                size += len(chunk)
                if size > limits.upload:
                    raise _too_large(limits)
                took = asyncio.get_running_loop().time() - since
                if took > limits.chunk_s and size / took < limits.least_rate:
                    raise _slow()
                buffered += chunk
                if len(buffered) >= MEGABYTE:
                    await to_thread.run_sync(file.write, bytes(buffered))
                    buffered.clear()
            await to_thread.run_sync(file.write, bytes(buffered))
    except OSError as error:
        raise _full() from error
    if not size:
        raise known(422, "empty")
    return size


async def _next(chunks: AsyncIterator[bytes], limits: Limits) -> bytes | None:
    try:
        async with asyncio.timeout(limits.chunk_s):
            return await anext(chunks, None)
    except TimeoutError:
        raise _slow() from None


def _too_large(limits: Limits) -> Problem:
    most = limits.upload / (1024 * MEGABYTE)
    return known(413, "too_large", {"Connection": "close"}, most=f"{most:.3g}")


def _slow() -> Problem:
    return known(408, "too_slow", {"Connection": "close"})


def _full() -> Problem:
    return known(507, "disk_full")
