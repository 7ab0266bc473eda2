"""Lower-back stretch: on the back, draw one knee or both toward the chest with the hands, and hold."""

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
from formcheck.exercises.measures import KNEE_ERROR, REST_S, at_top, risen
from formcheck.exercises.vocabulary import Aim, Condition, Dose, Exercise, Guide, Holds, Live, Rank, Rule

_PROPOSED = "tuned on rendered and real clips"
_CLOSE = Limit(high=75)

EXERCISE = Exercise(
    key="knee_to_chest",
    title="Lower-back stretch",
    how=(
        "Lie on your back, knees bent, feet flat.",
        "Draw one knee, or both, toward your chest with your hands. Your head stays down.",
        "Hold still for 20 to 30 seconds, twice each side.",
    ),
    camera="At the side of the knee you draw up, lens about mat height, 2 to 4 m away, your whole body in the picture.",
    counts=Holds(
        signal=LEG_ELEVATION,
        least=75.0,  # knees bent with the feet down read up to 65, a knee that is not drawn close 95
        least_rise=15.0,
        position=(Condition(HIP_ANGLE, _CLOSE),),
        marks=(Condition(KNEE_EXTENSION, Limit(high=105)), Condition(HIP_ANGLE, Limit(high=110))),
        both=True,
    ),
    posture=(Condition(TRUNK_PITCH, Limit(-40, 45)),),
    ready=(Condition(TRUNK_PITCH, Limit(-20, 20)),),
    measures=(
        at_top(HIP_ANGLE, "Thigh to trunk"),
        at_top(LEG_ELEVATION, "Leg elevation", error=10),  # straight leg raise by phone, MDC95 between testers 10.2
        at_top(KNEE_ANGLE, "Knee angle", KNEE_ERROR),
        REST_S,
        risen("head_lift_deg", HEAD_PITCH, for_s=0.4),
    ),
    shown=(HIP_ANGLE, LEG_ELEVATION, KNEE_ANGLE, KNEE_EXTENSION, TRUNK_PITCH, HEAD_PITCH, FOOT_HEIGHT),
    charted=HIP_ANGLE,
    rules=(
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
            key="not_close",
            measure="hip_angle_deg",
            limit=_CLOSE,
            say="draw the knee a little closer",
            why="The lower back is stretched only near the end of the way.",
            source=f"{_PROPOSED}: clean holds read 57-65, one that was not close 87",
            concerns=("thigh",),
            live=Live(HIP_ANGLE, ("hold",), for_s=1.0),
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
    cannot_see=(
        "how strong the stretch feels",
        "pain: stop when it gets worse",
        "the leg away from the camera as well as the near one",
    ),
    sources=("Definition and dose: common low-back programmes of physiotherapy services.",),
    aims=(
        Aim("hip_angle_deg", "down", error=10, source="taken over from the leg elevation", spoiled_by=("head_lifted",)),
    ),
)
