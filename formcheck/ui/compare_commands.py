"""``formcheck compare``: two sessions side by side."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import Progress

from formcheck.errors import CompareError
from formcheck.exercises import AUTO, find
from formcheck.io.compare import film
from formcheck.io.compare import page as compare_html
from formcheck.io.compare.differences import said
from formcheck.io.compare.sessions import Compared, from_folder
from formcheck.io.report.folder import REPORT, VIDEO, ResultFolder, telling
from formcheck.io.trace import TraceReader
from formcheck.session.pipeline import run
from formcheck.session.session import Session
from formcheck.ui.analysis import Choices, analyze
from formcheck.ui.console import ProgressSink, progress_bar, stderr
from formcheck.ui.failing import telling_errors

PAGE, FILM = "compare.html", "compare.mp4"


def compare(
    a: Annotated[Path, typer.Argument(metavar="A", help="A folder of results, a trace, or a video.")],
    b: Annotated[Path, typer.Argument(metavar="B", help="The same: what A is compared with.")],
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Folder for the results, a folder in it for each.")
    ] = Path("formcheck-results"),
    exercise: Annotated[
        str, typer.Option("--exercise", metavar="NAME", help="What is done in traces and videos: auto, or its name.")
    ] = AUTO,
    video: Annotated[
        bool, typer.Option("--video", help="Also write compare.mp4: both videos beside each other.")
    ] = False,
) -> None:
    """Compare two sessions: counts, faults, measures against their error, curves over each other.

    Writes DIR/<A>-and-<B>/compare.html. Videos are analysed first, into folders A and B there.
    """
    with telling_errors(), progress_bar(stderr()) as bar:
        name = f"{_name(a)}-and-{_name(b)}"
        # videos are analysed into a folder of their own: an earlier analysis of the same name stays as it is
        choices = Choices(None if exercise.strip().lower() == AUTO else find(exercise), out / name, video=video)
        one, two = (_session(path, letter, choices, bar) for path, letter in ((a, "A"), (b, "B")))
        compare_html.pairs(one, two)  # told before anything is written
        sides = film.sides(one, two) if video else None
        folder = ResultFolder(out, name, (PAGE, FILM))
        try:
            with telling(folder.path):
                if sides is not None:
                    task = bar.add_task(FILM, total=None, found="")
                    film.write(folder.new(FILM), *sides, lambda done: bar.update(task, completed=done))
                    bar.update(task, visible=False)
                page = compare_html.render(one, two, FILM if video else "")
                folder.new(PAGE).write_text(page, encoding="utf-8")
            folder.commit()
        finally:
            folder.discard()
    for x, y in compare_html.pairs(one, two):
        if x.exercise is not None:
            stderr().print(f"[bold]{x.exercise.title}[/]: {escape(said(x.exercise, x, y))}")
    stderr().print(f"results: {escape(str(folder.path / PAGE))}")


def _session(path: Path, letter: str, choices: Choices, bar: Progress) -> Compared:
    """Read, judge or analyse what was named."""
    if path.is_dir():
        return from_folder(path)
    if path.name == REPORT:
        return from_folder(path.parent)
    if path.name.endswith((".jsonl", ".jsonl.gz")):
        with TraceReader(path) as trace:
            result = run(trace, Session(choices.exercise), [])
        if trace.source is None:
            raise CompareError(f"nobody is seen in the trace {path}. Record it again.")
        source = Path(trace.source.path)
        beside = next((each for each in (path.parent / VIDEO, source) if each.is_file()), None)
        return Compared(source.name, result, beside)
    done = analyze(path, letter, choices, partial(ProgressSink, bar))
    drawn = done.folder / VIDEO
    return Compared(path.name, done.result, drawn if drawn.is_file() else path)


def _name(path: Path) -> str:
    """What a folder is called after: the recording, not the files that came of it."""
    path = path.resolve()
    if path.name == REPORT or path.name.startswith("trace.jsonl"):
        return path.parent.name
    return path.name if path.is_dir() else path.name.split(".")[0]
