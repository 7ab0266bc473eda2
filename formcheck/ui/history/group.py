"""``formcheck history``."""

from typing import ClassVar

import typer

from formcheck.ui.lazy import Lazy, LazyGroup


class _Commands(LazyGroup):
    lazy: ClassVar = {
        "list": Lazy("formcheck.ui.history.looking:show_list", "List all sessions, the latest last."),
        "show": Lazy("formcheck.ui.history.looking:show", "Show one session: every repetition and hold, and pain."),
        "trends": Lazy(
            "formcheck.ui.history.looking:trends",
            "Show how range and pain went over the sessions, judged against the measurement's own error.",
        ),
        "report": Lazy(
            "formcheck.ui.history.sharing:report",
            "Write the report page of a session, with how it goes against the sessions before it.",
        ),
        "export": Lazy("formcheck.ui.history.sharing:export", "Write sessions for other programs."),
        "delete": Lazy("formcheck.ui.history.keeping:delete", "Delete sessions for good."),
        "backup": Lazy(
            "formcheck.ui.history.keeping:backup", "Copy the history to a new file; a session may be going on."
        ),
        "import": Lazy(
            "formcheck.ui.history.keeping:take_in",
            "Take analysed videos into the history, by the date of the recording.",
        ),
    }


history_app = typer.Typer(
    cls=_Commands,
    help="What was done in earlier sessions, how it goes, and taking it elsewhere.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@history_app.callback()
def _group() -> None:
    """A group even though it has no commands of its own yet."""
