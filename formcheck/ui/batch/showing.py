"""Shows how far a batch is: a line for each video that is through, and bars for all and for those being worked on."""

from collections.abc import Mapping
from types import TracebackType

from rich.console import Console
from rich.markup import escape
from rich.progress import TaskID

from formcheck.exercises import find
from formcheck.io.batch.entry import Entry, Part
from formcheck.io.batch.sources import Source
from formcheck.io.report.words import noun
from formcheck.ui.console import progress_bar

_PERIOD_S = 900.0
"""Videos are of unlike length: what remains is judged by this much of the past."""
_COLOURS = {"ok": "green", "nobody": "yellow", "failed": "red", "skipped": "dim"}


class Showing:
    """On a console. Bars are shown on a terminal only.

    Args:
        console: where.
        sources: all videos of the batch.
    """

    def __init__(self, console: Console, sources: int, size: int) -> None:
        self._console, self._n = console, sources
        self._through = 0
        self._bytes = 0
        self._trouble: str | None = None
        self._bar = progress_bar(console, _PERIOD_S)
        self._all = self._bar.add_task("all", total=max(1, size), found="")
        self._each: dict[str, TaskID] = {}

    def __enter__(self) -> "Showing":
        self._bar.start()
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._bar.stop()

    def known(self, source: Source) -> None:
        """A video was done by an earlier batch: it costs no time, so nothing is to be foretold from it."""
        self._through += 1
        total = self._bar.tasks[0].total or 0
        self._bar.update(self._all, total=max(1, total - source.size))

    def through(self, source: Source, state: str, words: str) -> None:
        """A video is through."""
        self._through += 1
        self._bytes += source.size
        told = f"[{_COLOURS[state]}]{escape(words)}[/]"
        self._console.print(f"[dim]{self._through}/{self._n}[/] {escape(_name(source))}: {told}")

    def trouble(self, words: str | None) -> None:
        """Tell what keeps the workers from working, once."""
        if words and words != self._trouble:
            self._console.print(f"[yellow]note:[/] {escape(words)}")
        self._trouble = words

    def running(self, shares: Mapping[str, float], sources: Mapping[str, Source]) -> None:
        """Move the bars: how far each content is that is being worked on."""
        at_work = {sha: share for sha, share in shares.items() if sha in sources}
        for sha in set(self._each) - set(at_work):
            self._bar.remove_task(self._each.pop(sha))
        for sha, share in at_work.items():
            if sha not in self._each:
                if share <= 0:
                    continue  # it waits for a worker
                self._each[sha] = self._bar.add_task(_name(sources[sha]), total=1.0, found="")
            self._bar.update(self._each[sha], completed=share)
        part = sum(share * sources[sha].size for sha, share in at_work.items())
        self._bar.update(self._all, completed=self._bytes + part, found=f"{self._through} of {self._n}")


def words(entry: Entry) -> str:
    """Return what came of a video, in one line."""
    return entry.error or "; ".join(map(_done, entry.exercises))


def _done(part: Part) -> str:
    if part.exercise is None:
        return "No exercise recognised"
    exercise = find(part.exercise)
    n = part.reps + part.holds
    return f"{exercise.title}, {n} {noun(exercise, n)}, {part.good_reps + part.good_holds} good"


def _name(source: Source) -> str:
    return source.place.rstrip("/").replace("\\", "/").rsplit("/", 1)[-1]
