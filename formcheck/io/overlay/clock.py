"""The clock of a hold: a ring that fills, with a mark where it is enough."""

from formcheck.core.frame import Image
from formcheck.io.overlay import lines
from formcheck.io.overlay.icons import Icon
from formcheck.io.overlay.style import DIM, GREY, INK, PRAISE, TARGET, Scale
from formcheck.io.overlay.text import Sign, Words, blank, panel, put, put_around
from formcheck.session.following import HoldNow


def clock_size(scale: Scale) -> tuple[int, int]:
    """Return width and height in pixels."""
    return scale.px(29), scale.px(29)


def draw_clock(image: Image, hold: HoldNow, dose: tuple[int, int], scale: Scale, x: int, y: int) -> None:
    """Draw it with its upper left corner at x, y.

    Args:
        image: changed in place.
        hold: the hold under way.
        dose: seconds that are enough, and that fill the ring.
        scale: sizes for this picture.
        x: pixels.
        y: pixels.
    """
    side = clock_size(scale)[0]
    put(image, blank(side, side, scale.px(2.5)), x, y)
    centre, radius, width = (x + side / 2, y + side / 2), 0.36 * side, max(2, scale.px(2))
    enough, full = dose
    done = min(1.0, max(0.0, hold.held / full))
    lines.path(image, lines.arc(centre, radius, 0, 360), DIM, max(1, width // 3), halo=False)
    if done > 0:
        colour = PRAISE if hold.held >= enough else TARGET
        lines.path(image, lines.arc(centre, radius, 0, 360 * done), colour, width, halo=False)
    mark = 360 * enough / full
    tick = [lines.around(centre, radius + reach * width, mark) for reach in (-1.1, 1.1)]
    lines.path(image, tick, INK, max(1, scale.px(0.6)), halo=False)
    least = panel(((Words(str(enough), scale.px(3.4), GREY, 600),),), side, bare=True)
    put_around(image, least, lines.around(centre, 1.3 * radius, mark))
    number = panel(((Words(str(int(hold.held)), scale.px(8.5), INK, 800), _unit("s", scale)),), side, bare=True)
    put_around(image, number, (centre[0], centre[1] - 0.06 * side))
    below = (centre[0], centre[1] + 0.16 * side)
    sign = _sign(hold, full)
    words = panel(((Words("" if sign else f"of {full}", scale.px(3.4), GREY, 500),),), side, sign, bare=True)
    put_around(image, words, below)


def _unit(text: str, scale: Scale) -> Words:
    return Words(text, scale.px(4.2), GREY, 500)


def _sign(hold: HoldNow, full: int) -> Sign | None:
    """Two bars while the clock stands; a check mark when the ring is full."""
    kind: Icon | None = "praise" if hold.held >= full else None if hold.running else "pause"
    return kind and Sign(kind, PRAISE if kind == "praise" else INK)
