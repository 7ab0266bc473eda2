"""Counter, phase and cue, in words."""

from collections.abc import Iterator

from formcheck.core.frame import Image
from formcheck.core.landmarks import Landmark, Part
from formcheck.exercises.vocabulary import Phase
from formcheck.io.overlay.style import GREY, INK, PRAISE, RIGHT, TARGET, WRONG, Scale
from formcheck.io.overlay.text import Sheet, Sign, Words, panel, put, width_of
from formcheck.session.moment import Moment

_PHASES: dict[Phase | None, str] = {"rest": "rest", "up": "lift", "hold": "hold", "down": "lower", None: "–"}


def draw_panels(image: Image, moment: Moment, scale: Scale) -> None:
    """Draw the counter in an upper corner, and above or below the body what is to be said."""
    counter = _counter(moment, scale)
    put(image, counter, scale.margin, scale.margin)
    # a wide picture has room beside the counter, a tall one under it
    wide = scale.width > scale.height
    left = counter.size[0] + 2 * scale.margin if wide else scale.margin
    banner = _banner(moment, scale, scale.width - left - scale.margin)
    if banner is None:
        return
    x = left + (scale.width - left - scale.margin - banner.size[0]) // 2
    high = scale.margin if wide else counter.size[1] + 2 * scale.margin
    low = scale.height - banner.size[1] - scale.margin
    hidden = [_hides(moment, x, y, banner) for y in (high, low)]
    put(image, banner, x, low if hidden[1] < hidden[0] else high)


def _outline(moment: Moment) -> Iterator[tuple[float, float]]:
    """The trusted points of the head and of the near side, without the hands, which may be anywhere."""
    if moment.body is not None:
        parts = (part for part in Part if part is not Part.WRIST)
        for p in (moment.body.points[Landmark.NOSE], *(moment.body.at(part) for part in parts)):
            if p is not None:
                yield p


def _hides(moment: Moment, x: int, y: int, sheet: Sheet) -> float:
    """How much of the person's bounding box a panel at x, y would hide, in square pixels."""
    points = tuple(_outline(moment))
    if not points:
        return 0.0
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    across = min(max(xs), x + sheet.size[0]) - max(min(xs), x)
    down = min(max(ys), y + sheet.size[1]) - max(min(ys), y)
    return max(0.0, across) * max(0.0, down)


def _counter(moment: Moment, scale: Scale) -> Sheet:
    title = Words(moment.exercise.title + ("" if moment.certain else "?"), scale.px(4.2), INK, 600)
    number = Words(str(moment.reps), scale.px(11), INK, 800)
    unit = Words("rep" if moment.reps == 1 else "reps", scale.px(5), GREY, 500)
    phases = {key: Words(word, scale.px(5), TARGET, 700) for key, word in _PHASES.items()}
    # as wide as its longest phase, so that it does not jump with every change
    spare = max(map(width_of, phases.values())) - width_of(phases[moment.phase])
    good = (Words(f"· {moment.good_reps} good", scale.px(4.2), GREY, 400),) if moment.reps else ()
    lines = ((title,), (number, unit), (phases[moment.phase], *good))
    most = scale.width - 2 * scale.margin
    return panel(lines, most, least=panel(lines, most).size[0] + spare if good else 0)


def _banner(moment: Moment, scale: Scale, most: int) -> Sheet | None:
    if moment.body is None:
        return _said("I can't see you", Sign("lost", GREY), scale, most)
    if moment.cue is not None:
        said = moment.cue.say[:1].upper() + moment.cue.say[1:]
        return _said(said, Sign("praise", PRAISE) if moment.cue.praise else Sign("correct", WRONG), scale, most)
    if moment.phase is None:
        return _said("Not in position yet", Sign("wait", RIGHT), scale, most, muted=True)
    return None


def _said(text: str, sign: Sign, scale: Scale, most: int, *, muted: bool = False) -> Sheet:
    """A banner: a sign and words, on as few lines as fit, about equally long."""
    size = scale.px(5.5 if muted else 7.5)
    room = most - 3 * size

    def styled(row: str) -> Words:
        return Words(row, size, GREY if muted else INK, 500 if muted else 700)

    def wrapped(limit: float) -> list[str]:
        rows: list[str] = []
        for word in text.split():
            if rows and width_of(styled(f"{rows[-1]} {word}")) <= limit:
                rows[-1] += f" {word}"
            else:
                rows.append(word)
        return rows

    rows = wrapped(room)
    # the narrowest setting with as few lines leaves no single word on the last
    for share in (0.5, 0.6, 0.7, 0.8, 0.9):
        if len(rows) > 1 and len(even := wrapped(room * share)) == len(rows):
            rows = even
            break
    return panel(tuple((styled(row),) for row in rows), most, sign)
