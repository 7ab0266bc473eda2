"""What a live session shows besides the exercise: the set-up hint, ready, the countdown, paused, rest, the end.

The type is to be read from a mat 3 m away: letters of 15 mm, which are 8 % of a laptop's picture of 19 cm.
"""

from formcheck.core.frame import Image
from formcheck.exercises.vocabulary import Holds
from formcheck.io.overlay.counter import title
from formcheck.io.overlay.icons import Icon
from formcheck.io.overlay.place import Box, Person
from formcheck.io.overlay.sheet import Sheet, put
from formcheck.io.overlay.style import GREY, INK, PRAISE, RIGHT, TARGET, WRONG, Colour, Scale
from formcheck.io.overlay.text import Lines, Sign, Words, broken, panel
from formcheck.io.texts import Texts
from formcheck.session.coaching import Coaching
from formcheck.session.moment import Moment

_SIGNS: dict[str, tuple[Icon, Colour]] = {
    "countdown": ("wait", TARGET),
    "rest": ("wait", RIGHT),
    "paused": ("pause", INK),
    "over": ("flag", PRAISE),
}
_SIZES = (11.0, 10.0, 9.0, 8.0, 7.0, 6.0)
"""Of a hint's type, percent of the shorter edge."""
_HIGHEST = 0.45  # of the picture
_NUMBER = 32.0


def hint_text(coaching: Coaching, texts: Texts) -> str | None:
    """Return the set-up hint in words; None where nothing is to be mended."""
    if coaching.hint is None:
        return None
    return texts.of(coaching.hint if "." in coaching.hint else f"setup.{coaching.hint}")


def draw_coach(image: Image, moment: Moment, coaching: Coaching, scale: Scale, texts: Texts) -> None:
    """Draw the stage before and after the set, large, where it hides the least of the person."""
    name = panel(((title(moment, scale, texts),),), scale.width - 2 * scale.margin)
    put(image, name, scale.margin, scale.margin)
    if (sheet := _sheet(moment, coaching, scale, texts)) is None:
        return
    box = _place(moment, sheet.size, name.size[1] + 2 * scale.margin, scale)
    put(image, sheet, box.x, box.y)


def _sheet(moment: Moment, coaching: Coaching, scale: Scale, texts: Texts) -> Sheet | None:
    most = scale.width - 2 * scale.margin
    if coaching.stage == "setup":
        hint = hint_text(coaching, texts)
        if hint is None:
            return _large(texts.of("screen.stage.ready"), Sign("praise", PRAISE), most, scale)
        return _large(hint, Sign("correct", WRONG), most, scale)
    if coaching.stage not in _SIGNS:
        return None  # a stage that is drawn elsewhere
    words = Words(texts.of(f"screen.stage.{coaching.stage}"), scale.px(_SIZES[0]), INK, 800)
    if coaching.countdown is not None:
        number = Words(str(coaching.countdown), scale.px(_NUMBER), TARGET, 900)
        return panel(((words, number),), most, rim=scale.px(3))
    icon, colour = _SIGNS[coaching.stage]
    lines: Lines = ((words,),)
    if coaching.stage == "over":
        lines = (*lines, _outcome(moment, scale, texts))
    return panel(lines, most, Sign(icon, colour))


def _outcome(moment: Moment, scale: Scale, texts: Texts) -> tuple[Words, ...]:
    """How many, and how many of them good."""
    n = len(moment.done)
    noun = "hold" if isinstance(moment.exercise.counts, Holds) else "rep"
    unit = texts.of(f"screen.{noun}" if n == 1 else f"screen.{noun}s")
    good = f"· {texts.of('screen.good', n=moment.good)}" if n else ""
    return Words(f"{n} {unit}", scale.px(8), INK, 700), Words(good, scale.px(8), GREY, 500)


def _large(text: str, sign: Sign, most: int, scale: Scale) -> Sheet:
    """A sign and words, as large as leaves most of the picture free."""

    def at(size: int) -> Sheet:
        return panel(broken(Words(text, size, INK, 700), most - 3 * size), most, sign)

    for percent in _SIZES:
        sheet = at(scale.px(percent))
        if sheet.size[1] <= _HIGHEST * scale.height:
            break
    return sheet


def _place(moment: Moment, size: tuple[int, int], top: int, scale: Scale) -> Box:
    """Return where a panel hides least of the person: in the middle of the picture, or under the title, or below."""
    width, height = size
    person = Person(moment)
    low = max(top, scale.height - 2 * scale.margin - height)
    middle = max(top, (scale.height - height) // 2)
    boxes = [Box((scale.width - width) // 2, y, width, height) for y in (middle, top, low)]
    return min(boxes, key=person.hidden)
