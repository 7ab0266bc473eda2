"""Counter, phase and cue, in words."""

from formcheck.core.frame import Image
from formcheck.core.landmarks import Part
from formcheck.io.overlay.style import INK, PRAISE, RIGHT, TARGET, WRONG, Colour, Scale
from formcheck.io.overlay.text import Words, panel, put, width_of
from formcheck.session.moment import Moment

_PHASES = {"rest": "rest", "up": "lift", "hold": "hold", "down": "lower"}
_GREY: Colour = (200, 205, 215)


def draw_panels(image: Image, moment: Moment, scale: Scale) -> None:
    """Draw the counter in an upper corner, and above or below the body what is to be said."""
    counter = _counter(moment, scale)
    put(image, counter, scale.margin, scale.margin)
    # a wide picture has room beside the counter, a tall one under it; the person is in the way of neither
    wide = scale.width > scale.height
    left = counter.shape[1] + 2 * scale.margin if wide else scale.margin
    most = scale.width - left - scale.margin
    banner = _banner(moment, scale, most)
    if banner is None:
        return
    x = left + (most - banner.shape[1]) // 2
    high = scale.margin if wide else counter.shape[0] + 2 * scale.margin
    low = scale.height - banner.shape[0] - scale.margin
    put(image, banner, x, high if _lies_low(moment, scale) else low)


def _lies_low(moment: Moment, scale: Scale) -> bool:
    """Whether the person is in the lower part of the picture, as on a mat: then words go above."""
    shoulder = moment.body.at(Part.SHOULDER) if moment.body is not None else None
    return shoulder is not None and shoulder[1] > 0.4 * scale.height


def _counter(moment: Moment, scale: Scale) -> Image:
    word = "rep" if moment.reps == 1 else "reps"
    first = (Words(str(moment.reps), scale.px(11), INK, 800), Words(word, scale.px(5), _GREY, 500))
    phase = _PHASES[moment.phase] if moment.phase else "–"
    good = f"{moment.good_reps} good" if moment.reps else moment.exercise.title
    second = (Words(phase, scale.px(5), TARGET, 700), Words(f"· {good}", scale.px(4.2), _GREY, 400))
    return panel((first, second), None, scale.width - 2 * scale.margin)


def _banner(moment: Moment, scale: Scale, most: int) -> Image | None:
    if moment.body is None:
        return _said("I can't see you", "?", _GREY, scale, most)
    if moment.cue is not None:
        said = moment.cue.say[:1].upper() + moment.cue.say[1:]
        sign, colour = ("✓", PRAISE) if moment.cue.praise else ("!", WRONG)
        return _said(said, sign, colour, scale, most)
    if moment.phase is None:
        return _said("Not in position yet", "…", RIGHT, scale, most)
    return None


def _said(text: str, sign: str, colour: Colour, scale: Scale, most: int) -> Image:
    """A banner: a sign and a stripe in its colour, and words, on more lines where ``most`` pixels are too few."""
    size = scale.px(7.5)
    mark = Words(sign, size, colour, 800)
    room = most - width_of(mark) - 3 * size
    rows: list[str] = []
    for word in text.split():
        if rows and width_of(Words(f"{rows[-1]} {word}", size, INK, 700)) <= room:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    lines = tuple((*((mark,) if i == 0 else ()), Words(row, size, INK, 700)) for i, row in enumerate(rows))
    return panel(lines, colour, most)
