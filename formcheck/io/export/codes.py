"""How what formcheck measures is called in clinical systems: LOINC where there is a code, else its own."""

from typing import Any

from formcheck.exercises.vocabulary import Exercise, Measure

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
EXERCISES = "urn:formcheck:exercise"
MEASURES = "urn:formcheck:measure"
FAULTS = "urn:formcheck:fault"

PAIN = {
    "coding": [
        {"system": LOINC, "code": "72514-3", "display": "Pain severity - 0-10 verbal numeric rating [Score] - Reported"}
    ],
    "text": "Pain, 0 to 10",
}
_UNITS = {"°": ("degree", "deg"), " s": ("second", "s")}
_BY_KEY = {"_deg": ("degree", "deg"), "_s": ("second", "s")}


def concept(system: str, code: str, words: str) -> dict[str, Any]:
    """Return a code of our own with its words."""
    return {"coding": [{"system": system, "code": code, "display": words}], "text": words}


def exercise_of(exercise: Exercise | None, key: str | None) -> dict[str, Any]:
    """Return the code of an exercise, known or not."""
    return concept(EXERCISES, key or "unknown", exercise.title if exercise else key or "Exercise not recognised")


def quantity(value: float, unit: str, code: str) -> dict[str, Any]:
    """Return a number with its unit."""
    return {"value": value, "unit": unit, "system": UCUM, "code": code}


def measured(value: float, measure: Measure) -> dict[str, Any]:
    """Return a measure's value with its unit, as precise as it is told to people."""
    by_key = next((unit for ending, unit in _BY_KEY.items() if measure.key.endswith(ending)), ("1", "1"))
    return quantity(round(value, measure.digits), *_UNITS.get(measure.unit, by_key))
