"""What a coach would draw into the picture: the body, right and wrong, where to move, how many, and what to do."""

from formcheck.io.overlay.frame import draw

__all__ = ["draw"]
