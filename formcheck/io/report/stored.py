"""report.json read back, by whoever compares it or takes it into the history."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import nan
from pathlib import Path
from typing import Any

from formcheck.core.events import Fault, Hold, Rep
from formcheck.errors import ReportError, UnknownExerciseError
from formcheck.io.report.document import SCHEMA

_AGAIN = "Analyse the recording again with: formcheck analyze"


def read(path: Path) -> dict[str, Any]:
    """Return a report as it was written.

    Raises:
        ReportError: there is none, or it is none of ours.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ReportError(f"there is no {path}. Name a folder that 'formcheck analyze' has written.") from error
    except OSError as error:
        raise ReportError(f"{path} cannot be read ({error.strerror or error}). {_AGAIN}") from error
    except (ValueError, RecursionError) as error:
        raise ReportError(f"{path} is damaged: it is no JSON. {_AGAIN}") from error
    schema = document.get("schema") if isinstance(document, dict) else None
    if schema != SCHEMA:
        raise ReportError(f"{path} is no report of this version of formcheck ({schema}). {_AGAIN}")
    return dict(document)


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn what goes wrong while the report at ``path`` is taken apart into ``ReportError``."""
    try:
        yield
    except UnknownExerciseError as error:
        raise ReportError(f"{path} is of another version of formcheck: {error}") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReportError(f"{path} is not as formcheck writes it ({error!r}). {_AGAIN}") from error


def rep_of(told: Mapping[str, Any]) -> Rep:
    """Return a repetition; when its top began and ended is not stored, and NaN."""
    start, peak, end = (float(told[key]) for key in ("start_s", "peak_s", "end_s"))
    return Rep(int(told["number"]), start, nan, peak, nan, end, nan, _measures(told), _faults(told))


def hold_of(told: Mapping[str, Any]) -> Hold:
    """Return a hold."""
    start, end, held = (float(told[key]) for key in ("start_s", "end_s", "held_s"))
    return Hold(int(told["number"]), told["side"], start, end, held, _measures(told), _faults(told))


def _measures(told: Mapping[str, Any]) -> dict[str, float]:
    return {key: float(value) for key, value in told["measures"].items()}


def _faults(told: Mapping[str, Any]) -> tuple[Fault, ...]:
    return tuple(Fault(fault["key"], float(fault["t_s"]), fault["say"]) for fault in told["faults"])
