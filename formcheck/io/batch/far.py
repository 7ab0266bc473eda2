"""A store behind a URL: an object store, or whatever else fsspec opens."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from formcheck.errors import BatchError, OutputError
from formcheck.io.batch.places import fsspec, reason


class FarStore:
    """Results behind a URL. A folder counts once its mark is there, which is written last and removed first.

    Args:
        url: of the folder.
        mark: name of the file without which a folder of results does not count.

    Raises:
        BatchError: nothing opens such a URL here.
    """

    def __init__(self, url: str, mark: str) -> None:
        self.place, self._mark = url.rstrip("/"), mark
        try:
            # listings must be fresh: workers write, the batch looks
            fs, root = fsspec().core.url_to_fs(self.place, use_listings_cache=False)
        except BatchError:
            raise
        except Exception as error:
            raise BatchError(f"cannot write to {url}: {reason(error)}. Install what opens such addresses.") from error
        self._fs: Any = fs
        self._root = root.rstrip("/")

    def read(self, name: str) -> bytes | None:
        """Return a file's content; None where there is none."""
        with self._telling():
            try:
                return bytes(self._fs.cat_file(f"{self._root}/{name}"))
            except FileNotFoundError:
                return None

    def write(self, name: str, content: bytes) -> None:
        """Write a file; object stores show it when it is whole."""
        with self._telling():
            path = f"{self._root}/{name}"
            self._fs.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
            self._fs.pipe_file(path, content)

    def remove(self, name: str) -> None:
        """Remove a file if there is one."""
        with self._telling():
            path = f"{self._root}/{name}"
            if self._fs.exists(path):
                self._fs.rm_file(path)

    def files(self, folder: str) -> dict[str, bytes]:
        """Return all files of a folder with their content."""
        with self._telling():
            where = f"{self._root}/{folder}"
            paths = self._fs.find(where, maxdepth=1) if self._fs.exists(where) else []
            found: dict[str, bytes] = self._fs.cat(paths) if paths else {}
            return {path.rsplit("/", 1)[-1]: bytes(content) for path, content in sorted(found.items())}

    def marked(self) -> set[str]:
        """Return the names of the folders that count."""
        with self._telling():
            if not self._fs.exists(self._root):
                return set()
            return {path.rsplit("/", 2)[-2] for path in self._fs.glob(f"{self._root}/*/{self._mark}")}

    @contextmanager
    def workspace(self) -> Iterator[Path]:
        """Give an empty local folder that goes again."""
        with TemporaryDirectory(prefix="formcheck-") as folder:
            yield Path(folder)

    def keep(self, folder: Path, name: str) -> None:
        """Put a local folder with results and their mark there, in the place of an earlier one."""
        target = f"{self._root}/{name}"
        self.remove(f"{name}/{self._mark}")
        with self._telling():
            self._fs.makedirs(target, exist_ok=True)
            fresh = sorted(path.name for path in folder.iterdir())
            for old in self._fs.find(target, maxdepth=1):
                if old.rsplit("/", 1)[-1] not in fresh:
                    self._fs.rm_file(old)
            for each in (*(one for one in fresh if one != self._mark), self._mark):
                self._fs.put_file(str(folder / each), f"{target}/{each}")

    def alone(self) -> "nullcontext[None]":
        """Keep nobody out: stores have no locks. Two batches do the same work twice, and write the same."""
        return nullcontext()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # a store's library raises what it likes
            raise OutputError(
                f"cannot write the results to {self.place}: {reason(error)}. Check the address and your access to it."
            ) from error
