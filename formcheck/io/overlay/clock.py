"""The clock of a hold: a ring that fills, with a mark where it is enough."""

from formcheck.core.frame import Image
from formcheck.core.geometry import Point
from formcheck.io.overlay import lines
from formcheck.io.overlay.sheet import blank, put, put_around
from formcheck.io.overlay.style import DIM, ENGLISH, GREY, INK, PRAISE, TARGET, Scale
from formcheck.io.overlay.text import Sign, Words, panel, symbol
from formcheck.io.texts import Texts
from formcheck.session.following import HoldNow


def clock_size(scale: Scale) -> tuple[int, int]:
    """Return width and height in pixels."""
    return scale.px(33), scale.px(29)


def draw_clock(
    image: Image,
    hold: HoldNow,
    dose: tuple[int, int],
    scale: Scale,
    corner: tuple[int, int],
    *,
    texts: Texts = ENGLISH,
) -> None:
    """Draw it.

    Args:
        image: changed in place.
        hold: the hold under way.
        dose: seconds that are enough, and that fill the ring.
        scale: sizes for this picture.
        corner: the upper left one, pixels.
        texts: of the language.
    """
    x, y = corner
    size, round_corners = clock_size(scale), scale.px(2.5)
    put(image, blank(*size, round_corners), x, y)
    centre, radius, width = (x + 0.54 * size[0], y + 0.5 * size[1]), 0.38 * size[1], max(2, scale.px(2))
    enough, full = dose
    done = min(1.0, hold.held / full)
    lines.path(image, lines.arc(centre, radius, 0, 360), DIM, max(1, width // 3), halo=False)
    if done > 0.01:
        colour = PRAISE if hold.held >= enough else TARGET
        lines.path(image, lines.arc(centre, radius, 0, 360 * done), colour, width, halo=False)
    mark = 360 * enough / full
    tick = [lines.around(centre, radius + reach * width, mark) for reach in (-1.2, 0.9)]
    lines.path(image, tick, INK, max(1, scale.px(0.6)), halo=False)
    _write(image, Words(str(enough), scale.px(3.4), GREY, 600), lines.around(centre, 1.38 * radius, mark))
    _write(image, Words(str(int(hold.held)), scale.px(9), INK, 800), (centre[0], centre[1] - 0.10 * size[1]))
    below = (centre[0], centre[1] + 0.15 * size[1])
    if hold.held >= full:
        _show(image, Sign("praise", PRAISE), scale, below)
    elif not hold.running:
        _show(image, Sign("pause", INK), scale, below)
    else:
        _write(image, Words(texts.of("screen.of_seconds", seconds=full), scale.px(3.6), GREY, 500), below)


def _write(image: Image, words: Words, p: Point) -> None:
    put_around(image, panel(((words,),), image.shape[1], bare=True), p)


def _show(image: Image, sign: Sign, scale: Scale, p: Point) -> None:
    put_around(image, symbol(sign, scale.px(6.5)), p)
