"""Reads plan files, and says of each mistake the line and the remedy."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from formcheck.errors import PlanError
from formcheck.io.plan.lines import lines_of
from formcheck.io.plan.steps import step_of
from formcheck.io.plan.words import Troubles, Words, nearest
from formcheck.session.plan import BUILT_IN, PainLimits, Plan

_MOST_BYTES = 200_000
_MOST_STEPS = 20
_STRICTEST = PainLimits()


def load(name: str) -> Plan:
    """Return the built-in plan of that name, or the one in that file.

    Raises:
        PlanError: there is neither, or the file cannot be used.
    """
    path = Path(name)
    if name in BUILT_IN and not path.is_file():
        return BUILT_IN[name]
    if not path.exists() and path.suffix != ".toml":
        raise PlanError(f"there is no plan and no file called {name!r}{nearest(name, list(BUILT_IN))}")
    return read(path)


def read(path: Path) -> Plan:
    """Read a plan file.

    Raises:
        PlanError: it cannot be read or used; the message has a line for each mistake.
    """
    text = _text(path)
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # besides its own: impossible dates, endless digits and brackets
        raise PlanError(f"{path}: {error}. 'formcheck plan new FILE' writes one to start from.") from error
    troubles = Troubles(lines_of(text))
    plan = _plan(table, path, troubles)
    if troubles.found:
        raise PlanError("\n".join(f"{path}, line {line}: {message}" for line, message in sorted(troubles.found)))
    return plan


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise PlanError(f"{path} is too large for a plan. Name a TOML file, see 'formcheck plan new FILE'.")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise PlanError(f"there is no file {path}. 'formcheck plan new {path}' writes one to start from.") from error
    except IsADirectoryError as error:
        raise PlanError(f"{path} is a folder. Name the plan file in it.") from error
    except UnicodeDecodeError as error:
        raise PlanError(f"{path} is no text in UTF-8. Save it as UTF-8 and try again.") from error
    except OSError as error:
        raise PlanError(f"{path} cannot be read: {error.strerror}. Check the path and its permissions.") from error


def _plan(table: Mapping[str, Any], path: Path, troubles: Troubles) -> Plan:
    words = Words(table, (), troubles, ("title", "pain", "step"))
    title = words.get("title", str, path.stem, '"My plan"')
    pain = Words(words.get("pain", dict, {}, "[pain] on a line of its own"), ("pain",), troubles, ("rise", "above"))
    # stricter than the safety rules, never looser
    limits = PainLimits(
        pain.whole("rise", _STRICTEST.rise, 1, _STRICTEST.rise),
        pain.whole("above", _STRICTEST.above, 0, _STRICTEST.above),
    )
    tables = words.get("step", list, [], "[[step]] on a line of its own, once for each exercise")
    if not tables:
        words.wrong("step", 'there is no exercise in the plan. Add [[step]] and below it exercise = "bridge"')
    if len(tables) > _MOST_STEPS:
        words.wrong("step", f"a session has at most {_MOST_STEPS} steps, this plan has {len(tables)}. Make two of it")
    steps = []
    for i, each in enumerate(tables):
        if isinstance(each, dict):
            steps.append(step_of(each, ("step", i), troubles))
        else:
            troubles.add(("step", i), f"a step is a table, not {each!r}. Write [[step]] on a line of its own")
    return Plan(path.stem, title, tuple(step for step in steps if step is not None), limits)
