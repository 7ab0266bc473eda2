"""The exercises: one small file each in ``catalogue``, plus the vocabulary they are written in."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from formcheck.errors import UnknownExerciseError
from formcheck.exercises import catalogue
from formcheck.exercises.vocabulary import Exercise

AUTO = "auto"


@cache
def all_exercises() -> tuple[Exercise, ...]:
    """Return every exercise in the catalogue, by name."""
    names = sorted(module.name for module in iter_modules(catalogue.__path__))
    return tuple(import_module(f"{catalogue.__name__}.{name}").EXERCISE for name in names)


def find(name: str) -> Exercise:
    """Return the exercise called ``name`` (``pelvic-tilt`` and ``pelvic_tilt`` are the same).

    Raises:
        UnknownExerciseError: there is none.
    """
    for exercise in all_exercises():
        if exercise.key == name.strip().lower().replace("-", "_"):
            return exercise
    known = ", ".join([AUTO, *(exercise.name for exercise in all_exercises())])
    raise UnknownExerciseError(f"there is no exercise called {name!r}. Use one of: {known}")
