"""Prone press-up: face down, hands under the shoulders; push the chest up, the hips stay down, and return."""

from formcheck.core.filters import sustained
from formcheck.core.signals import CHEST_RISE, FACE_RISE, FOOT_HEIGHT, HIP_HEIGHT, KNEE_ANGLE, Limit
from formcheck.exercises.measures import DOWN_S, FASTEST_S, LEFT_OVER, TOP_S, UP_S, peak
from formcheck.exercises.rep_log import RepLog
from formcheck.exercises.vocabulary import Aim, Condition, Dose, Exercise, Guide, Live, Measure, Rank, Reps, Rule

_PROPOSED = "proposed; tried on synthetic poses only"


def _hips_rise(log: RepLog) -> float:
    """How far the hips rose above where they rest, and stayed for 0.3 s, trunk lengths."""
    return sustained(log.during(HIP_HEIGHT.key, log.start, log.end), 0.3) - log.rest_values[HIP_HEIGHT.key]


EXERCISE = Exercise(
    key="prone_press_up",
    title="Prone press-up",
    how=(
        "Lie face down, hands under your shoulders.",
        "Push your chest up slowly; your hips and legs stay on the mat and relaxed.",
        "Lower yourself to the mat.",
    ),
    camera="At your side, lens about mat height, 2 to 4 m away, your whole body in the picture.",
    counts=Reps(signal=CHEST_RISE, target=35.0),
    posture=(
        Condition(FACE_RISE, Limit(high=0.08)),  # on the back the nose is 0.2 above the ear
        Condition(CHEST_RISE, Limit(-15, 75)),
        Condition(KNEE_ANGLE, Limit(low=140)),
        Condition(FOOT_HEIGHT, Limit(high=0.4)),
    ),
    ready=(Condition(CHEST_RISE, Limit(-15, 15)),),
    measures=(
        peak(CHEST_RISE, "Chest at the top"),
        TOP_S,
        UP_S,
        DOWN_S,
        FASTEST_S,
        LEFT_OVER,
        Measure("hips_rise", _hips_rise),
    ),
    shown=(CHEST_RISE, HIP_HEIGHT, KNEE_ANGLE),
    charted=CHEST_RISE,
    rules=(
        Rule(
            key="hips_lifted",
            measure="hips_rise",
            limit=Limit(high=0.12),
            say="let your hips sink to the mat",
            why="With the hips up it is a push-up, and the lower back is not extended.",
            source=_PROPOSED,
            concerns=("trunk", "thigh"),
        ),
        Rule(
            key="chest_low",
            measure=CHEST_RISE.key,
            limit=Limit(low=20),
            say="push up a little further, if it does not hurt",
            why="The lower back extends in the upper half of the way.",
            source=_PROPOSED,
            concerns=("trunk",),
            live=Live(CHEST_RISE, ("hold",)),
        ),
        Rule(
            key="not_lowered",
            measure="left_over",
            limit=Limit(high=0.25),
            say="come all the way down",
            why="The rest between is part of the exercise.",
            source=_PROPOSED,
            shows="end",
            concerns=("trunk",),
        ),
        Rule(
            key="too_fast",
            measure="fastest_phase_s",
            limit=Limit(low=0.8),
            say="slower",
            why="A slow movement can be stopped where it hurts.",
            source=_PROPOSED,
            shows="start",
            rank=Rank.TEMPO,
        ),
    ),
    guide=Guide("none"),
    dose=Dose(reps=(8, 12)),
    breath=("breathe out and press up", "breathe in and lower"),
    cannot_see=("whether the back muscles are relaxed", "pain: stop when it gets worse, or moves down the leg"),
    sources=("Extension in lying: common low-back programmes of physiotherapy services.",),
    recognisable=False,  # until there is real footage to tell it from others by
    aims=(
        Aim("chest_rise_deg", "up", error=10, source="taken over from the leg elevation", spoiled_by=("hips_lifted",)),
    ),
)
