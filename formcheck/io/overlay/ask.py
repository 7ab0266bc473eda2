"""A question, large: what is asked, the answers with their keys, and the one that a raised arm would give now.

Read from near by who answers by key, so all answers are shown; read from 3 m by who raises an arm, so the one that is
spoken now is large. It is told by its size and by a mark as well as by its colour.
"""

from formcheck.core.frame import Image
from formcheck.io.overlay.sheet import Sheet, put
from formcheck.io.overlay.style import INK, RIGHT, TARGET, Scale
from formcheck.io.overlay.text import Lines, Sign, Words, broken, panel, width_of
from formcheck.io.texts import Texts
from formcheck.session.coaching import Option, Question

_ASKED, _LISTED = 5.6, 4.4
"""Type of the question and of the answers, percent of the shorter edge."""
_COUNTED = (9.0, 8.0, 7.0, 6.0)
"""Type of the answer that is spoken now: as large as leaves the others their room."""
_NUMBER, _DIGITS = 30.0, 6.0
_MARK = ">"


def draw_question(image: Image, question: Question, scale: Scale, texts: Texts) -> None:
    """Draw it over the middle of the picture.

    Args:
        image: (H, W, 3) uint8 RGB; changed in place.
        question: as it stands in this frame.
        scale: sizes for this picture.
        texts: of the language that is written.
    """
    most = scale.width - 2 * scale.margin
    room = scale.height - 2 * scale.margin
    for percent in _COUNTED:
        sheets = _sheets(question, scale, texts, most, scale.px(percent))
        height = sum(sheet.size[1] for sheet in sheets)
        if height <= room:
            break
    y = max(scale.margin, (scale.height - height) // 2)
    for sheet in sheets:
        put(image, sheet, (scale.width - sheet.size[0]) // 2, y)
        y += sheet.size[1]


def _sheets(question: Question, scale: Scale, texts: Texts, most: int, large: int) -> tuple[Sheet, ...]:
    """Panels one below the other: each makes its type smaller by itself where its words are too wide."""
    if question.chosen is not None:
        # understood, not praised: it may be bad news
        said = broken(Words(_name(question.chosen, texts), large, INK, 800), most - 3 * large)
        return (panel(said, most, Sign("wait", RIGHT)),)
    key = "programme.waiting" if question.waiting else question.key
    values = {} if question.waiting else question.values
    asked = scale.px(_ASKED)
    lines = broken(Words(texts.of(key, **values), asked, INK, 700), most - asked)
    if all(isinstance(option.value, int) for option in question.options):
        return (panel(lines, most, least=most), *_scores(question, scale, most))
    for option in question.options:
        now = option is question.counted
        lines = (*lines, *_answer(option, large if now else scale.px(_LISTED), texts, most, now=now))
    return (panel(lines, most, least=most),)


def _scores(question: Question, scale: Scale, most: int) -> tuple[Sheet, ...]:
    """All scores in a row, each with its key where that is another one; below, large, the one counted now."""
    row = []
    for option in question.options:
        now = option is question.counted
        name = str(option.value) if option.press == str(option.value) else f"{option.value} [{option.press.upper()}]"
        colour = TARGET if now else INK
        row.append(Words(f"{_MARK}{name}" if now else name, scale.px(_DIGITS), colour, 900 if now else 500))
    sheets = (panel((tuple(row),), most, least=most),)
    if question.counted is None:
        return sheets
    return (*sheets, panel(((Words(str(question.counted.value), scale.px(_NUMBER), TARGET, 900),),), most))


def _answer(option: Option, size: int, texts: Texts, most: int, *, now: bool) -> Lines:
    """One answer with its key, on as many lines as it needs."""
    key = Words(f"{_MARK if now else ''}[{option.press.upper()}]", size, TARGET if now else RIGHT, 700)
    indent = width_of(key)
    rows = broken(Words(_name(option, texts), size, TARGET if now else INK, 800 if now else 500), most - indent - size)
    return ((key, *rows[0]), *rows[1:])


def _name(option: Option, texts: Texts) -> str:
    return str(option.value) if isinstance(option.value, int) else texts.said(option.say)
