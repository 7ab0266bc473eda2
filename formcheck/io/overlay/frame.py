"""The whole overlay."""

from formcheck.core.frame import Image
from formcheck.io.overlay.body import draw_body
from formcheck.io.overlay.guide import draw_advice, draw_line
from formcheck.io.overlay.panels import draw_panels
from formcheck.io.overlay.style import Scale
from formcheck.session.moment import Moment


def draw(image: Image, moment: Moment) -> None:
    """Draw a moment into its picture.

    Args:
        image: (H, W, 3) uint8 RGB, upright; changed in place.
        moment: what is to be shown; positions in pixels of this picture.
    """
    scale = Scale(image.shape[1], image.shape[0])
    draw_line(image, moment, scale)
    draw_body(image, moment, scale)
    draw_advice(image, moment, scale)
    draw_panels(image, moment, scale)
