"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

Db = Annotated[
    Path | None,
    typer.Option(
        "--db",
        metavar="FILE",
        help="Another history than the one in your data folder, or in the folder FORMCHECK_DATA.",
    ),
]
