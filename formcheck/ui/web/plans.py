"""The plans there are: the built-in ones, and files that a person was given, kept beside the history."""

import re
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import RLock

from formcheck.errors import PlanError
from formcheck.io import plan as plans
from formcheck.io.history import default_path
from formcheck.session.plan import BUILT_IN, Plan
from formcheck.ui.web.problems import Problem, known
from formcheck.ui.web.settings import Settings

_FOLDER = "plans"
_ENDING = ".toml"
_MOST_NAME = 60


class Shelf:
    """Plans by their key. Without a history own ones are kept as long as the server runs.

    Args:
        settings: of the server.
    """

    def __init__(self, settings: Settings) -> None:
        self._most = settings.limits.plans
        self._folder = (settings.db or default_path()).parent / _FOLDER if settings.keep else None
        self._lock = RLock()
        self._own: dict[str, Plan] = {}

    def all(self) -> list[Plan]:
        """Return all, the built-in ones first. A file that was spoiled since is left out."""
        return [*BUILT_IN.values(), *self._read().values()]

    def is_own(self, plan: Plan) -> bool:
        """Whether a plan is none of the built-in ones."""
        return plan.key not in BUILT_IN

    def find(self, key: str) -> Plan:
        """Return one.

        Raises:
            Problem: there is none.
        """
        plan = BUILT_IN.get(key) or self._read().get(key)
        if plan is None:
            raise _none(key)
        return plan

    def add(self, name: str, text: bytes) -> Plan:
        """Keep a plan file; one of the same name is replaced.

        Args:
            name: of the file, as the person knows it.
            text: of the file.

        Raises:
            Problem: it says something that cannot be done, it cannot be kept, or there are too many.
        """
        key = key_of(name)
        with self._lock:
            own = self._read()
            if key not in own and len(own) >= self._most:
                raise known(429, "too_many_plans", most=self._most)
            plan = _parsed(key, text)
            if self._folder is not None:
                self._write(self._folder / f"{key}{_ENDING}", text)
            self._own[key] = plan
        return plan

    def remove(self, key: str) -> None:
        """Throw an own plan away.

        Raises:
            Problem: there is none.
        """
        with self._lock:
            if key not in self._read():
                raise _none(key)
            self._own.pop(key, None)
            if self._folder is not None:
                (self._folder / f"{key}{_ENDING}").unlink(missing_ok=True)

    def _read(self) -> dict[str, Plan]:
        if self._folder is None:
            return dict(self._own)
        found = {}
        for path in sorted(self._folder.glob(f"*{_ENDING}")):
            if path.stem == key_of(path.name):
                with suppress(PlanError):
                    found[path.stem] = plans.read(path)
        return found

    @staticmethod
    def _write(path: Path, text: bytes) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            new = path.with_suffix(".new")
            new.write_bytes(text)
            new.replace(path)
        except OSError as error:
            raise known(507, "plan_not_kept", detail=f"{path}: {error.strerror}") from error


def key_of(name: str) -> str:
    """Return a plan's key: its file's name, with nothing in it that means something to a system."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem = re.sub(r"[^\w() -]", "-", last.removesuffix(_ENDING)).strip(" -")[:_MOST_NAME].strip(" -")
    key = stem or "plan"
    return f"{key} (2)" if key in BUILT_IN else key


def _parsed(key: str, text: bytes) -> Plan:
    with tempfile.TemporaryDirectory(prefix="formcheck-plan-") as folder:
        path = Path(folder) / f"{key}{_ENDING}"
        path.write_bytes(text)
        try:
            return plans.read(path)
        except PlanError as error:
            # where it lay for a moment helps nobody
            raise known(422, "plan_wrong", detail=str(error).replace(str(path), path.name)) from error


def _none(key: str) -> Problem:
    return known(404, "unknown_plan", plan=key)
