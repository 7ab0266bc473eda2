"""Starting up: only the command that is called is loaded, and what it does not need is not."""

import subprocess
import sys

import pytest
import typer

from formcheck.ui.app import app
from formcheck.ui.history.group import history_app
from formcheck.ui.lazy import LazyGroup
from tests.conftest import ROOT

NO_VIDEO = {"mediapipe", "cv2", "av", "scipy", "matplotlib", "fastapi", "jinja2", "weasyprint"}
NOTHING = NO_VIDEO | {"numpy", "rich", "sqlite3", "platformdirs"}


def loaded(*words: str) -> set[str]:
    """The modules that are loaded after a command has run in a process of its own."""
    code = (
        "import sys\n"
        f"sys.argv = {['formcheck', *words]!r}\n"
        "from formcheck.ui.entry import main\n"
        "try:\n"
        "    main()\n"
        "except SystemExit as end:\n"
        "    assert not end.code, end.code\n"
        "sys.stderr.write(' '.join(name for name in sys.modules if '.' not in name))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout
    return set(run.stderr.split())


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["--help"], id="help"),
        pytest.param(["--version"], id="version"),
        pytest.param(["history", "--help"], id="help of the history"),
    ],
)
def test_asking_what_there_is_loads_nothing_heavy(words: list[str]) -> None:
    found = loaded(*words)
    assert "typer" in found
    assert found & NOTHING == set()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["exercises"], id="exercises"),
        pytest.param(["plan", "check", "low-back"], id="plan"),
        pytest.param(["history", "list"], id="history"),
    ],
)
def test_looking_at_what_is_kept_loads_no_video_and_no_page(
    words: list[str], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("data")
    monkeypatch.setenv("FORMCHECK_DATA", str(folder))
    if words[0] == "history":
        subprocess.run(
            [sys.executable, "-c", "from formcheck.io.history import History; History.open().close()"],
            cwd=ROOT,
            check=True,
            timeout=60,
        )
    found = loaded(*words)
    assert "numpy" in found
    assert found & NO_VIDEO == set()


COMMANDS = [
    pytest.param(group, name, id=name)
    for group in (typer.main.get_command(app), typer.main.get_command(history_app))
    for name in group.lazy  # type: ignore[attr-defined]
]


@pytest.mark.parametrize(("group", "name"), COMMANDS)
def test_the_list_says_of_each_command_what_its_own_help_begins_with(group: LazyGroup, name: str) -> None:
    command = group.lazy[name].load(name)
    assert command.name == name
    assert " ".join(command.help.split("\n\n")[0].split()) == group.lazy[name].line


def test_a_command_misspelt_is_answered_with_the_one_that_was_meant() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "formcheck", "exercise"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 2
    assert "Did you mean 'exercises'?" in run.stderr
