"""report.html: one self-contained page that is read in a minute."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from formcheck.core.events import Hold, Rep, Warn
from formcheck.exercises.measures import stated_error
from formcheck.exercises.vocabulary import Exercise, Holds, Measure, Rule
from formcheck.io.report import chart as report_chart
from formcheck.io.report import overlaid as report_overlaid
from formcheck.io.report import trend as report_trend
from formcheck.io.report.chart import Chart, chart
from formcheck.io.report.chosen import best, worst
from formcheck.io.report.findings import Fact, aim, broken_rules, facts, remark, verdict
from formcheck.io.report.overlaid import Overlaid, overlaid
from formcheck.io.report.ranges import Range, Tempo, ranges, tempo
from formcheck.io.report.session_info import SessionInfo
from formcheck.io.report.source_info import SourceInfo
from formcheck.io.report.stills import Key, key_of
from formcheck.io.report.trend import PAIN, Drawing, drawing, drawings
from formcheck.io.report.words import columns, middle, noun, told
from formcheck.session.progress import Trend
from formcheck.session.summary import Result

NOTHING: Mapping[Any, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Row:
    """A repetition or hold in the table: its cells, and what was wrong with it."""

    number: int
    cells: tuple[str, ...]
    said: str


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture: its data, what is in it, what stands below, and whether it is the best or the worst."""

    data: str
    words: str
    caption: str
    said: str
    rank: str = ""


@dataclass(frozen=True, slots=True)
class _Section:
    """What the template says of one exercise."""

    exercise: Exercise
    id: str
    span: str
    verdict: str
    facts: Sequence[Fact]
    aim: str
    remark: str
    warnings: Sequence[Warn]
    chart: Chart | None
    noun: str
    holds: bool
    headings: Sequence[str]
    rows: Sequence[_Row]
    with_error: bool
    broken: Sequence[tuple[Rule, int]]
    overlaid: Overlaid | None
    ranges: Sequence[Range]
    tempo: Tempo | None
    trends: Sequence[Drawing]
    chosen: Sequence[_Picture]
    pictures: Sequence[_Picture]


def render(
    result: Result,
    source: SourceInfo | SessionInfo,
    stills: Mapping[Key, bytes] = NOTHING,
    trends: Mapping[str, Sequence[Trend]] = NOTHING,
) -> str:
    """Return the page.

    Args:
        result: what was found; without a series nothing is drawn over time.
        source: the recording, or the session where none was kept.
        stills: JPEG of each movement, by ``stills.key_of``.
        trends: by the exercise's key, its measures over earlier sessions and this one.
    """
    pages = Environment(
        loader=PackageLoader("formcheck.io.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    parts = [(part.exercise, part) for part in result.parts if part.exercise]
    shared = [warn for warn in result.warnings if all(warn in part.warnings for _, part in parts)]
    session = source if isinstance(source, SessionInfo) else None
    recording = source if isinstance(source, SourceInfo) else None
    # a recording that says it is longer than its last frame is drawn as long as it says
    end = recording.duration_s if recording and not result.segments else None
    names = session.set_times if session else [_span(part) for _, part in parts]
    return pages.get_template("report.html.j2").render(
        result=result,
        title=_title([exercise for exercise, _ in parts]),
        name=session.name if session else file_name(recording.path if recording else ""),
        session=session,
        recording=recording,
        verdict="Nothing was counted in this session." if session and not parts else verdict(result),
        pain=_pain(session) if session else [],
        warnings=shared,
        sections=[
            _section(
                exercise,
                part,
                f"part-{n}",
                span=names[n - 1],
                end=end,
                stills=stills,
                shared=shared,
                # with the first of several sets: they are about all of them
                trends=() if exercise.key in {each.key for each, _ in parts[: n - 1]} else trends.get(exercise.key, ()),
            )
            for n, (exercise, part) in enumerate(parts, 1)
        ],
        size=report_chart,
        over_size=report_overlaid,
        trend_size=report_trend,
        script=Markup(_script()),
        # only this script may run, whatever a file's name may smuggle in
        script_hash=script_hash(),
    )


def script_hash() -> str:
    """Return the SHA-256 of the page's only script, as a Content-Security-Policy names it."""
    return base64.b64encode(hashlib.sha256(_script().encode()).digest()).decode()


def _script() -> str:
    return (files("formcheck.io.report") / "templates" / "zoom.js").read_text(encoding="utf-8")


def file_name(path: str) -> str:
    """Return a file's name without its folder: the page is passed on."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def _title(exercises: Sequence[Exercise]) -> str:
    """What was done, one after another; several sets of one are told once."""
    if not exercises:
        return "No exercise recognised"
    first, *others = (title for title, _ in groupby(exercise.title for exercise in exercises))
    return ", then ".join([first, *(title.lower() for title in others)])


def _span(part: Result) -> str:
    t = part.series.t
    return f"{t[0]:.0f}–{t[-1]:.0f} s" if t else ""


def _pain(session: SessionInfo) -> list[Drawing]:
    """How pain went over the sessions; empty where there is nothing to compare."""
    drawn = drawing(session.pain_trend, PAIN)
    return [drawn] if drawn else []


def _section(
    exercise: Exercise,
    part: Result,
    anchor: str,
    *,
    span: str,
    end: float | None,
    stills: Mapping[Key, bytes],
    shared: Sequence[Warn],
    trends: Sequence[Trend],
) -> _Section:
    measures = columns(exercise)
    holds = isinstance(exercise.counts, Holds)

    def key(each: Rep | Hold) -> Key:
        return key_of(exercise.key, each)

    ranked = [(each, rank) for each, rank in _ranked(exercise, part.done) if key(each) in stills]
    return _Section(
        exercise=exercise,
        id=anchor,
        span=span,
        verdict=verdict(part),
        facts=facts(part),
        aim=aim(exercise),
        remark=remark(part),
        warnings=[warn for warn in part.warnings if warn not in shared],
        chart=chart(part, end),
        noun=noun(exercise),
        holds=holds,
        headings=[*(("Leg", "From", "Held") if holds else ("From",)), *(measure.title for measure in measures)],
        rows=[_Row(each.number, tuple(_cells(each, measures)), _said(each)) for each in part.done],
        with_error=any(stated_error(measure.key) in each.measures for measure in measures for each in part.done),
        broken=broken_rules(part),
        overlaid=overlaid(part),
        ranges=ranges(part),
        tempo=tempo(part),
        trends=drawings(exercise, trends),
        chosen=[_picture(each, measures, stills[key(each)], rank) for each, rank in ranked],
        pictures=[
            _picture(each, measures, stills[key(each)])
            for each in part.done
            if key(each) in stills and all(each is not other for other, _ in ranked)
        ],
    )


def _ranked(exercise: Exercise, done: Sequence[Rep | Hold]) -> list[tuple[Rep | Hold, str]]:
    """The movements whose pictures say most; of a single one there is nothing to compare."""
    if len(done) < 2:
        return []
    found = ((best(exercise, done), "Best"), (worst(exercise, done), "To correct first"))
    return [(each, rank) for each, rank in found if each is not None]


def _said(each: Rep | Hold) -> str:
    """What is to be corrected; empty where nothing is."""
    return "; ".join(fault.say for fault in each.faults)


def _cells(each: Rep | Hold, measures: Sequence[Measure]) -> list[str]:
    first = (
        [each.side, f"{each.start:.1f} s", f"{each.held:.1f} s"] if isinstance(each, Hold) else [f"{each.start:.1f} s"]
    )
    return [*first, *(told(measure, each) for measure in measures)]


def _picture(each: Rep | Hold, measures: Sequence[Measure], jpeg: bytes, rank: str = "") -> _Picture:
    """A movement's picture, with what it shows for those who cannot see it."""
    numbers = [f"{measures[0].title.lower()} {told(measures[0], each)}"] if measures else []
    leg = [f"{each.side} leg" if each.side != "both" else "both legs"] if isinstance(each, Hold) else []
    place = f"Hold {each.number}" if isinstance(each, Hold) else f"Top of repetition {each.number}"
    words = ", ".join([f"{place} at {middle(each):.1f} s", *leg, *numbers])
    caption = ", ".join([f"{each.number}", *leg, f"at {middle(each):.1f} s"])
    said = _said(each)
    return _Picture(base64.b64encode(jpeg).decode(), f"{words}: {said or 'nothing to correct'}.", caption, said, rank)
