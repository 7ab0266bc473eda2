"""Colours and sizes. Right and wrong differ in colour, in line style and in sign: colour is never the only one.

The colours are Okabe and Ito's, told apart with any colour vision; each is drawn over a dark halo, so that it shows on
light and dark scenes.
"""

from dataclasses import dataclass

from formcheck.io.texts import Texts

Colour = tuple[int, int, int]

RIGHT: Colour = (86, 200, 255)
WRONG: Colour = (255, 120, 30)
TARGET: Colour = (240, 228, 66)
PRAISE: Colour = (60, 220, 160)
GREY: Colour = (200, 205, 215)
DIM: Colour = (104, 114, 130)
INK: Colour = (255, 255, 255)
HALO: Colour = (16, 18, 24)
PANEL: Colour = (16, 18, 24)
PANEL_ALPHA = 0.72

ENGLISH = Texts("en")
"""What is drawn where no language is asked for."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes in pixels for a picture: everything follows its shorter edge, so 360p and 4K look the same.

    Attributes:
        width: of the picture.
        height: of the picture.
    """

    width: int
    height: int

    def px(self, percent: float) -> int:
        """Return ``percent`` of the shorter edge (of the longer one's half where that is less), at least 1."""
        edge = min(self.width, self.height, max(self.width, self.height) * 0.5625)
        return max(1, round(edge * percent / 100))

    @property
    def line(self) -> int:
        """Width of the body's lines."""
        return max(2, self.px(1.1))

    @property
    def margin(self) -> int:
        """Distance of panels from the edge."""
        return self.px(2.5)
