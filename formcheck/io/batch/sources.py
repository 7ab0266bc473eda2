"""Finds the videos that are meant: files, folders, patterns and URLs."""

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from formcheck.errors import BatchError
from formcheck.io.batch.places import fsspec, local, reason
from formcheck.io.report.folder import REPORT

ENDINGS = frozenset(
    (".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".gif", ".mpg", ".mpeg", ".mts", ".m2ts", ".ts", ".wmv", ".flv")
)
"""What is taken for a video in folders and patterns. A file that is named by itself is taken whatever it is called."""
_OURS = frozenset(("annotated.mp4", "compare.mp4"))
_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Source:
    """A video.

    Attributes:
        place: absolute path, or URL.
        size: bytes; 0 where a store does not say.
    """

    place: str
    size: int

    @property
    def stem(self) -> str:
        """Its name without folder and ending."""
        return PurePosixPath(self.place.replace("\\", "/") if os.name == "nt" else self.place).stem


def find(named: Iterable[str], out: str) -> list[Source]:
    """Return the videos, each path once, sorted within what was named.

    Args:
        named: files, folders (with all folders in them), patterns (``**`` is any number of folders), URLs.
        out: where the results go; what lies there is no recording.

    Raises:
        BatchError: something matches nothing, or a store cannot be read.
    """
    results = local(out)
    avoid = None if results is None else results.resolve()
    found: dict[str, Source] = {}
    for name in named:
        path = local(name)
        try:
            some = list(_remote(name, out) if path is None else _local(path, avoid))
        except OSError as error:
            raise BatchError(f"cannot read {name}: {reason(error)}. Check the name, and who may read it.") from error
        if not some:
            raise BatchError(f"{name} matches no video. Name a video, a folder with some in it, or a pattern.")
        for key, source in some:
            found.setdefault(key, source)
    return list(found.values())


def _local(path: Path, avoid: Path | None) -> Iterator[tuple[str, Source]]:
    if not path.exists() and _MAGIC & set(str(path)):
        any_ending = _MAGIC & set(path.suffix) or path.suffix.lower() in ("", *ENDINGS)
        for each in sorted(glob.glob(str(path), recursive=True)):  # noqa: PTH207 - the pattern may be absolute
            match = Path(each)
            if match.is_dir():
                if "**" not in path.parts:  # else the pattern itself names what is in it
                    yield from _within(match, avoid)
            elif not any_ending or _is_video(match, avoid):
                yield _file(match)
    elif path.is_dir():
        yield from _within(path, avoid)
    elif path.exists():
        yield _file(path)
    else:
        raise BatchError(f"there is no file or folder {path}. Check the name.")


def _within(folder: Path, avoid: Path | None) -> Iterator[tuple[str, Source]]:
    shut: list[str] = []
    for where, folders, files in os.walk(folder, onerror=lambda error: shut.append(error.filename)):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if avoid is not None and Path(where).resolve() == avoid:
            folders.clear()
            continue
        for name in sorted(files):
            if _is_video(Path(where, name), avoid):
                yield _file(Path(where, name))
    for name in shut:
        yield name, Source(os.path.abspath(name), 0)  # noqa: PTH100 - told as what cannot be read, not passed over


def _is_video(path: Path, avoid: Path | None) -> bool:
    """Whether it looks like a recording: by its ending, and not drawn by us, hidden, or a system's shadow file."""
    if path.suffix.lower() not in ENDINGS or path.name.startswith(".") or not path.is_file():
        return False
    if avoid is not None and avoid in path.resolve().parents:
        return False
    return not (path.name in _OURS and ((path.parent / REPORT).exists() or (path.parent / "compare.html").exists()))


def _file(path: Path) -> tuple[str, Source]:
    return str(path.resolve()), Source(os.path.abspath(path), path.stat().st_size)  # noqa: PTH100 - resolve() would follow links


def _remote(url: str, out: str) -> Iterator[tuple[str, Source]]:
    try:
        fs, path = fsspec().core.url_to_fs(url)
        results = f"{fs.unstrip_protocol(fsspec().core.url_to_fs(out)[1])}/" if local(out) is None else None
        if _MAGIC & set(path):
            found = fs.glob(path, detail=True)
        elif fs.isfile(path):
            found = {path: fs.info(path)}
            yield url, Source(url, int(found[path].get("size") or 0))
            return
        else:
            found = fs.find(path, detail=True)
    except BatchError:
        raise
    except Exception as error:  # a store's library raises what it likes
        raise BatchError(f"cannot read {url}: {reason(error)}. Check the address and your access to it.") from error
    for each, info in sorted(found.items()):
        name = PurePosixPath(each)
        full = str(fs.unstrip_protocol(each))
        drawn = name.name in _OURS and str(name.parent / REPORT) in found
        if info.get("type") == "directory" or name.suffix.lower() not in ENDINGS or name.name.startswith("."):
            continue
        if not drawn and not (results and full.startswith(results)):
            yield full, Source(full, int(info.get("size") or 0))
