"""report.json: the result in the form that other programs rely on."""

import json
from math import isfinite
from typing import Any

from formcheck.core.events import Rep
from formcheck.io.report.source_info import SourceInfo
from formcheck.session.summary import Result

SCHEMA = "formcheck.report/1"


def document(result: Result, source: SourceInfo) -> dict[str, Any]:
    """Return the report as plain data; see ``docs/formats.md``."""
    return {
        "schema": SCHEMA,
        "source": {
            "path": source.path,
            "duration_s": _number(source.duration_s),
            "fps": _number(source.fps),
            "width": source.width,
            "height": source.height,
            "frames": source.frames,
        },
        "exercise": result.exercise.key if result.exercise else None,
        "recognised": result.recognised,
        "side": result.side,
        "seen_fraction": round(result.seen_fraction, 4),
        "reps": [_rep(rep) for rep in result.reps],
        "holds": [],
        "unfinished": [
            {"start_s": _number(each.start), "end_s": _number(each.end), "missing": each.missing}
            for each in result.unfinished
        ],
        "totals": {
            "reps": len(result.reps),
            "good_reps": result.good_reps,
            "holds": 0,
            "good_holds": 0,
            "held_s": {"left": 0.0, "right": 0.0},
        },
        "warnings": [{"key": warn.key, "say": warn.say} for warn in result.warnings],
    }


def text(document: dict[str, Any]) -> str:
    """Return the document as it is written and printed."""
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _rep(rep: Rep) -> dict[str, Any]:
    return {
        "number": rep.number,
        "start_s": _number(rep.start),
        "peak_s": _number(rep.peak),
        "end_s": _number(rep.end),
        "good": rep.good,
        "faults": [{"key": fault.key, "t_s": _number(fault.t), "say": fault.say} for fault in rep.faults],
        # what the camera could not tell is left out: JSON has no NaN
        "measures": {key: _number(value) for key, value in rep.measures.items() if isfinite(value)},
    }


def _number(value: float) -> float:
    return round(float(value), 3)
