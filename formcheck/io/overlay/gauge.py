"""The gauge of the pelvic tilt: zero is this person's own rest, and the band is how well it is known."""

from math import isnan, nan

from formcheck.core.frame import Image
from formcheck.core.signals import PELVIC_TILT, TILT_ERROR
from formcheck.io.overlay import lines
from formcheck.io.overlay.sheet import Sheet, blank, put, put_around
from formcheck.io.overlay.style import DIM, ENGLISH, GREY, INK, PRAISE, TARGET, Scale
from formcheck.io.overlay.text import Sign, Words, panel
from formcheck.io.texts import Texts
from formcheck.session.moment import Moment

ENOUGH_DEG = 6.0
"""A smaller tilt is small for anybody; the whole active range is some 10 to 20 degrees."""
_END_DEG = 20.0
_MAGNIFIED = 4.0
"""A tilt is small: 20 degrees of it turn the needle by 80."""


def gauge_size(scale: Scale) -> tuple[int, int]:
    """Return width and height in pixels."""
    return scale.px(38), scale.px(29)


def draw_gauge(image: Image, moment: Moment, scale: Scale, corner: tuple[int, int], *, texts: Texts = ENGLISH) -> None:
    """Draw it with its upper left corner there; the needle leans to the heels when the lower back arches."""
    (x, y), (width, height) = corner, gauge_size(scale)
    put(image, blank(width, height, scale.px(2.5)), x, y)
    body = moment.body
    heels = -1 if body is not None and body.head_right else 1
    value = moment.values.get(PELVIC_TILT.key, nan)
    error = moment.values.get(TILT_ERROR.key, nan)
    pivot, radius, thin = (x + width / 2, y + 0.66 * height), 0.50 * height, max(1, scale.px(0.5))

    def turn(tilt: float) -> float:
        return heels * _MAGNIFIED * min(_END_DEG, max(-_END_DEG, tilt))

    if not isnan(value) and not isnan(error):
        band = lines.arc(pivot, radius, turn(value - error), turn(value + error))
        lines.fill(image, [pivot, *band], DIM)
    lines.path(image, lines.arc(pivot, radius, turn(-ENOUGH_DEG), turn(ENOUGH_DEG)), GREY, thin, halo=False)
    for end in (-1, 1):
        zone = lines.arc(pivot, radius, turn(end * ENOUGH_DEG), turn(end * _END_DEG))
        lines.path(image, zone, TARGET, 4 * thin, halo=False)
    for tilt in (-ENOUGH_DEG, 0.0, ENOUGH_DEG):
        tick = [lines.around(pivot, radius * share, turn(tilt)) for share in (0.86, 1.1)]
        lines.path(image, tick, INK, thin, halo=False)
    if not isnan(value):
        lines.line(image, pivot, lines.around(pivot, 0.97 * radius, turn(value)), INK, max(2, 2 * thin))
    lines.dot(image, pivot, INK, max(2, 2 * thin))
    for end, name in ((-1, "flat"), (1, "arch")):
        label = _words(texts.of(f"screen.{name}"), scale.px(3.8), width)
        put_around(image, label, (x + width * (0.5 + 0.36 * heels * end), y + 0.13 * height))
    # no check mark for a movement in which something is wrong
    well = abs(value) >= ENOUGH_DEG and not moment.wrong
    put_around(image, _reading(value, error, scale, width, texts=texts, well=well), (x + width / 2, y + 0.84 * height))


def _words(text: str, size: int, most: int, sign: Sign | None = None) -> Sheet:
    return panel(((Words(text, size, INK, 600),),), most, sign, bare=True)


def _reading(value: float, error: float, scale: Scale, most: int, *, texts: Texts, well: bool) -> Sheet:
    """The tilt in words, with its error, and a check mark where it is as asked for."""
    if isnan(value):
        return _words(texts.of("screen.cannot_tell"), scale.px(4.2), most)
    degrees = round(value)
    told = f"{abs(degrees)}°" + ("" if isnan(error) else f" ±{max(1, round(error))}")
    if degrees:
        told = texts.of("screen.arch_by" if degrees > 0 else "screen.flat_by", degrees=told)
    return _words(told, scale.px(4.2), most, Sign("praise", PRAISE) if well else None)
