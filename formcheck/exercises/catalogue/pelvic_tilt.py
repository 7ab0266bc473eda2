"""Pelvic tilt: on the back, knees bent; the pelvis slowly inclines toward the heels and returns. Either way counts."""

from math import isnan, nan

from formcheck.core.filters import sustained
from formcheck.core.signals import (
    FOOT_HEIGHT,
    HIP_ANGLE,
    HIPS_LIFT,
    KNEE_ALONG,
    KNEE_ANGLE,
    PELVIC_TILT,
    SHIN_RISE,
    TILT_ERROR,
    TILT_NOISE,
    TILT_SINCE,
    TILT_SWING,
    TRUNK_PITCH,
    Limit,
)
from formcheck.exercises.measures import DOWN_S, FASTEST_S, LEFT_OVER, TOP_S, UP_S, at_top
from formcheck.exercises.rep_log import RepLog
from formcheck.exercises.vocabulary import (
    Aim,
    Condition,
    Dose,
    Exercise,
    Guide,
    Live,
    Measure,
    Rank,
    Reps,
    Rule,
)

_PROPOSED = "tuned on rendered and real clips"
_LEAST_DEG = 6.0
"""A swing under this is small for anybody: the whole active range is some 10 to 20 degrees."""
_TIMED_DEG = 5.0
_TELLING = 2.0
"""How many times its noise a swing must be for its degrees to be told."""


_TILT = at_top(PELVIC_TILT, "Tilt")


def _swing(log: RepLog) -> float:
    return log.peak - log.rest


def _reach(log: RepLog) -> float:
    """The swing as a share of what is asked for: 6 degrees, and half of this person's best."""
    in_degrees = abs(_TILT.of(log)) / _LEAST_DEG
    return in_degrees if isnan(log.best) else min(in_degrees, 2 * _swing(log) / log.best)


def _told(key: str, measure: Measure) -> Measure:
    """Keep a measure to swings that stand out from the noise."""

    def told(log: RepLog) -> float:
        return measure.of(log) if _swing(log) >= _TELLING * log.rest_values[TILT_NOISE.key] else nan

    return Measure(key, told, measure.title, measure.unit)


def _fastest(log: RepLog) -> float:
    """The faster phase; of a swing hardly larger than the noise it cannot be told."""
    return float(FASTEST_S.of(log)) if _swing(log) >= _TIMED_DEG else nan


def _lift(log: RepLog) -> float:
    return sustained(log.during(HIPS_LIFT.key, log.start, log.end), 0.3)


def _knees_travel(log: RepLog) -> float:
    """How far the knee went along the mat, beyond what the pelvis takes with it, trunk lengths."""
    x = log.during(KNEE_ALONG.key, log.start, log.end)
    if not x.size:
        return nan
    travel = float(max(x.max() - log.rest_values[KNEE_ALONG.key], log.rest_values[KNEE_ALONG.key] - x.min()))
    return travel - 0.002 * _swing(log)


EXERCISE = Exercise(
    key="pelvic_tilt",
    title="Pelvic tilt",
    how=(
        "Lie on your back, a small cushion under your head, knees bent, feet flat.",
        "Slowly incline your pelvis toward your heels until your lower back arches, and return.",
        "Pressing the back flat and returning counts as well.",
        "Your hips stay on the mat.",
    ),
    camera="At your side, lens about mat height, 2 to 3 m away, not hand-held; hip and waist clear of your hands.",
    counts=Reps(
        signal=TILT_SWING,
        target=12.0,
        least_way=0.20,
        least_rise=2.4,  # bracing without a tilt swung by 1.9 and back, a rendered tilt of 4 degrees by 2.9
        least_s=0.5,  # thrown out and back a pelvis takes 0.8
        back=0.30,
        steady=1.5,
        noise=TILT_NOISE,
        zero=TILT_SINCE,
        cutoff_hz=1.0,
        evidence=(
            ("hips_lift_deg", Limit(high=3.5)),
            ("tilt_reach", Limit(low=0.6)),
            ("fastest_phase_s", Limit(low=0.6)),
        ),
        # hips up and down again at once: somebody moves to lie better (rendered 0.64 s, lifted in a tilt 1.5)
        fidget=(("hips_lift_deg", Limit(low=3.5)), ("fastest_phase_s", Limit(high=1.0))),
    ),
    posture=(
        Condition(TRUNK_PITCH, Limit(-20, 25)),
        Condition(KNEE_ANGLE, Limit(30, 130)),
        Condition(FOOT_HEIGHT, Limit(-0.6, 0.5)),
        Condition(SHIN_RISE, Limit(low=0.2)),
        Condition(HIP_ANGLE, Limit(95, 170)),
    ),
    both_legs=True,
    ready=(Condition(TRUNK_PITCH, Limit(-15, 15)),),
    measures=(
        _told("tilt_deg", _TILT),
        _told("tilt_error_deg", at_top(TILT_ERROR, "Give or take")),
        Measure(TILT_SWING.key, _swing),
        Measure("tilt_reach", _reach),
        TOP_S,
        UP_S,
        DOWN_S,
        Measure(FASTEST_S.key, _fastest),
        LEFT_OVER,
        Measure(HIPS_LIFT.key, _lift),
        Measure("knees_travel", _knees_travel),
    ),
    shown=(
        PELVIC_TILT,
        TILT_ERROR,
        TILT_SWING,
        TILT_NOISE,
        HIPS_LIFT,
        KNEE_ALONG,
        HIP_ANGLE,
        KNEE_ANGLE,
    ),
    charted=PELVIC_TILT,
    rules=(
        Rule(
            key="hips_lifted",
            measure=HIPS_LIFT.key,
            limit=Limit(high=3.5),
            say="keep your hips on the mat",
            why="With the hips off the mat it becomes a bridge, and the lower back does not move by itself.",
            source=f"{_PROPOSED}: in clean tilts the trunk's slope rose by at most 1.7, with lifted hips by 6 and more",
            concerns=("trunk", "thigh"),
            live=Live(HIPS_LIFT, ("up", "hold", "down")),
        ),
        Rule(
            key="knees_moved",
            measure="knees_travel",
            limit=Limit(high=0.08),
            say="let only the pelvis move",
            why="Legs that push or sway do the pelvis's work.",
            source=f"{_PROPOSED}: in clean tilts the knee travelled at most 0.03",
            concerns=("thigh", "shin"),
        ),
        Rule(
            key="not_returned",
            measure="left_over",
            limit=Limit(high=0.45),
            say="come back to the start each time",
            why="The way back is half of the exercise.",
            source=_PROPOSED,
            shows="end",
            concerns=("trunk",),
        ),
        Rule(
            key="small_tilt",
            measure="tilt_reach",
            limit=Limit(low=1.0),
            say="tilt a little further, if it does not hurt",
            why="The joints are moved through the range that is there.",
            source=f"under half of this person's own best, or under {_LEAST_DEG:.0f} degrees; {_PROPOSED}",
            concerns=("trunk",),
        ),
        Rule(
            key="too_fast",
            measure="fastest_phase_s",
            limit=Limit(low=0.8),
            say="slowly",
            why="Slow movement is controlled by muscles, not by swing.",
            source=_PROPOSED,
            shows="start",
            rank=Rank.TEMPO,
        ),
    ),
    guide=Guide("gauge"),
    dose=Dose(reps=(8, 12)),
    breath=("slowly tilt", "and slowly back"),
    cannot_see=(
        "the bones of the pelvis: the angle is an estimate from how hip and waist move, with the error stated",
        "the breath: a belly that rises by itself is left out as far as it can be told",
        "pain: stop when it gets worse",
    ),
    sources=("Range: no norm for supine degrees exists; change from the person's own rest is what is reported.",),
    aims=(
        Aim(
            "tilt_deg",
            "up",
            error=8,
            source="sqrt 2 x the largest mean stated error of the rendered clips, 5.8",
            unsigned=True,
            spoiled_by=("hips_lifted",),
        ),
    ),
)
