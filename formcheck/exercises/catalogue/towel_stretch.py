"""Towel stretch: on the back, a towel round one foot; lift and straighten that leg, draw it toward the body, hold."""

from formcheck.core.signals import (
    FOOT_HEIGHT,
    HEAD_PITCH,
    HIP_ANGLE,
    KNEE_ANGLE,
    KNEE_EXTENSION,
    LEG_ELEVATION,
    TRUNK_PITCH,
    Limit,
)
from formcheck.exercises.hold_log import HoldLog
from formcheck.exercises.measures import KNEE_ERROR, REST_S, at_top, risen
from formcheck.exercises.vocabulary import (
    Aim,
    Condition,
    Dose,
    Exercise,
    Guide,
    Holds,
    Live,
    Measure,
    Rank,
    Rule,
)

_PROPOSED = "tuned on rendered and real clips"
_PULL_DEG_S = 45.0
_BOUNCES = 2


def _strain(log: HoldLog) -> float:
    """How hard the leg was pulled: 1 = as fast near the end of its way, or as often bounced, as is still allowed."""
    return max(log.pull_speed / _PULL_DEG_S, log.bounces / _BOUNCES)


EXERCISE = Exercise(
    key="towel_stretch",
    title="Towel stretch",
    how=(
        "Lie on your back, a towel round one foot, the other knee bent or that leg flat.",
        "Lift the leg, straighten the knee, and draw the leg gently toward you until the back of the thigh pulls.",
        "Hold still for 20 to 30 seconds, twice each leg. Never overstretch.",
        "Numbness or tingling: stop, and get professional guidance.",
    ),
    camera="At the side of the leg you stretch, lens about mat height, 2 to 4 m away, room above for the raised foot.",
    counts=Holds(
        signal=LEG_ELEVATION,
        least=25.0,
        least_rise=15.0,
        position=(Condition(KNEE_EXTENSION, Limit(low=155)), Condition(LEG_ELEVATION, Limit(low=25))),
        # a leg drawn to the chest reads 50-72 at the knee, one that is not straightened 110 and more
        marks=(Condition(KNEE_EXTENSION, Limit(low=105)),),
    ),
    posture=(Condition(TRUNK_PITCH, Limit(-40, 45)),),
    ready=(Condition(TRUNK_PITCH, Limit(-20, 20)),),
    measures=(
        at_top(LEG_ELEVATION, "Leg elevation"),
        at_top(KNEE_ANGLE, "Knee angle", KNEE_ERROR),
        at_top(KNEE_EXTENSION),
        REST_S,
        Measure("strain", _strain),
        risen("hips_lift_deg", TRUNK_PITCH, for_s=0.4),
        risen("head_lift_deg", HEAD_PITCH, for_s=0.4),
    ),
    shown=(LEG_ELEVATION, KNEE_ANGLE, KNEE_EXTENSION, HIP_ANGLE, TRUNK_PITCH, HEAD_PITCH, FOOT_HEIGHT),
    charted=LEG_ELEVATION,
    rules=(
        Rule(
            key="overstretch",
            measure="strain",
            limit=Limit(high=1),
            say="ease off, no bouncing",
            why="A muscle that is pulled fast or bounced tightens against the stretch, and may be hurt.",
            source=f"{_PROPOSED}: pulls over 2.5 s read at most 36 degrees a second near the end, over 1 s 47 and more",
            shows="start",
            concerns=("thigh",),
            rank=Rank.SAFETY,
        ),
        Rule(
            key="head_lifted",
            measure="head_lift_deg",
            limit=Limit(high=9),
            say="rest your head",
            why="A lifted head strains the neck.",
            source=_PROPOSED,
            concerns=("head",),
            live=Live(HEAD_PITCH, ("hold",), above_rest=True),
            rank=Rank.SAFETY,
        ),
        Rule(
            key="hips_lifted",
            measure="hips_lift_deg",
            limit=Limit(high=10),
            say="keep your hips down",
            why="A pelvis that rolls off the mat takes the stretch off the leg and bends the lower back.",
            source=_PROPOSED,
            concerns=("trunk",),
            live=Live(TRUNK_PITCH, ("hold",), above_rest=True),
        ),
        Rule(
            key="knee_bent",
            measure="knee_extension_deg",
            limit=Limit(low=155),
            say="straighten the knee, lower the leg if you must",
            why="Only a straight knee stretches the back of the thigh.",
            source=f"{_PROPOSED}: straight legs read 169 and more",
            concerns=("shin",),
            live=Live(KNEE_EXTENSION, ("hold",), for_s=1.0),
        ),
        Rule(
            key="hold_short",
            measure="rest_s",
            limit=Limit(low=20),
            say="hold it longer before you let go",
            why="A stretch works by the time it is held.",
            source="Bandy 1994, 1997",
            shows="end",
            spoken=False,
        ),
    ),
    guide=Guide("leg"),
    dose=Dose(hold_s=(20, 30), each_leg=2),
    caution="Never overstretch. Numbness or tingling: stop, and get professional guidance.",
    cannot_see=(
        "how strong the stretch feels: never overstretch",
        "numbness or tingling: stop, and get professional guidance",
        "the leg away from the camera as well as the near one: turn round between the legs",
    ),
    sources=(
        "30 s is enough: Bandy 1994, 1997.",
        "Left-right difference of healthy people 5 +- 3.5 degrees: Boyd 2012.",
        "Progress under 10 degrees is no evidence: straight leg raise by phone, MDC95 3.3 same tester, 10.2 between.",
    ),
    aims=(
        Aim(
            "leg_elevation_deg",
            "up",
            error=10,
            source="straight leg raise by phone, MDC95 between testers 10.2",
            spoiled_by=("knee_bent", "hips_lifted"),
        ),
    ),
)
