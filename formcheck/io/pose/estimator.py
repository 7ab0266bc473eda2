"""Finds the person in frames that come one after another, and watches the picture of the pelvis."""

from dataclasses import replace
from pathlib import Path

from formcheck.core.frame import Frame
from formcheck.core.pose import Sight
from formcheck.io.pose import model as pose_model
from formcheck.io.pose.finder import PersonFinder
from formcheck.io.pose.looks import Looks
from formcheck.io.pose.slim import without_mask
from formcheck.io.pose.texture import PelvisTexture


class PoseEstimator:
    """Follows one person, and watches the picture of the pelvis.

    Args:
        model: another pose bundle than the one that comes with formcheck.

    Raises:
        ModelError: the bundle is missing, damaged or refused.
    """

    def __init__(self, model: Path | None = None) -> None:
        bundle = without_mask(pose_model.load(model))
        self._looks = Looks(bundle)
        self._finder = PersonFinder(bundle, self._looks)
        self._texture = PelvisTexture()

    def __enter__(self) -> "PoseEstimator":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the networks."""
        self._looks.close()
        self._finder.close()

    def estimate(self, frame: Frame) -> Sight:
        """Return what is seen in ``frame``; times must rise."""
        return with_texture(frame, self._finder.estimate(frame), self._texture)


def with_texture(frame: Frame, sight: Sight, texture: PelvisTexture) -> Sight:
    """Add how the picture of the pelvis has moved; the picture is asked for only where it is looked at."""
    if sight.pose is None:
        return sight
    looked = texture.look(lambda: frame.image, sight.pose)
    return sight if looked is None else replace(sight, texture=looked)
