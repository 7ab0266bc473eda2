"""``formcheck batch``: its options, and what it says in the end."""

import hashlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from formcheck.errors import BatchError
from formcheck.exercises import AUTO, find
from formcheck.io.batch.places import local
from formcheck.io.batch.sources import find as find_sources
from formcheck.io.batch.store import store_at
from formcheck.io.pose import model as pose_model
from formcheck.io.report import pdf as report_pdf
from formcheck.ui.batch.cluster import ClusterCrew
from formcheck.ui.batch.crew import Crew
from formcheck.ui.batch.local import LocalCrew
from formcheck.ui.batch.order import Wanted
from formcheck.ui.batch.run import Batch, Tally
from formcheck.ui.batch.showing import Showing
from formcheck.ui.console import stderr
from formcheck.ui.cores import cores
from formcheck.ui.failing import telling_errors
from formcheck.ui.live.interrupts import Interrupts


@telling_errors()
def batch(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATHS...", help="Videos, folders, patterns in quotes ('**/*.mp4'), URLs.", show_default=False
        ),
    ],
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="Folder (or URL) for results and tables.")],
    jobs: Annotated[
        int | None, typer.Option("--jobs", metavar="N", min=1, max=512, help="Videos at once; as a rule one a core.")
    ] = None,
    exercise: Annotated[
        str, typer.Option("--exercise", metavar="NAME", help="What is done in all of them: auto, or its name.")
    ] = AUTO,
    no_video: Annotated[bool, typer.Option("--no-video", help="Leave out annotated.mp4: faster.")] = False,
    trace: Annotated[bool, typer.Option("--trace", help="Also keep the poses, for 'replay'.")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Also write report.pdf (needs: formcheck[pdf]).")] = False,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler", metavar="URL", help="Use the workers of this Dask scheduler (tcp://host:port, tls://...)."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Do again what is done.")] = False,
    model: Annotated[
        Path | None, typer.Option("--model", metavar="FILE", help="Another MediaPipe pose bundle.")
    ] = None,
) -> None:
    """Analyse many videos, several at once, and write a table of what was found.

    Writes DIR/results.csv, DIR/results.jsonl and a folder for each video. Run it again to go on after an interruption:
    what is done is known by its content and not done again. One broken video does not stop the others.
    """
    if jobs is not None and scheduler is not None:
        raise typer.BadParameter("a cluster has as many as it has workers", param_hint="--jobs with --scheduler")
    wanted = wanted_of(exercise, video=not no_video, trace=trace, pdf=pdf, model=model)
    status = carry_through(paths, out, wanted, lambda: _crew(jobs, scheduler), force=force)
    if status:
        raise typer.Exit(status)


def carry_through(paths: list[str], out: str, wanted: Wanted, crew: Callable[[], Crew], *, force: bool) -> int:
    """Find the videos, have them analysed, and say what came of it.

    Args:
        paths: what was named.
        out: path or URL for the results.
        wanted: what is asked for of each video.
        crew: makes those who do it; called when it is clear that there is something to do.
        force: do again what is done.

    Returns:
        The exit status.
    """
    place = _absolute(out)
    sources = find_sources(paths, place)
    store = store_at(place)
    console = stderr()
    with store.alone(), closing(crew()) as at_work:
        showing = Showing(console, len(sources), sum(source.size for source in sources))
        work = Batch(sources, store, wanted, at_work, showing, force=force)
        with Interrupts(work.stop) as interrupts, showing:
            tally = work.run()
    told = f"{_counted(len(sources), tally)} Table: {out.rstrip('/')}/results.csv"
    if interrupts.number is not None:
        console.print(f"formcheck: stopped; nothing half-written was left behind. {escape(told)}")
        console.print("To go on, run the same command again: what is done is not done again.")
        return 128 + interrupts.number
    console.print(escape(told))
    return 0 if tally.all_well else 1


def wanted_of(name: str, *, video: bool, trace: bool, pdf: bool, model: Path | None) -> Wanted:
    """What is asked for, with everything that would fail for every video alike tried beforehand."""
    exercise = None if name.strip().lower() == AUTO else find(name).key
    if pdf:
        report_pdf.available()
    bundle = None if model is None else str(model.resolve())
    return Wanted(exercise, video, trace, pdf, bundle, hashlib.sha256(pose_model.load(model)).hexdigest())


def _crew(jobs: int | None, scheduler: str | None) -> Crew:
    if scheduler is not None:
        return ClusterCrew(scheduler)
    return LocalCrew(jobs or cores())


def _absolute(out: str) -> str:
    path = local(out)
    if path is None:
        return out
    if path.exists() and not path.is_dir():
        raise BatchError(f"{path} is a file, the results need a folder there. Choose another --out.")
    return str(path.absolute())


def _counted(paths: int, tally: Tally) -> str:
    states = tally.states
    failed = states["failed"] + tally.unread
    parts = [
        f"{states['ok']} analysed",
        *([f"{failed} failed"] if failed else []),
        *([f"{states['nobody']} with nobody in it"] if states["nobody"] else []),
        *([f"{tally.same} the same as another"] if tally.same else []),
    ]
    left = paths - sum(states.values()) - tally.unread - tally.same
    if left:
        parts.append(f"{left} left")
    earlier = sum(states.values()) - tally.now
    told = f"{paths} video{'' if paths == 1 else 's'}: {', '.join(parts)}"
    told += f" ({earlier} of them earlier)." if earlier else "."
    return told + (f" Most memory of a worker: {tally.peak_mib:.0f} MiB." if tally.now and tally.peak_mib else "")
