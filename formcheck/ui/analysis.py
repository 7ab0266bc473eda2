"""Analyses one recording, or replays one trace, into a folder of results."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from formcheck.core.events import Warn
from formcheck.errors import NoPersonError
from formcheck.exercises.vocabulary import Exercise
from formcheck.io.report import angles as angles_csv
from formcheck.io.report import document as report_json
from formcheck.io.report import page as report_html
from formcheck.io.report import pdf as report_pdf
from formcheck.io.report.folder import ANGLES, PAGE, PDF, REPORT, TRACE, VIDEO, ResultFolder, telling
from formcheck.io.report.source_info import SourceInfo
from formcheck.io.report.stills import Stills
from formcheck.io.sinks import AnnotatedVideo, TraceSink
from formcheck.io.trace import TraceReader
from formcheck.io.video.opening import open_recording
from formcheck.io.video.writer import VideoWriter
from formcheck.session.pipeline import Sink, run
from formcheck.session.session import Session
from formcheck.session.summary import Result

Watch = Callable[[str, Callable[[float], float]], Sink]
"""Given a recording's name, and what tells how much of it is done at a time in s: returns what shows that."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user asked for.

    Attributes:
        exercise: None to recognise it.
        out: folder for the results.
        video: write the annotated video.
        trace: write the trace.
        model: another pose bundle.
        pdf: write the report as a PDF as well.
        called: what the report calls the recording; None: its path.
        jobs: parts of a long video that are worked on at once; the results are the same.
    """

    exercise: Exercise | None
    out: Path
    video: bool = True
    trace: bool = False
    model: Path | None = None
    pdf: bool = False
    called: str | None = None
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Analysed:
    """What came of it: the result, the same as plain data, and where it was written."""

    result: Result
    document: dict[str, Any]
    folder: Path


def analyze(path: Path, name: str, choices: Choices, watch: Watch) -> Analysed:
    """Analyse a video.

    Args:
        path: the video.
        name: of the folder for its results.
        choices: what is asked for.
        watch: makes what shows how far it is: a bar at the console, or nothing of the kind in a worker process.

    Raises:
        FormcheckError: with a message for the user; nothing was written then.
    """
    if choices.pdf:
        report_pdf.available()
    with open_recording(path, choices.called, choices.model, choices.jobs) as source:
        video = source.video
        folder = ResultFolder(choices.out, name)
        try:
            stills = Stills()
            sinks: list[Sink] = [watch(path.name, source.share), stills]
            annotated = trace = None
            with telling(folder.path):
                if choices.trace:
                    trace = TraceSink(folder.new(TRACE), video.size)
                    sinks.append(trace)
                if choices.video:
                    sound = path if video.has_audio else None
                    annotated = AnnotatedVideo(VideoWriter(folder.new(VIDEO), video.size, video.fps, sound))
                    sinks.append(annotated)
                result = run(source, Session(choices.exercise), sinks)
                if trace is not None:
                    trace.writer.close(source.info, source.warnings)
            if not result.side:
                raise NoPersonError(
                    f"no person was found in {path} ({result.frames} frames). "
                    "Film from the side, with the whole body in the picture and enough light."
                )
            if annotated is not None:
                result = _warned(result, annotated.warnings)
            return _write(folder, result, source.info, stills, pdf=choices.pdf)
        finally:
            folder.discard()


def replay(path: Path, name: str, choices: Choices) -> Analysed:
    """Judge a recorded trace again, without video or model.

    Raises:
        FormcheckError: with a message for the user; nothing was written then.
    """
    if choices.pdf:
        report_pdf.available()
    with TraceReader(path) as trace:
        folder = ResultFolder(choices.out, name)
        try:
            result = run(trace, Session(choices.exercise), [])
            if trace.source is None or not result.side:
                raise NoPersonError(f"nobody is seen in the trace {path}. Record it again.")
            return _write(folder, result, trace.source, Stills(), pdf=choices.pdf)
        finally:
            folder.discard()


def _warned(result: Result, more: Sequence[Warn]) -> Result:
    """Add warnings of the whole recording: to each of its exercises."""
    segments = tuple(replace(part, warnings=(*part.warnings, *more)) for part in result.segments)
    return replace(result, warnings=(*result.warnings, *more), segments=segments)


def _write(folder: ResultFolder, result: Result, source: SourceInfo, stills: Stills, *, pdf: bool) -> Analysed:
    document = report_json.document(result, source)
    page = report_html.render(result, source, stills.pictures)
    with telling(folder.path):
        folder.new(REPORT).write_text(report_json.text(document), encoding="utf-8")
        angles_csv.write(folder.new(ANGLES), result)
        folder.new(PAGE).write_text(page, encoding="utf-8")
        if pdf:
            report_pdf.write(folder.new(PDF), page)
    folder.commit()
    return Analysed(result, document, folder.path)
