"""Where the history is kept."""

import os
from pathlib import Path

import platformdirs

FOLDER = "FORMCHECK_DATA"
"""Environment variable that names another data folder."""
_NAME = "history.db"


def default_path() -> Path:
    """Return the history's place in the user's data folder."""
    named = os.environ.get(FOLDER)
    folder = Path(named).expanduser() if named else platformdirs.user_data_path("formcheck", appauthor=False)
    return folder / _NAME
