"""report.html: one self-contained page that is read in a minute."""

import base64
from collections import Counter
from collections.abc import Mapping
from math import isfinite, nan
from statistics import median

from jinja2 import Environment, PackageLoader, StrictUndefined

from formcheck.core.events import Rep
from formcheck.exercises.vocabulary import Rule
from formcheck.io.report import chart as report_chart
from formcheck.io.report.source_info import SourceInfo
from formcheck.session.summary import Result

_COLUMNS = (
    ("hip_angle_deg", "Hip angle at the top", "°", 0),
    ("knee_angle_deg", "Knee angle", "°", 0),
    ("hold_s", "Hold", " s", 1),
    ("up_s", "Up", " s", 1),
    ("down_s", "Down", " s", 1),
)


def render(result: Result, source: SourceInfo, stills: Mapping[int, bytes]) -> str:
    """Return the page.

    Args:
        result: of the session.
        source: the recording.
        stills: repetition number -> JPEG of its top.
    """
    pages = Environment(
        loader=PackageLoader("formcheck.io.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return pages.get_template("report.html.j2").render(
        result=result,
        exercise=result.exercise,
        name=source.path.replace("\\", "/").rsplit("/", 1)[-1],  # no folder: the page is passed on
        signal=_title(result),
        middles=_middles(result),
        source=source,
        verdict=verdict(result),
        chart=report_chart.chart(result, source.duration_s),
        size=report_chart,
        columns=_COLUMNS,
        number=_number,
        pictures=[
            (rep, base64.b64encode(stills[rep.number]).decode(), _describe(rep))
            for rep in result.reps
            if rep.number in stills
        ],
        found=_found(result),
    )


def verdict(result: Result) -> str:
    """Return what was seen, in a sentence or two."""
    if result.exercise is None:
        return "None of the exercises that formcheck knows was recognised in this recording."
    title = result.exercise.title.lower()
    n, good = len(result.reps), result.good_reps
    if not n:
        return f"No complete repetition of the {title} was seen."
    text = f"{n} {'repetition' if n == 1 else 'repetitions'} of the {title}, "
    text += "all of them clean." if good == n else f"{good or 'none'} of them clean."
    if faults := _found(result):
        rule, times = faults[0]
        text += f" Most often: {rule.say} ({times} of {n})."
    return text


def _found(result: Result) -> list[tuple[Rule, int]]:
    """The rules that were broken, most often first, with in how many repetitions."""
    if result.exercise is None:
        return []
    counts = Counter(key for rep in result.reps for key in dict.fromkeys(fault.key for fault in rep.faults))
    return [(result.exercise.rule(key), times) for key, times in counts.most_common()]


def _title(result: Result) -> str:
    """The counted signal in words."""
    return result.exercise.counts.signal.key.removesuffix("_deg").replace("_", " ") if result.exercise else ""


def _middles(result: Result) -> list[tuple[str, str, str]]:
    """Heading, median and range over the repetitions of each measure that is known."""
    found = []
    for key, heading, unit, digits in _COLUMNS:
        values = [value for rep in result.reps if isfinite(value := rep.measures.get(key, nan))]
        if values:
            spread = f"{min(values):.{digits}f}–{max(values):.{digits}f}"
            found.append((heading, _number(median(values), unit, digits), spread))
    return found


def _number(value: float, unit: str, digits: int) -> str:
    return f"{value:.{digits}f}{unit}" if isfinite(value) else "–"


def _describe(rep: Rep) -> str:
    """What the picture of a repetition's top shows, for those who cannot see it."""
    angle = rep.measures.get("hip_angle_deg", nan)
    at = f"hip angle {angle:.0f} degrees" if isfinite(angle) else "hip angle not known"
    said = "; ".join(fault.say for fault in rep.faults) or "nothing to correct"
    return f"Top of repetition {rep.number} at {rep.peak:.1f} s, {at}: {said}."
