"""What came of one video: a line of the table, and the mark by which it is known to be done."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal

from formcheck import __version__

State = Literal["ok", "nobody", "failed"]


@dataclass(frozen=True, slots=True)
class Part:
    """One exercise of a video.

    Attributes:
        exercise: its key; None where it is none of ours.
        side: the body side toward the camera.
        start_s: when it begins in the video, s.
        end_s: when it ends, s.
        reps: how many repetitions.
        good_reps: how many of them without a fault.
        holds: how many holds.
        good_holds: how many of them without a fault.
        held_left_s: how long the left leg was held, s.
        held_right_s: the same of the right one.
        faults: how many movements had each fault.
        warnings: keys of what limits this.
    """

    exercise: str | None
    side: str | None
    start_s: float | None
    end_s: float | None
    reps: int
    good_reps: int
    holds: int
    good_holds: int
    held_left_s: float | None
    held_right_s: float | None
    faults: Mapping[str, int]
    warnings: Sequence[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """What came of one video.

    Attributes:
        sha256: of its content.
        key: of what was asked for: options, model, version.
        state: what became of it.
        paths: where this content was found; the first one was analysed.
        folder: of its results, in the batch's; None without any.
        exercises: one after another.
        duration_s: length of the video, s.
        took_s: how long it took, s.
        peak_mib: the most memory the worker has held until then, MiB.
        error: why there are no results, and what to do.
        final: the same would come of it again. False where the machine, not the video, was the reason.
        formcheck: version.
    """

    sha256: str
    key: str
    state: State
    paths: tuple[str, ...]
    folder: str | None = None
    exercises: tuple[Part, ...] = ()
    duration_s: float | None = None
    took_s: float | None = None
    peak_mib: float | None = None
    error: str | None = None
    final: bool = True
    formcheck: str = __version__

    def at(self, paths: Sequence[str]) -> "Entry":
        """Return the same of other paths."""
        return replace(self, paths=tuple(paths))


def parts_of(report: Mapping[str, Any]) -> tuple[Part, ...]:
    """Return the exercises that a report tells of."""
    return tuple(_part(each, report) for each in report.get("segments") or (report,))


def _part(found: Mapping[str, Any], report: Mapping[str, Any]) -> Part:
    totals = found["totals"]
    faults = Counter(fault["key"] for each in (*found["reps"], *found["holds"]) for fault in each["faults"])
    return Part(
        exercise=found["exercise"],
        side=found["side"],
        start_s=found.get("start_s", 0.0),
        end_s=found.get("end_s", report["source"]["duration_s"]),
        reps=totals["reps"],
        good_reps=totals["good_reps"],
        holds=totals["holds"],
        good_holds=totals["good_holds"],
        held_left_s=totals["held_s"]["left"],
        held_right_s=totals["held_s"]["right"],
        faults=dict(sorted(faults.items())),
        warnings=tuple(warn["key"] for warn in found["warnings"]),
    )


def json_line(told: Mapping[str, Any]) -> bytes:
    """Return plain data as one line of JSON. A file name that is no UTF-8 is escaped, and comes back as it was."""
    return f"{json.dumps(told, ensure_ascii=False, allow_nan=False)}\n".encode(errors="backslashreplace")


def to_bytes(entry: Entry) -> bytes:
    """Return an entry as it is stored."""
    return json_line(asdict(entry))


def from_bytes(stored: bytes) -> Entry | None:
    """Return a stored entry; None where it is not one, or one of another version that cannot be understood."""
    try:
        told = json.loads(stored)
        known = {field.name for field in fields(Entry)}
        parts = tuple(Part(**{**part, "warnings": tuple(part["warnings"])}) for part in told["exercises"])
        plain = {name: value for name, value in told.items() if name in known}
        return Entry(**{**plain, "exercises": parts, "paths": tuple(told["paths"])})
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
