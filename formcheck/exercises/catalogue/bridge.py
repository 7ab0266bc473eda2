"""Bridge: on the back, knees bent; lift the hips until shoulders, hips and knees are in line, and lower them."""

from formcheck.core.landmarks import Part
from formcheck.core.signals import (
    FOOT_HEIGHT,
    HEAD_PITCH,
    HIP_ANGLE,
    KNEE_ANGLE,
    SHIN_RISE,
    TRUNK_PITCH,
    Limit,
)
from formcheck.exercises.measures import (
    DOWN_S,
    FASTEST_S,
    KNEE_ERROR,
    LEFT_OVER,
    TOP_S,
    UP_S,
    at_top,
    peak,
    risen,
)
from formcheck.exercises.rep_log import RepLog
from formcheck.exercises.vocabulary import (
    Aim,
    Condition,
    Dose,
    Exercise,
    Guide,
    Live,
    Measure,
    Phase,
    Rank,
    Reps,
    Rule,
)

_MOVING: tuple[Phase, ...] = ("up", "hold", "down")
_PROPOSED = "tuned on rendered and real clips"


def _way(log: RepLog) -> float:
    """Share of the way from rest to the line."""
    return (log.peak - log.rest) / (log.target - log.rest)


EXERCISE = Exercise(
    key="bridge",
    title="Bridge",
    how=(
        "Lie on your back, knees bent, feet flat and hip-wide, arms at your sides.",
        "Breathe out and lift your hips until shoulders, hips and knees are in line.",
        "Breathe in and lower them to the mat.",
    ),
    camera="At your side, lens about mat height, 2 to 4 m away, your whole body in the picture.",
    counts=Reps(
        signal=HIP_ANGLE,
        target=180.0,
        witness=TRUNK_PITCH,
        witness_rise=5.0,  # the smallest real lift seen (feet far away) raises the trunk by 13
        # a lift that is low but a bridge reaches 0.54 of the way; hips lifted in a pelvic tilt, 0.46
        evidence=(("way", Limit(low=0.50)),),
        alone=(("way", Limit(low=0.75)),),  # nobody who shifts about gets there
    ),
    posture=(
        Condition(TRUNK_PITCH, Limit(-20, 65)),  # lying, or hips up; a sit-up reads -70
        Condition(KNEE_ANGLE, Limit(10, 150)),  # bent; feet_far at the top reads about 120
        Condition(FOOT_HEIGHT, Limit(-0.6, 0.6)),  # both ends on the mat; a foot drawn toward the chest reads 0.7-1.1
        Condition(SHIN_RISE, Limit(low=0.15)),  # the knee above the foot; feet_far reads 0.45
        Condition(HIP_ANGLE, Limit(95, 225)),  # a knee drawn to the chest reads 55-90
    ),
    ready=(
        Condition(HIP_ANGLE, Limit(105, 158)),  # at rest about 115-140, with the feet far away up to 152
        Condition(TRUNK_PITCH, Limit(-15, 15)),
    ),
    measures=(
        peak(HIP_ANGLE, "Hip angle at the top"),
        at_top(KNEE_ANGLE, "Knee angle", KNEE_ERROR),
        TOP_S,
        UP_S,
        DOWN_S,
        FASTEST_S,
        LEFT_OVER,
        Measure("way", _way),
        risen("head_lift_deg", HEAD_PITCH, for_s=0.4),
    ),
    shown=(HIP_ANGLE, KNEE_ANGLE, TRUNK_PITCH, HEAD_PITCH),
    charted=HIP_ANGLE,
    rules=(
        Rule(
            key="hips_high",
            measure="hip_angle_deg",
            limit=Limit(high=191),
            say="not so high, keep the ribs down",
            why="Beyond the line the lower back is bent backwards and carries the load.",
            source=f"{_PROPOSED}: clean tops spread 174-187 between bodies and cameras, over-arching read 195-197",
            concerns=("trunk", "thigh"),
            live=Live(HIP_ANGLE, _MOVING),
            rank=Rank.SAFETY,
        ),
        Rule(
            key="head_lifted",
            measure="head_lift_deg",
            limit=Limit(high=9),
            say="rest your head",
            why="A lifted head strains the neck.",
            source=f"{_PROPOSED}: a resting head moved at most 6 in clean reps, a lifted one 12 and more",
            concerns=("head",),
            live=Live(HEAD_PITCH, _MOVING, above_rest=True),
            rank=Rank.SAFETY,
        ),
        Rule(
            key="hips_low",
            measure="hip_angle_deg",
            limit=Limit(low=168),
            say="lift a little higher",
            why="Only near the line do the buttocks carry the hips.",
            source=f"{_PROPOSED}: the lowest clean top read 173, low ones 153",
            concerns=("trunk", "thigh"),
            live=Live(HIP_ANGLE, ("hold",)),
        ),
        Rule(
            key="not_lowered",
            measure="left_over",
            limit=Limit(high=0.25),
            say="come all the way down",
            why="The rest between lifts is part of the exercise.",
            source=_PROPOSED,
            shows="end",
            concerns=("trunk",),
        ),
        Rule(
            key="feet_far",
            measure="knee_angle_deg",
            limit=Limit(high=110),
            say="bring your heels closer",
            why="Far feet move the work from the buttocks to the back of the thighs.",
            source="buttocks work best at 90-120 degrees of knee flexion, here 60-90; margin " + _PROPOSED,
            concerns=("shin",),
            live=Live(KNEE_ANGLE, ("hold",)),
        ),
        Rule(
            key="feet_near",
            measure="knee_angle_deg",
            limit=Limit(low=45),
            say="move your feet away a little",
            why="Feet close to the buttocks strain the knees.",
            source="buttocks work best at 90-120 degrees of knee flexion, here 60-90; margin " + _PROPOSED,
            concerns=("shin",),
            live=Live(KNEE_ANGLE, ("hold",)),
        ),
        Rule(
            key="too_fast",
            measure="fastest_phase_s",
            limit=Limit(low=0.8),
            say="slower, breathe with it",
            why="One breath out to lift, one breath in to lower: swing does the work of muscles.",
            source=_PROPOSED,
            shows="start",
            rank=Rank.TEMPO,
        ),
    ),
    guide=Guide("line", (Part.SHOULDER, Part.HIP, Part.KNEE)),
    dose=Dose(reps=(8, 12)),
    breath=("breathe out and lift", "breathe in and lower"),
    cannot_see=(
        "whether the feet are hip-wide and the knees parallel (the camera is at the side)",
        "breathing",
        "pain: stop when it gets worse",
    ),
    sources=(
        "Definition and dose: common low-back programmes of physiotherapy services.",
        "Camera within 15 degrees of the side: Sheridan 2022.",
    ),
    aims=(
        Aim(
            "hip_angle_deg",
            "toward",
            error=10,
            source="1.96 x sqrt 2 x the mean error of 3.5 after correction; a higher camera alone errs by 5",
            toward=180,
        ),
    ),
)
