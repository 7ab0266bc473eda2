"""Writes a plan as a file to change and to prescribe from."""

import json
from pathlib import Path

from formcheck.errors import PlanError
from formcheck.exercises import all_exercises
from formcheck.session.plan import Plan, Step

_HEAD = """\
# A plan for formcheck. Lines that begin with # are remarks. Check it with: formcheck plan check FILE
"""
_PAIN = """\
# Pain from 0 to 10: an exercise is stopped when it rises by so much, or is above so much. Stricter is possible.
"""


def text(plan: Plan) -> str:
    """Return a plan as TOML that reads back the same."""
    known = ", ".join(exercise.name for exercise in all_exercises())
    head = f"{_HEAD}# Exercises: {known}\n\ntitle = {_quoted(plan.title)}\n"
    pain = f"\n{_PAIN}[pain]\nrise = {plan.pain.rise}\nabove = {plan.pain.above}\n"
    return head + pain + "".join(map(_step, plan.steps))


def write(plan: Plan, path: Path) -> None:
    """Write a plan to a new file.

    Raises:
        PlanError: there is one already, or it cannot be written.
    """
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text(plan))
    except FileExistsError as error:
        raise PlanError(f"{path} exists already and was left as it is. Choose another name.") from error
    except OSError as error:
        raise PlanError(f"{path} cannot be written: {error.strerror}. Choose another place.") from error


def _step(step: Step) -> str:
    dose = step.dose
    lines = ["", "[[step]]", f"exercise = {_quoted(step.exercise.name)}"]
    if dose.reps:
        lines.append(f"reps = [{dose.reps[0]}, {dose.reps[1]}]")
    if dose.hold_s:
        lines.append(f"hold_s = [{dose.hold_s[0]}, {dose.hold_s[1]}]  # seconds")
        lines.append(f"each_leg = {dose.each_leg}  # times")
        lines.append(f"legs = [{', '.join(map(_quoted, step.legs))}]  # in this order")
        lines.append(f"between_holds_s = {step.between_holds_s:g}")
    lines.append(f"rest_s = {step.rest_s:g}  # afterwards")
    if step.targets:
        lines.append(f"targets = {{ {', '.join(f'{key} = {value:g}' for key, value in step.targets.items())} }}")
    if step.notes:
        lines.append(f"notes = {_quoted(step.notes)}")
    return "\n".join(lines) + "\n"


def _quoted(words: str) -> str:
    # TOML's escapes are JSON's, and it forbids one character more
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
