"""Recorded traces: poses frame by frame, one JSON line each, from which a session replays without camera or model.

Line 1: ``{"schema": "formcheck.trace/1", "size": [width, height]}``. Then a line a frame: ``t`` s, and where somebody
was seen ``xy`` (33 x 2, pixels), ``world`` (33 x 3, metres) and ``seen`` (33, 0..1), flat; ``others`` and ``light``
where a sparse look was taken; ``texture`` ([seed, hip patch, belly patch], a patch being null or [dx, dy, turn,
likeness]) where the pelvis was looked at. Last line: ``{"source": {...}, "warnings": [...]}``. A name ending in
``.gz`` is packed.
"""

import gzip
import json
from collections.abc import Generator
from dataclasses import asdict, astuple
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import numpy as np

from formcheck.core.events import Warn
from formcheck.core.frame import Frame
from formcheck.core.landmarks import LANDMARKS
from formcheck.core.pose import Patch, Pose, Sight, Texture
from formcheck.errors import TraceError
from formcheck.io.report.source_info import SourceInfo

SCHEMA = "formcheck.trace/1"


class TraceWriter:
    """Writes sights as they come.

    Args:
        path: where to.
        size: width and height of the pictures.
    """

    def __init__(self, path: Path, size: tuple[int, int]) -> None:
        if path.suffix == ".gz":
            # no time stamp and no name inside: the same session gives the same bytes
            self._raw = path.open("wb")
            packed = gzip.GzipFile("", "wb", 6, self._raw, mtime=0)
            self._file: IO[str] = TextIOWrapper(packed, encoding="utf-8")
        else:
            self._raw = path.open("wb")
            self._file = TextIOWrapper(self._raw, encoding="utf-8")
        self._line({"schema": SCHEMA, "size": list(size)})

    def write(self, sight: Sight) -> None:
        """Add one frame."""
        row: dict[str, Any] = {"t": sight.t}
        if sight.pose is not None:
            row["xy"] = sight.pose.xy.ravel().tolist()
            row["world"] = sight.pose.world.ravel().tolist()
            row["seen"] = sight.pose.seen.tolist()
        if sight.others is not None:
            row["others"] = sight.others
        if sight.brightness is not None:
            row["light"] = sight.brightness
        if sight.texture is not None:
            row["texture"] = [
                sight.texture.seed,
                *(patch and list(astuple(patch)) for patch in (sight.texture.hip, sight.texture.belly)),
            ]
        if sight.blind:
            row["blind"] = True
        self._line(row)

    def close(self, source: SourceInfo | None = None, warnings: list[Warn] | None = None) -> None:
        """End the trace; without a ``source`` it is left incomplete."""
        if source is not None:
            self._line({"source": asdict(source), "warnings": [asdict(warn) for warn in warnings or []]})
        self._file.close()
        self._raw.close()

    def _line(self, row: dict[str, Any]) -> None:
        json.dump(row, self._file, separators=(",", ":"))
        self._file.write("\n")


class TraceReader:
    """A trace as a source: iterate over it once.

    Args:
        path: the trace.

    Raises:
        TraceError: it cannot be read, or is no trace; while iterating, at the line that is damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.warnings: list[Warn] = []
        self.source: SourceInfo | None = None
        self._lines = self._parsed()
        head = next(self._lines, {})
        if not isinstance(head, dict) or head.get("schema") != SCHEMA:
            self._lines.close()
            raise TraceError(f"{path} is not a formcheck trace ({SCHEMA}). Make one with: formcheck analyze --trace")
        self._size = (int(head["size"][0]), int(head["size"][1]))

    def __enter__(self) -> "TraceReader":
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._lines.close()

    def __iter__(self) -> Generator[tuple[Frame | None, Sight], None, None]:
        frames, last = 0, 0.0
        for row in self._lines:
            if "source" in row:
                self.source = SourceInfo(**row["source"])
                self.warnings += [Warn(**warn) for warn in row["warnings"]]
                return
            frames, last = frames + 1, row["t"]
            yield None, self._sight(row)
        self.warnings.append(Warn("incomplete_trace", f"The trace ends after {last:.1f} s without its last line."))
        fps = (frames - 1) / last if last > 0 else 0.0
        self.source = SourceInfo(str(self.path), last, fps, *self._size, frames)

    def _sight(self, row: dict[str, Any]) -> Sight:
        pose = None
        try:
            if "xy" in row:
                pose = Pose(
                    t=row["t"],
                    xy=np.array(row["xy"], dtype=np.float64).reshape(LANDMARKS, 2),
                    world=np.array(row["world"], dtype=np.float64).reshape(LANDMARKS, 3),
                    seen=np.array(row["seen"], dtype=np.float64),
                    size=self._size,
                )
            texture = None
            if "texture" in row:
                seed, *patches = row["texture"]
                hip, belly = (patch and Patch(*patch) for patch in patches)
                texture = Texture(seed, hip, belly)
            return Sight(row["t"], pose, row.get("others"), row.get("light"), texture, blind=row.get("blind", False))
        except (KeyError, TypeError, ValueError) as error:
            raise TraceError(f"{self.path}: a frame is damaged ({error}). Record the trace again.") from error

    def _parsed(self) -> Generator[dict[str, Any], None, None]:
        number = 0
        try:
            open_it = gzip.open if self.path.suffix == ".gz" else open
            with open_it(self.path, "rt", encoding="utf-8") as file:
                for number, line in enumerate(file, 1):  # noqa: B007 - told where it fails
                    yield json.loads(line)
        except (EOFError, ValueError, gzip.BadGzipFile) as error:
            if number > 1 and not isinstance(error, gzip.BadGzipFile):
                return  # cut off: what is whole is replayed, and the reader says that the end is missing
            raise TraceError(f"{self.path} is not a formcheck trace: {error}") from error
        except OSError as error:
            raise TraceError(f"cannot read the trace {self.path}: {error.strerror or error}") from error
