"""``formcheck analyze`` and ``formcheck replay``: recorded videos, and their traces again."""

import json
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from formcheck.errors import FormcheckError
from formcheck.exercises import AUTO, all_exercises, find
from formcheck.exercises.vocabulary import Exercise
from formcheck.io.report import document as report_json
from formcheck.ui.analysis import Analysed, Choices
from formcheck.ui.analysis import analyze as analyze_one
from formcheck.ui.analysis import replay as replay_one
from formcheck.ui.console import ProgressSink, progress_bar, stderr
from formcheck.ui.cores import cores
from formcheck.ui.failing import complain, telling_errors
from formcheck.ui.tables import show_parts, summary

_OUT = Path("formcheck-results")
_NAMES = ", ".join(exercise.name for exercise in all_exercises())
_ExerciseName = Annotated[
    str,
    typer.Option(
        "--exercise", metavar="NAME", help=f"What is done in it: auto (formcheck recognises it), or {_NAMES}."
    ),
]
_Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the results, a folder in it for each.")]
_Pdf = Annotated[bool, typer.Option("--pdf", help="Also write report.pdf (needs: pip install 'formcheck[pdf]').")]
_Json = Annotated[bool, typer.Option("--json", help="Print report.json, and nothing else, on standard output.")]


def analyze(
    videos: Annotated[list[Path], typer.Argument(metavar="VIDEO...", help="Recorded videos.", show_default=False)],
    exercise: _ExerciseName = AUTO,
    out: _Out = _OUT,
    as_json: _Json = False,
    no_video: Annotated[bool, typer.Option("--no-video", help="Leave out annotated.mp4: faster.")] = False,
    trace: Annotated[bool, typer.Option("--trace", help="Also keep the poses, for 'replay'.")] = False,
    pdf: _Pdf = False,
    model: Annotated[
        Path | None, typer.Option("--model", metavar="FILE", help="Another MediaPipe pose bundle (lite, heavy).")
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", metavar="N", min=0, help="Parts of a long video worked on at once; 0: all cores.")
    ] = 0,
) -> None:
    """Count and judge the exercises in recorded videos.

    For each video writes DIR/<video name>/ with report.html, report.json, angles.csv and annotated.mp4.
    """
    failed = False
    with telling_errors(), progress_bar(stderr()) as bar:
        choices = Choices(
            _exercise(exercise), out, video=not no_video, trace=trace, model=model, pdf=pdf, jobs=jobs or cores()
        )
        for path, name in zip(videos, folder_names(videos), strict=True):
            try:
                done = analyze_one(path, name, choices, partial(ProgressSink, bar))
                _tell(done, as_json=as_json, one_line=len(videos) > 1)
            except FormcheckError as error:
                failed = True
                complain(error)
    if failed:
        raise typer.Exit(1)


def replay(
    trace: Annotated[Path, typer.Argument(metavar="TRACE", help="A trace kept with 'analyze --trace'.")],
    exercise: _ExerciseName = AUTO,
    out: _Out = _OUT,
    as_json: _Json = False,
    pdf: _Pdf = False,
) -> None:
    """Judge a recorded trace again, without video or model: the same results as from the video."""
    name = trace.parent.resolve().name if trace.name.startswith("trace.jsonl") else trace.name.split(".")[0]
    with telling_errors():
        _tell(
            replay_one(trace, f"{name}-replay", Choices(_exercise(exercise), out, pdf=pdf)),
            as_json=as_json,
            one_line=False,
        )


def _exercise(name: str) -> Exercise | None:
    return None if name.strip().lower() == AUTO else find(name)


def folder_names(videos: list[Path]) -> list[str]:
    """A folder for each video: its stem, its whole name where two have one stem, with a number where they have that."""
    stems, names = Counter(path.stem for path in videos), Counter[str]()
    found = []
    for path in videos:
        name = path.stem if stems[path.stem] == 1 else path.name
        names[name] += 1
        found.append(name if names[name] == 1 else f"{name}-{names[name]}")
    return found


def _tell(done: Analysed, *, as_json: bool, one_line: bool) -> None:
    """Print what was found: for programs on standard output, or for people on standard error."""
    if as_json:
        compact = json.dumps(done.document, ensure_ascii=False, allow_nan=False) + "\n"
        sys.stdout.write(compact if one_line else report_json.text(done.document))
        sys.stdout.flush()
        return
    console, result = stderr(), done.result
    console.print(f"[bold]{escape(Path(done.document['source']['path']).name)}[/]: {summary(result)}")
    show_parts(console, result)
    console.print(f"results: {escape(str(done.folder / 'report.html'))}")
