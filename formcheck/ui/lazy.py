"""A group of commands of which only the called one is loaded: video, networks and pages take a second to load."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command


@dataclass(frozen=True, slots=True)
class Lazy:
    """A command that is not loaded yet.

    Attributes:
        place: ``module:name`` of its function, or of the Typer of a group.
        line: what the list of commands says of it: the first line of its own help.
    """

    place: str
    line: str

    def load(self, name: str) -> Any:
        """Return the command, called ``name``."""
        module, _, attribute = self.place.partition(":")
        found = getattr(import_module(module), attribute)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(add_completion=False, rich_markup_mode=None)
            alone.command(name)(found)
            found = alone
        command = get_command(found)
        command.name = name
        return command


class LazyGroup(TyperGroup):
    """Lists its commands by their names and lines alone.

    Attributes:
        lazy: the commands by name, as they are listed.
    """

    lazy: ClassVar[Mapping[str, Lazy]] = {}

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        for name, each in self.lazy.items():
            self.add_command(TyperCommand(name, help=each.line, rich_markup_mode=None), name)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Load the command that is called."""
        name, command, rest = super().resolve_command(ctx, args)
        if name is not None and name in self.lazy:
            command = self.lazy[name].load(name)
        return name, command, rest
