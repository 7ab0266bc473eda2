"""The whole overlay."""

from formcheck.core.frame import Image
from formcheck.io.overlay.ask import draw_question
from formcheck.io.overlay.body import draw_body
from formcheck.io.overlay.coach import draw_coach
from formcheck.io.overlay.guide import draw_advice, draw_down, draw_line
from formcheck.io.overlay.leg import draw_leg, draw_leg_advice
from formcheck.io.overlay.panels import draw_panels
from formcheck.io.overlay.style import ENGLISH, Scale
from formcheck.io.texts import Texts
from formcheck.session.moment import Moment


def draw(image: Image, moment: Moment, texts: Texts = ENGLISH) -> None:
    """Draw a moment into its picture.

    Args:
        image: (H, W, 3) uint8 RGB, upright; changed in place.
        moment: what is to be shown; positions in pixels of this picture.
        texts: of the language that is written.
    """
    scale = Scale(image.shape[1], image.shape[0])
    # until an exercise is recognised, the guides of the one that is only looked for would mislead
    coaching = moment.coaching if moment.coaching is not None and moment.coaching.stage != "set" else None
    exercising = moment.certain and coaching is None
    guide = moment.exercise.guide.kind if exercising else "none"
    if guide == "line":
        draw_line(image, moment, scale)
    elif guide == "leg":
        draw_leg(image, moment, scale)
    draw_body(image, moment, scale)
    if guide == "line":
        draw_advice(image, moment, scale, texts)
    elif guide == "leg":
        draw_leg_advice(image, moment, scale)
    if exercising:
        draw_down(image, moment, scale)
    if coaching is None:
        draw_panels(image, moment, scale, texts)
    elif coaching.question is not None:
        draw_question(image, coaching.question, scale, texts)
    else:
        draw_coach(image, moment, coaching, scale, texts)
