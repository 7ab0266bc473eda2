"""A session to compare: as it was just judged, or read again from its folder of results."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite, nan
from pathlib import Path
from typing import Any

from formcheck.core.events import Rep, Unfinished, Warn
from formcheck.errors import CompareError
from formcheck.exercises import find
from formcheck.io.report import stored
from formcheck.io.report.angles import COLUMNS
from formcheck.io.report.folder import ANGLES, REPORT, VIDEO
from formcheck.session.summary import PHASES, Result, Series

_AGAIN = "Analyse the recording again with: formcheck analyze"


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the two.

    Attributes:
        name: of the recording, as it is shown.
        result: what was found.
        video: to be seen beside the other; None where there is none.
    """

    name: str
    result: Result
    video: Path | None

    @property
    def parts(self) -> list[Result]:
        """Its exercises, one after another."""
        return [part for part in self.result.parts if part.exercise is not None]


def from_folder(path: Path) -> Compared:
    """Read a folder of results.

    Raises:
        ReportError: it holds no report that can be read.
        CompareError: its angles are damaged.
    """
    document = stored.read(path / REPORT)
    series = _series(path / ANGLES)
    with stored.telling(path / REPORT):
        segments = tuple(
            _result(part, series.between(part.get("start_s", 0.0), part.get("end_s", nan) + 1e-3))
            for part in document.get("segments", ())
        )
        whole = _result(document, segments[0].series if segments else series, segments)
        source = Path(document["source"]["path"])
    video = next((each for each in (path / VIDEO, source) if each.is_file()), None)
    return Compared(source.name, whole, video)


def _series(path: Path) -> Series:
    """The angles of every frame, as far as they were written: without them curves are left out, and nothing else."""
    series = Series()
    try:
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                series.t.append(float(row["t_s"]))
                for column in COLUMNS[1:6]:
                    series.of(column).append(float(row[column]) if row[column] else nan)
                series.phases.append(PHASES.index(row["phase"]) if row["phase"] else -1)
    except FileNotFoundError:
        return Series()
    except (OSError, ValueError, KeyError) as error:
        raise CompareError(f"{path} is damaged ({error}). {_AGAIN}") from error
    # what the exercise does not measure is an empty column
    return Series(series.t, {k: x for k, x in series.values.items() if any(map(isfinite, x))}, series.phases)


def _result(part: Mapping[str, Any], series: Series, segments: Sequence[Result] = ()) -> Result:
    return Result(
        exercise=None if part["exercise"] is None else find(part["exercise"]),
        recognised=part["recognised"],
        side=part["side"],
        frames=len(series.t),
        seen_fraction=part["seen_fraction"],
        reps=tuple(_with_top(stored.rep_of(each), series) for each in part["reps"]),
        holds=tuple(map(stored.hold_of, part["holds"])),
        unfinished=tuple(Unfinished(u["start_s"], u["end_s"], u["missing"]) for u in part["unfinished"]),
        warnings=tuple(Warn(w["key"], w["say"]) for w in part["warnings"]),
        series=series,
        segments=tuple(segments),
    )


def _with_top(rep: Rep, series: Series) -> Rep:
    """When its top began and ended stands in the phases of its frames."""
    hold = PHASES.index("hold")
    top = [t for t, n in zip(series.t, series.phases, strict=True) if rep.start <= t <= rep.end and n == hold]
    return replace(rep, top_from=top[0] if top else rep.peak, top_to=top[-1] if top else rep.peak)
