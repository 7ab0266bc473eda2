"""Shared by all tests: hypothesis without a clock, and where real footage lies when it is there."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("formcheck", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("formcheck")

ROOT = Path(__file__).parent.parent
FOOTAGE = Path(os.environ.get("FORMCHECK_FOOTAGE", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def footage() -> Path:
    """The folder with ``clips/`` and ``real/``: recordings that may not be shipped."""
    if not (FOOTAGE / "clips").is_dir():
        pytest.skip(f"no footage in {FOOTAGE}: set FORMCHECK_FOOTAGE to a folder with clips/ and real/")
    return FOOTAGE
