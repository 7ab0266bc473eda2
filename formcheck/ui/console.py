"""Messages and progress, on standard error: standard output is for results."""

from collections.abc import Callable

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.io.report.words import short_noun
from formcheck.session.moment import Moment
from formcheck.session.summary import Result


def stderr() -> Console:
    """Return a console on the present standard error."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def progress_bar(console: Console, period_s: float = 30.0) -> Progress:
    """Return a progress bar with the remaining time; silent where standard error is no terminal.

    Args:
        console: where.
        period_s: what remains is judged by so much of the past.
    """
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[found]}"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
        refresh_per_second=4,
        speed_estimate_period=period_s,
    )


class ProgressSink:
    """Shows how far a recording is.

    Args:
        bar: a running progress bar.
        name: of the recording.
        share: tells how much of the work is done, 0..1, when the frame of a time, s, is judged.
    """

    def __init__(self, bar: Progress, name: str, share: Callable[[float], float]) -> None:
        self._bar, self._share = bar, share
        self._task = bar.add_task(name, total=1.0, found="")

    def take(self, frame: Frame | None, sight: Sight, moment: Moment) -> None:
        """Move the bar."""
        del frame
        n = len(moment.done)
        # what is only being looked for may be another exercise's
        found = f"{n} {short_noun(moment.exercise, n)}" if n and moment.certain else ""
        self._bar.update(self._task, completed=self._share(sight.t), found=found)

    def finish(self, result: Result) -> None:
        """Take the bar away."""
        del result
        self._bar.update(self._task, visible=False)

    def abort(self) -> None:
        """Take the bar away."""
        self._bar.update(self._task, visible=False)
