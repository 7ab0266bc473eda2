"""report.json: the result in the form that other programs rely on."""

import json
from collections.abc import Mapping
from math import isfinite
from typing import Any

from formcheck.core.events import Fault, Hold, Rep
from formcheck.io.report.source_info import SourceInfo
from formcheck.io.report.words import direction
from formcheck.session.summary import Result

SCHEMA = "formcheck.report/1"


def document(result: Result, source: SourceInfo) -> dict[str, Any]:
    """Return the report as plain data; see ``docs/formats.md``."""
    whole = {
        "schema": SCHEMA,
        "source": {
            "path": source.path,
            "duration_s": _number(source.duration_s),
            "fps": _number(source.fps),
            "width": source.width,
            "height": source.height,
            "frames": source.frames,
        },
        **_findings(result),
    }
    if result.segments:
        whole["segments"] = [{**_span(part), **_findings(part)} for part in result.segments]
    return whole


def text(document: dict[str, Any]) -> str:
    """Return the document as it is written and printed."""
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _span(part: Result) -> dict[str, Any]:
    """When a segment's first and last frame were."""
    t = part.series.t
    return {"start_s": _number(t[0]), "end_s": _number(t[-1])} if t else {}


def _findings(result: Result) -> dict[str, Any]:
    return {
        "exercise": result.exercise.key if result.exercise else None,
        "recognised": result.recognised,
        "side": result.side,
        "seen_fraction": round(result.seen_fraction, 4),
        "reps": [of_rep(rep) for rep in result.reps],
        "holds": [of_hold(hold) for hold in result.holds],
        "unfinished": [
            {"start_s": _number(each.start), "end_s": _number(each.end), "missing": each.missing}
            for each in result.unfinished
        ],
        "totals": {
            "reps": len(result.reps),
            "good_reps": sum(rep.good for rep in result.reps),
            "holds": len(result.holds),
            "good_holds": sum(hold.good for hold in result.holds),
            "held_s": {"left": _number(result.held_s("left")), "right": _number(result.held_s("right"))},
        },
        "warnings": [{"key": warn.key, "say": warn.say} for warn in result.warnings],
    }


def of_rep(rep: Rep) -> dict[str, Any]:
    """Return a repetition as plain data."""
    way = direction(rep)
    return {
        "number": rep.number,
        "start_s": _number(rep.start),
        "peak_s": _number(rep.peak),
        "end_s": _number(rep.end),
        "good": rep.good,
        **({"direction": way} if way else {}),
        "faults": _faults(rep.faults),
        "measures": _measures(rep.measures),
    }


def of_hold(hold: Hold) -> dict[str, Any]:
    """Return a hold as plain data."""
    return {
        "number": hold.number,
        "side": hold.side,
        "start_s": _number(hold.start),
        "end_s": _number(hold.end),
        "held_s": _number(hold.held),
        "good": hold.good,
        "faults": _faults(hold.faults),
        "measures": _measures(hold.measures),
    }


def _faults(faults: tuple[Fault, ...]) -> list[dict[str, Any]]:
    return [{"key": fault.key, "t_s": _number(fault.t), "say": fault.say} for fault in faults]


def _measures(measures: Mapping[str, float]) -> dict[str, float]:
    # what the camera could not tell is left out: JSON has no NaN
    return {key: _number(value) for key, value in measures.items() if isfinite(value)}


def _number(value: float) -> float:
    return round(float(value), 3)
