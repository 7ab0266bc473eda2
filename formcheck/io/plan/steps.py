"""One ``[[step]]`` of a plan file."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from formcheck.core.events import Legs
from formcheck.exercises import all_exercises
from formcheck.exercises.vocabulary import Dose, Exercise, Holds, Rank, Rule
from formcheck.io.plan.lines import Place
from formcheck.io.plan.words import Troubles, Words, nearest
from formcheck.session.plan import NO_TARGETS, Step, default_step, moved

_KNOWN = ("exercise", "reps", "hold_s", "each_leg", "legs", "rest_s", "between_holds_s", "targets", "notes")
_MOST_REPS, _MOST_HOLD_S, _MOST_EACH_LEG, _MOST_REST_S = 30, 60, 5, 600
_FARTHEST_DEG = 40.0
"""How far a target may lie from the usual one, in degrees; in other units half to twice as much."""
_MOST_NOTES = 400


def step_of(table: Mapping[str, Any], place: Place, troubles: Troubles) -> Step | None:
    """Return the step a table describes; None, and what is wrong in ``troubles``, where it cannot be done."""
    words = Words(table, place, troubles, _KNOWN)
    exercise = _exercise(words)
    if exercise is None:
        return None
    usual = default_step(exercise)
    notes = words.get("notes", str, "", '"Only as far as it does not hurt."')
    if len(notes) > _MOST_NOTES:
        words.wrong("notes", f"notes are shown on one screen: at most {_MOST_NOTES} letters, these are {len(notes)}")
    return Step(
        exercise,
        _dose(words, exercise),
        _legs(words, exercise, usual.legs),
        words.number("rest_s", usual.rest_s, 0, _MOST_REST_S, " s"),
        words.number("between_holds_s", usual.between_holds_s, 0, _MOST_REST_S, " s"),
        _targets(words, place, exercise, troubles),
        notes,
    )


def _exercise(words: Words) -> Exercise | None:
    names = {exercise.key: exercise for exercise in all_exercises()}
    if "exercise" not in words:
        words.wrong("exercise", 'the exercise is missing. Write for example exercise = "bridge"')
        return None
    name = words.get("exercise", str, "", '"bridge"')
    found = names.get(name.strip().lower().replace("-", "_"))
    if found is None and name:
        known = [exercise.name for exercise in all_exercises()]
        words.wrong("exercise", f"there is no exercise called {name!r}{nearest(name, known)}")
    return found


def _dose(words: Words, exercise: Exercise) -> Dose:
    usual = exercise.dose
    if not isinstance(exercise.counts, Holds):
        for word in ("hold_s", "each_leg", "legs", "between_holds_s"):
            if word in words:
                words.wrong(word, f"{exercise.name} is counted in repetitions: leave out {word}, write reps = [8, 12]")
        return Dose(reps=(words.span("reps", 1, _MOST_REPS, "") if "reps" in words else None) or usual.reps)
    if "reps" in words:
        words.wrong("reps", f"{exercise.name} is held: leave out reps, write hold_s = [20, 30] and each_leg = 2")
    hold_s = words.span("hold_s", 5, _MOST_HOLD_S, " s") if "hold_s" in words else None
    return Dose(hold_s=hold_s or usual.hold_s, each_leg=words.whole("each_leg", usual.each_leg, 1, _MOST_EACH_LEG))


def _legs(words: Words, exercise: Exercise, usual: tuple[Legs, ...]) -> tuple[Legs, ...]:
    if not isinstance(exercise.counts, Holds) or "legs" not in words:
        return usual
    asked = words.get("legs", list, [], '["left", "right"]')
    allowed = [leg for leg in get_args(Legs) if leg != "both" or exercise.counts.both]
    if not asked or any(leg not in allowed for leg in asked) or len(set(asked)) < len(asked):
        words.wrong("legs", f"legs must be a list, each leg once, of {', '.join(map(repr, allowed))}, not {asked!r}")
        return usual
    return tuple(asked)


def _targets(words: Words, place: Place, exercise: Exercise, troubles: Troubles) -> Mapping[str, float]:
    table = words.get("targets", dict, {}, "{ hips_low = 160 }")
    if not table:
        return NO_TARGETS
    rules = {rule.key: rule for rule in exercise.rules}
    inner = Words(table, (*place, "targets"), troubles, list(rules))
    found = {}
    for key, rule in rules.items():
        if key in inner:
            low, high = _reach(rule)
            found[key] = inner.number(key, low, low, high)
            if against := _contradicted(rule, found, list(rules.values())):
                inner.wrong(
                    key, f"{key} = {found[key]:g} contradicts {against}: nothing could be right. Change one of them"
                )
    return found


def _contradicted(rule: Rule, targets: Mapping[str, float], rules: Sequence[Rule]) -> str:
    """Return which other rule of the same measure leaves no room beside a moved one; empty where there is room."""
    for other in rules:
        pair = [moved(each, targets[each.key]) if each.key in targets else each for each in (rule, other)]
        low, high = max(each.limit.low for each in pair), min(each.limit.high for each in pair)
        if other.measure == rule.measure and low >= high:
            return f"{other.key} = {low if other.limit.high == float('inf') else high:g}"
    return ""


def _reach(rule: Rule) -> tuple[float, float]:
    """From where to where a target may be moved: what guards safety only to the stricter side."""
    lower = rule.limit.low > -float("inf")
    usual = rule.limit.low if lower else rule.limit.high
    far = _FARTHEST_DEG if rule.measure.endswith("_deg") else usual / 2
    low, high = usual - min(far, abs(usual) / 2), usual + far
    if rule.rank is Rank.SAFETY:
        return (usual, high) if lower else (low, usual)
    return low, high
