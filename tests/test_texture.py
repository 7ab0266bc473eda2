"""Following the picture of the pelvis: whole patches, from one fixed picture, clear of the arms."""

import cv2
import numpy as np
import pytest

from formcheck.core.frame import Image
from formcheck.core.landmarks import Part
from formcheck.core.pose import Pose, Texture
from formcheck.io.pose.texture import PelvisTexture
from tests import lying

RNG = np.random.default_rng(4)


def cloth(size: tuple[int, int] = (480, 854), strength: float = 30.0) -> Image:
    """A picture of patterned cloth: soft noise."""
    noise = cv2.GaussianBlur(RNG.normal(0, 1, size).astype(np.float32), (0, 0), 4)
    grey = np.clip(128 + strength * noise / noise.std(), 0, 255).astype(np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2)


CLOTH = cloth()


def moved(image: Image, dx: float, dy: float, turn: float = 0.0) -> Image:
    """The whole picture moved by pixels and turned by degrees about the hip, clockwise as seen."""
    x, y = (float(v) for v in lying.pose(0.0).xy[Part.HIP.on("right")])
    warp = cv2.getRotationMatrix2D((x, y), -turn, 1.0)
    warp[:, 2] += (dx, dy)
    return np.asarray(
        cv2.warpAffine(image, warp, (image.shape[1], image.shape[0]), borderMode=cv2.BORDER_REFLECT), np.uint8
    )


def lies(t: float) -> Pose:
    """Still, with the arms out of the way."""
    pose = lying.pose(t)
    for part in (Part.ELBOW, Part.WRIST):
        for side in ("left", "right"):
            pose.xy[part.on(side)] = pose.xy[Part.SHOULDER.on(side)]  # type: ignore[arg-type]
    pose.xy[[19, 20]] = pose.xy[Part.SHOULDER.on("right")]
    return pose


def last(*pictures: Image, watch: PelvisTexture | None = None) -> Texture | None:
    """What is seen of the last picture, after a second of the first."""
    watch = watch or PelvisTexture()
    found = None
    for i, picture in enumerate([pictures[0]] * 12 + list(pictures[1:])):
        found = watch.look(picture, lies(i * 0.1)) or found
    return found


@pytest.mark.parametrize(
    ("dx", "dy", "turn"),
    [(0.0, 0.0, 0.0), (1.3, 0.0, 0.0), (0.0, -2.4, 0.0), (-3.2, 1.1, 0.0), (0.0, 0.0, 2.0)],
    ids=["still", "along", "up", "both", "turned"],
)
def test_a_movement_of_the_cloth_is_measured_to_a_fraction_of_a_pixel(dx: float, dy: float, turn: float) -> None:
    seen = last(CLOTH, moved(CLOTH, dx, dy, turn))
    assert seen is not None
    assert seen.hip is not None
    assert (seen.hip.dx, seen.hip.dy) == pytest.approx((dx, dy), abs=0.25)
    assert seen.hip.turn == pytest.approx(turn, abs=0.4)
    assert seen.hip.likeness > 0.95
    assert seen.belly is not None
    if not turn:
        assert (seen.belly.dx, seen.belly.dy) == pytest.approx((dx, dy), abs=0.25)


def test_there_and_back_again_leaves_no_drift() -> None:
    way = [moved(CLOTH, 3 * np.sin(i / 3), 2 * np.cos(i / 5) - 2) for i in range(60)]
    seen = last(CLOTH, *way, CLOTH)
    assert seen is not None
    assert seen.hip is not None
    assert (seen.seed, seen.hip.dx, seen.hip.dy) == pytest.approx((1, 0, 0), abs=0.05)


def test_plain_cloth_says_nothing() -> None:
    seen = last(np.full((480, 854, 3), 90, np.uint8))
    assert seen is not None
    assert (seen.hip, seen.belly) == (None, None)


def test_another_picture_is_not_taken_for_the_same_cloth() -> None:
    seen = last(CLOTH, cloth())
    assert seen is None or seen.hip is None or seen.hip.likeness < 0.85


def test_after_it_has_been_lost_for_a_while_it_is_taken_anew() -> None:
    seen = last(CLOTH, *[cloth()] * 2, *[moved(CLOTH, 40, 10)] * 40)
    assert seen is not None
    assert seen.seed > 1


def test_a_sleeve_over_the_waist_is_left_out() -> None:
    """An arm that moves by itself does not take the patch with it."""
    watch = PelvisTexture()
    pose = lies(0.0)
    x, y = (int(v) for v in pose.xy[Part.HIP.on("right")])

    def arm(at: int) -> Image:
        picture = CLOTH.copy()
        cv2.line(picture, (x - 60, y - 5 + at), (x + 60, y - 5 + at), (240, 200, 180), 12)
        return picture

    def with_arm(t: float, at: int) -> Pose:
        pose = lies(t)
        pose.xy[Part.ELBOW.on("right")] = (x - 60, y - 5 + at)
        pose.xy[[Part.WRIST.on("right"), 20]] = (x + 60, y - 5 + at)
        return pose

    seen = None
    for i in range(30):
        at = 0 if i < 12 else (i - 12) // 3
        seen = watch.look(arm(at), with_arm(i * 0.1, at)) or seen
    assert seen is not None
    assert seen.hip is None or abs(seen.hip.dy) < 1.5


@pytest.mark.parametrize("size", [(120, 160), (1920, 1080)])
def test_any_size_of_picture_will_do(size: tuple[int, int]) -> None:
    picture = cloth(size)
    watch = PelvisTexture()
    for i in range(15):
        pose = lies(i * 0.1)
        pose.xy[:] *= (size[1] / 854, size[0] / 480)
        watch.look(picture, pose)


def test_nobody_who_stands_is_looked_at() -> None:
    watch = PelvisTexture()
    for i in range(15):
        pose = lies(i * 0.1)
        pose.xy[:] = pose.xy[:, ::-1] * 0.5
        assert watch.look(CLOTH, pose) is None
