"""``formcheck live``."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from formcheck.exercises import AUTO, all_exercises, find
from formcheck.io.report import document as report_json
from formcheck.session.live import LiveSession
from formcheck.session.summary import Result
from formcheck.ui.console import stderr
from formcheck.ui.failing import telling_errors
from formcheck.ui.live.choices import LiveChoices, Speech, size_of
from formcheck.ui.live.diary import Diary
from formcheck.ui.live.run import LiveStage
from formcheck.ui.options import Db
from formcheck.ui.tables import show_parts, summary

_NAMES = ", ".join(exercise.name for exercise in all_exercises())

Camera = Annotated[
    str,
    typer.Option(
        "--camera",
        metavar="WHICH",
        help="Its number or device, a stream in your network (rtsp://, http://), or a video file that plays as one.",
    ),
]
Size = Annotated[str, typer.Option("--size", metavar="WxH", help="Picture size asked of the camera.")]
Fps = Annotated[float, typer.Option("--fps", min=1, max=240, help="Frames a second asked of the camera.")]
LeadIn = Annotated[
    float, typer.Option("--lead-in", metavar="S", min=0, max=600, help="Hold a file's first picture for so long.")
]
NoWindow = Annotated[bool, typer.Option("--no-window", help="By voice alone.")]
Mirror = Annotated[
    bool | None,
    typer.Option("--mirror/--no-mirror", help="Show the picture as a mirror does (own cameras do by themselves)."),
]
FullScreen = Annotated[bool, typer.Option("--full-screen", help="Fill the screen.")]
Record = Annotated[Path | None, typer.Option("--record", metavar="FILE", help="Keep the annotated session, mp4.")]
Trace = Annotated[Path | None, typer.Option("--trace", metavar="FILE", help="Keep the poses, for 'replay'.")]
VoiceFile = Annotated[
    Path | None, typer.Option("--voice-file", metavar="FILE", help="Speak into this wav file instead of aloud.")
]
Language = Annotated[str, typer.Option("--language", metavar="CODE", help="Of voice and window: en or zh.")]
Rate = Annotated[float, typer.Option("--rate", min=0.5, max=2, help="How fast it speaks, 1 = as usual.")]
Volume = Annotated[float, typer.Option("--volume", min=0, max=1, help="How loud it speaks.")]
Mute = Annotated[bool, typer.Option("--mute", help="Begin in silence.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result, and nothing else, on standard output.")]
Quick = Annotated[bool, typer.Option("--quick", help="Leave out the advice on camera and light.")]
NoHistory = Annotated[bool, typer.Option("--no-history", help="Keep nothing of it.")]
Model = Annotated[Path | None, typer.Option("--model", metavar="FILE", help="Another MediaPipe pose bundle.")]


@telling_errors()
def live(
    exercise: Annotated[
        str, typer.Argument(metavar="EXERCISE", help=f"auto (formcheck recognises it), or {_NAMES}.")
    ] = AUTO,
    camera: Camera = "0",
    size: Size = "1280x720",
    fps: Fps = 30.0,
    lead_in: LeadIn = 0.0,
    no_window: NoWindow = False,
    as_json: AsJson = False,
    mirror: Mirror = None,
    full_screen: FullScreen = False,
    record: Record = None,
    trace: Trace = None,
    voice_file: VoiceFile = None,
    language: Language = "en",
    rate: Rate = 1.0,
    volume: Volume = 1.0,
    mute: Mute = False,
    quick: Quick = False,
    model: Model = None,
    db: Db = None,
    no_history: NoHistory = False,
) -> None:
    """Exercise in front of the camera: it watches, counts, times, and tells by voice what to correct.

    Keys in the window: space pauses, m mutes, n ends the set, f full screen, h help, q quits. Ctrl-C ends it too.
    """
    choices = LiveChoices(
        camera=camera,
        size=size_of(size),
        fps=fps,
        lead_in=lead_in,
        window=not no_window,
        mirror=mirror,
        full_screen=full_screen,
        record=record,
        trace=trace,
        model=model,
        speech=Speech(language.lower(), rate, volume, mute, voice_file),
    )
    found = None if exercise.strip().lower() == AUTO else find(exercise)
    with LiveStage(choices, stderr()) as stage:
        with Diary(db, stage.notice, keep=not no_history) as diary:
            result = stage.play(LiveSession(found, quick=quick), diary.sinks(found))
            diary.end("done" if stage.interrupted is None else "ended")
        tell(stage, result, as_json=as_json)
    leave(stage)


def leave(stage: LiveStage) -> None:
    """Exit with the status that says how it went."""
    if stage.interrupted is not None:
        raise typer.Exit(128 + stage.interrupted)
    if stage.problems:
        raise typer.Exit(1)


def tell(stage: LiveStage, result: Result, *, as_json: bool) -> None:
    """Print what was done: for programs on standard output, or for people on standard error."""
    if as_json:
        sys.stdout.write(report_json.text(report_json.document(result, stage.info)))
        sys.stdout.flush()
        return
    console = stderr()
    console.print(f"[bold]{summary(result)}[/]")
    show_parts(console, result)
    console.print(f"[dim]{escape(_pace(stage))}[/]")


def _pace(stage: LiveStage) -> str:
    info = stage.info
    return f"{info.frames} pictures judged in {info.duration_s:.0f} s, {info.fps:.1f} a second"
