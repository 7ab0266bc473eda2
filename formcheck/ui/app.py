"""The command line. A command's own module is loaded when it is called: ``--help`` answers at once."""

from typing import Annotated, ClassVar

import typer

from formcheck import __version__
from formcheck.ui.lazy import Lazy, LazyGroup


class _Commands(LazyGroup):
    lazy: ClassVar = {
        "analyze": Lazy("formcheck.ui.analyze_commands:analyze", "Count and judge the exercises in recorded videos."),
        "batch": Lazy(
            "formcheck.ui.batch.command:batch",
            "Analyse many videos, several at once, and write a table of what was found.",
        ),
        "replay": Lazy(
            "formcheck.ui.analyze_commands:replay",
            "Judge a recorded trace again, without video or model: the same results as from the video.",
        ),
        "exercises": Lazy(
            "formcheck.ui.exercise_commands:exercises", "List the exercises, how to do them, and what is checked."
        ),
        "live": Lazy(
            "formcheck.ui.live.command:live",
            "Exercise in front of the camera: it watches, counts, times, and tells by voice what to correct.",
        ),
        "programme": Lazy(
            "formcheck.ui.live.programme:programme",
            "Do a whole guided session: safety questions, exercises with rests, pain before and after, a summary.",
        ),
        "serve": Lazy(
            "formcheck.ui.web.command:serve",
            "Open formcheck as a page in your browser: live, recorded videos, history, guide. Ctrl-C ends it.",
        ),
        "doctor": Lazy(
            "formcheck.ui.doctor.command:doctor",
            "Look whether this machine has what a session needs: camera, model, voice, screen, disk, speed.",
        ),
        "compare": Lazy(
            "formcheck.ui.compare_commands:compare",
            "Compare two sessions: counts, faults, measures against their error, curves over each other.",
        ),
        "guide": Lazy(
            "formcheck.ui.guide_commands:guide",
            "Say how to do an exercise, where to put the camera, what is checked, and when not to do it.",
        ),
        "history": Lazy(
            "formcheck.ui.history.group:history_app",
            "What was done in earlier sessions, how it goes, and taking it elsewhere.",
        ),
        "plan": Lazy(
            "formcheck.ui.plan_commands:plan_app", "Plans to prescribe from: exercises, doses, rests, targets."
        ),
    }


app = typer.Typer(
    cls=_Commands,
    help="Watches low-back exercises in recorded videos, counts or times them and says what to correct.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"formcheck {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    del version
