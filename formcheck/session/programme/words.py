"""What the programme says on its way, as keys of texts; a value that begins with ``@`` is itself a text's key."""

from collections.abc import Sequence

from formcheck.core.events import Asked, PainTold
from formcheck.exercises.vocabulary import Exercise, Holds
from formcheck.session.coaching import Option, Question, Say, Urgency
from formcheck.session.plan import Step
from formcheck.session.programme.mouth import KEPT_S
from formcheck.session.summary import Result

_WORST = 10
_TEN_PRESS = "x"
"""Ten has two digits, but one key is pressed; X is ten."""


def told(key: str, urgency: Urgency = Urgency.STAGE, **values: str | int | float) -> Say:
    """Return a line of the programme's course."""
    return Say(key, values, urgency, KEPT_S)


def title(exercise: Exercise) -> str:
    """Return the exercise's title, to be put into another text."""
    return f"@exercise.{exercise.key}.title"


def introduction(step: Step, number: int, of: int) -> tuple[Say, ...]:
    """Return what is told before an exercise: which, how much, how to get into the position, what to mind."""
    exercise = step.exercise
    lines = [
        told("programme.exercise", number=number, of=of, exercise=title(exercise)),
        *_dose(step),
        *(told(f"exercise.{exercise.key}.how.{i}") for i in range(len(exercise.how))),
    ]
    if isinstance(exercise.counts, Holds) and not exercise.caution:  # which is told as the set begins
        lines.append(told("programme.let_go_if_numb"))
    if step.notes:
        # the physiotherapist's own words are no key, whatever they begin with
        lines.append(told("programme.notes", notes="@" + step.notes if step.notes.startswith("@") else step.notes))
    return tuple(lines)


def _dose(step: Step) -> tuple[Say, ...]:
    lines, dose = [], step.dose
    for what, span in (("reps", dose.reps), ("hold", dose.hold_s)):
        if span:
            least, most = span
            exact = "_exact" if least == most else ""
            lines.append(told(f"programme.dose_{what}{exact}", least=least, most=most))
    if dose.each_leg:
        once = "_once" if dose.each_leg == 1 else ""
        one = step.legs[0] if len(set(step.legs)) == 1 else "each"
        lines.append(told(f"programme.times{once}", times=dose.each_leg, legs=f"@programme.legs.{one}"))
    return tuple(lines)


def pain_question(asked: Asked) -> Question:
    """Return the question for the pain now, 0 to 10."""
    options = tuple(
        Option(score, str(score) if score < _WORST else _TEN_PRESS, _number(score)) for score in range(_WORST + 1)
    )
    return Question(f"programme.pain.{asked}", options)


def numb_question() -> Question:
    """Return the question after a stretch: the most urgent answer comes first."""
    return Question(
        "programme.numb",
        (Option("yes", "y", told("programme.numb_yes")), Option("no", "0", told("programme.numb_no"))),
    )


def seconds_left(seconds: int) -> Say:
    """Return the rest's countdown, aloud."""
    if seconds > 3:  # shorter than it takes to say
        return Say("programme.seconds_left", {"seconds": seconds}, Urgency.COUNT, 2.0)
    return _number(seconds)


def _number(number: int) -> Say:
    return Say("programme.number", {"number": number}, Urgency.COUNT, 1.5)


def summary(sets: Sequence[tuple[Step, Result]], pains: Sequence[PainTold]) -> tuple[Say, ...]:
    """Return the session in a few lines: each exercise, and the pain."""
    lines = []
    for step, result in sets:
        exercise = step.exercise
        if not result.done:
            lines.append(told("programme.sum_nothing", exercise=title(exercise)))
        elif isinstance(exercise.counts, Holds):
            held = round(sum(hold.held for hold in result.holds))
            lines.append(told("programme.sum_holds", exercise=title(exercise), holds=len(result.holds), held=held))
        else:
            lines.append(told("programme.sum_reps", exercise=title(exercise), reps=len(result.reps), good=result.good))
    if len(pains) > 1:
        lines.append(told("programme.sum_pain", first=pains[0].score, last=pains[-1].score))
    return tuple(lines)
