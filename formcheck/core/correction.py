"""The one correction between what MediaPipe's landmarks measure and what is reported.

MediaPipe's hip is not the anatomical joint centre, and it moves over the pelvis while the hips lift: against rendered
bridges with exact truth the shoulder-hip-knee angle reads 208 for a true 190, 185..194 for 180, 155 for 152 and
116..120 for 118. One line through four bridges and a resting person (three further bodies at rest agree) leaves
2.2 to 3.4 degrees of mean error per body. The knee, whose upper arm ends at the same hip, reads some 3 degrees too
straight. Every threshold in formcheck is in reported degrees; nothing else corrects angles.
"""

HIP_SLOPE = 0.89
HIP_OFFSET_DEG = 12.0
KNEE_OFFSET_DEG = -3.2


def reported_hip_angle(measured: float) -> float:
    """Return the hip angle to report for a measured one, both in degrees (180 = in line)."""
    return HIP_SLOPE * measured + HIP_OFFSET_DEG


def reported_knee_angle(measured: float) -> float:
    """Return the knee angle to report for a measured one, both in degrees (180 = straight)."""
    return measured + KNEE_OFFSET_DEG
