"""Results on disk: written beside their place, then moved into it, so that nothing half-written is ever found there."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from formcheck.errors import OutputError

REPORT, ANGLES, PAGE, VIDEO, TRACE = "report.json", "angles.csv", "report.html", "annotated.mp4", "trace.jsonl.gz"
PDF = "report.pdf"
_OURS = (REPORT, ANGLES, PAGE, PDF, VIDEO, TRACE)


class ResultFolder:
    """Where one recording's results go.

    Args:
        out: folder that holds a folder for each recording; made where it is missing.
        name: of this recording's folder.
        kinds: names of the files that may be in it.

    Raises:
        OutputError: it cannot be made or written to.
    """

    def __init__(self, out: Path, name: str, kinds: tuple[str, ...] = _OURS) -> None:
        self._kinds = kinds
        self.path = out / name
        with telling(self.path):
            out.mkdir(parents=True, exist_ok=True)
            if self.path.exists() and not self.path.is_dir():
                raise OutputError(f"{self.path} is a file, the results need a folder there. Choose another --out.")
            self._beside = Path(tempfile.mkdtemp(prefix=f".{name}.", suffix=".partial", dir=out))
            self._beside.chmod(0o755)

    def new(self, name: str) -> Path:
        """Return where to write a file until everything is complete."""
        return self._beside / name

    def commit(self) -> None:
        """Move all that was written into place, and take away what an earlier run left of the same kinds."""
        with telling(self.path):
            self.path.mkdir(exist_ok=True)
            for name in self._kinds:
                fresh = self._beside / name
                if fresh.exists():
                    fresh.replace(self.path / name)
                else:
                    (self.path / name).unlink(missing_ok=True)
        self.discard()

    def discard(self) -> None:
        """Throw away what was written."""
        shutil.rmtree(self._beside, ignore_errors=True)


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn the system's errors while writing below ``path`` into an ``OutputError``."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"cannot write the results to {path}: {error.strerror or error}. "
            "Free some space or choose another folder with --out."
        ) from error
