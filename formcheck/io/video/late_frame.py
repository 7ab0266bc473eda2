"""A frame whose picture is made when somebody asks for it: most are decoded, and never looked at."""

from collections.abc import Callable

from formcheck.core.frame import Frame, Image


class LateFrame(Frame):
    """A frame that knows how to make its picture.

    Args:
        t: presentation time, s.
        size: width and height in pixels.
        make: makes the picture, (H, W, 3) uint8 RGB, C-contiguous; called once at most by one thread.
    """

    __slots__ = ("_image", "_make", "_size")
    _image: Image | None
    _make: Callable[[], Image]
    _size: tuple[int, int]

    def __init__(self, t: float, size: tuple[int, int], make: Callable[[], Image]) -> None:
        for name, value in (("t", t), ("_size", size), ("_make", make), ("_image", None)):
            object.__setattr__(self, name, value)

    @property
    def image(self) -> Image:
        """The picture."""
        image = self._image
        if image is None:
            image = self._make()
            object.__setattr__(self, "_image", image)
        return image

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self._size
