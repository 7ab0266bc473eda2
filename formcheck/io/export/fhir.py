"""The history as FHIR R4B: a Bundle of Observations, one for each set and each pain score.

A library builds and validates it (the extra ``fhir``). Names are made from the sessions' own, so the same set is the
same Observation in every export. The person is named only where a reference is given.
"""

import json
import re
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from math import isfinite
from statistics import median
from typing import Any, Literal

from formcheck import __version__
from formcheck.core.events import Hold, Rep
from formcheck.errors import OutputError
from formcheck.exercises.vocabulary import Measure
from formcheck.io.export import codes
from formcheck.io.history.records import PainRecord, SessionRecord, SetRecord
from formcheck.session.summary import TILT

_SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")
_REFERENCE = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}|https?://\S+|urn:\S+")
_LIMITS = "Estimated from one camera at the side. No medical device, no diagnosis."
_ASKED = {"before": "before the exercises", "after": "after an exercise", "end": "at the end"}


def text(sessions: Sequence[SessionRecord], subject: str | None = None) -> str:
    """Return a Bundle as JSON.

    Args:
        sessions: oldest first.
        subject: reference to the patient, such as ``Patient/123``; None leaves it out.

    Raises:
        OutputError: the library is not installed, or the reference is none.
    """
    try:
        from fhir.resources.R4B.bundle import Bundle  # noqa: PLC0415  # an extra, and slow to load
    except ImportError as error:
        raise OutputError("FHIR needs one library more. Install it with: pip install 'formcheck[fhir]'") from error
    if subject is not None and not _REFERENCE.fullmatch(subject):
        raise OutputError(f"{subject!r} is no reference to a patient. Write for example --subject Patient/123")
    entries = [each for session in sessions for each in _observations(session, subject)]
    whole = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in entries],
    }
    if not entries:
        del whole["entry"]  # FHIR has no empty lists
    try:
        bundle = Bundle.model_validate(whole)
    except ValueError as error:
        raise OutputError(f"the FHIR export is not valid: {error}") from error
    return json.dumps(json.loads(bundle.model_dump_json()), indent=2, ensure_ascii=False) + "\n"


def _observations(session: SessionRecord, subject: str | None) -> Iterator[dict[str, Any]]:
    for number, part in enumerate(session.sets, 1):
        if part.done:
            yield _observation(session, f"set-{number}", subject) | _set(part)
    for number, pain in enumerate(session.pain, 1):
        yield _observation(session, f"pain-{number}", subject) | _pain(pain)


def _observation(session: SessionRecord, name: str, subject: str | None) -> dict[str, Any]:
    id_ = str(uuid.uuid5(uuid.UUID(session.uid), name))
    return {
        "resourceType": "Observation",
        "id": id_,
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{id_}"}],
        "status": "final",
        "device": {"display": f"formcheck {session.software or __version__}"},
        **({"subject": {"reference": subject}} if subject else {}),
    }


def _pain(pain: PainRecord) -> dict[str, Any]:
    about = f" ({pain.exercise.replace('_', ' ')})" if pain.exercise else ""
    return {
        "category": [_category("survey", "Survey")],
        "code": codes.PAIN,
        "effectiveDateTime": pain.at.isoformat(timespec="seconds"),
        "valueQuantity": codes.quantity(pain.score, "{score}", "{score}"),
        "note": [{"text": f"Asked {_ASKED[pain.asked]}{about}."}],
    }


def _set(part: SetRecord) -> dict[str, Any]:
    start = part.started.isoformat(timespec="seconds")
    end = {"end": part.ended.isoformat(timespec="seconds")} if part.ended else {}
    return {
        "category": [_category("therapy", "Therapy")],
        "code": codes.exercise_of(part.exercise, part.key),
        "effectivePeriod": {"start": start, **end},
        "component": list(_components(part)),
        "note": [{"text": _LIMITS}],
    }


def _components(part: SetRecord) -> Iterator[dict[str, Any]]:
    exercise, done = part.exercise, part.done
    noun = "holds" if part.holds else "repetitions"
    yield _counted(codes.MEASURES, noun, noun.capitalize(), len(done))
    yield _counted(codes.MEASURES, f"good_{noun}", f"{noun.capitalize()} without fault", part.good)
    counts = Counter(fault.key for each in done for fault in each.faults)
    says = {fault.key: fault.say for each in done for fault in each.faults}
    for key, n in counts.items():
        yield _counted(codes.FAULTS, key, f"{noun.capitalize()} with the fault: {says[key]}", n)
    for side in _SIDES if part.holds else ():
        held = sum(hold.held for hold in part.holds if hold.side in (side, "both"))
        yield _component(f"held_s_{side}", f"Held, {side} leg", codes.quantity(round(held, 1), "second", "s"))
    for measure in exercise.measures if exercise else ():
        if measure.title:
            for leg in _SIDES if part.holds else (None,):
                yield from _median(measure, done, leg)


def _median(
    measure: Measure, done: Sequence[Rep | Hold], side: Literal["left", "right"] | None
) -> Iterator[dict[str, Any]]:
    ours = [each for each in done if side is None or (isinstance(each, Hold) and each.side in (side, "both"))]
    known = [value for each in ours if isfinite(value := each.measures.get(measure.key, float("nan")))]
    if known:
        code, leg = (f"{measure.key}_{side}", f", {side} leg") if side else (measure.key, "")
        way = ""
        if measure.key == TILT:  # both ways count alike; their signs would cancel out
            known, way = [abs(value) for value in known], ", either way"
        yield _component(code, f"{measure.title}, median{way}{leg}", codes.measured(median(known), measure))


def _counted(system: str, code: str, words: str, n: int) -> dict[str, Any]:
    return {"code": codes.concept(system, code, words), "valueInteger": n}


def _component(code: str, words: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"code": codes.concept(codes.MEASURES, code, words), "valueQuantity": value}


def _category(code: str, words: str) -> dict[str, Any]:
    return {"coding": [{"system": codes.CATEGORY, "code": code, "display": words}]}
