"""The history for other programs: CSV, JSON and FHIR, as they are documented."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest

from formcheck import __version__
from formcheck.errors import OutputError
from formcheck.exercises import all_exercises, find
from formcheck.io import export
from formcheck.io.export.rows import COLUMNS
from formcheck.io.history import History, SessionRecord
from formcheck.session.plan import LOW_BACK
from tests.conftest import ROOT
from tests.test_history import BRIDGE, EVENING, TOWEL, hold, rep

GOLDENS = ROOT / "tests" / "goldens"
UID = "2b0c4c0e-8d5b-4d5e-9f43-6a1f0f6f0a11"
DOC = (ROOT / "docs" / "history.md").read_text(encoding="utf-8")


@pytest.fixture
def sessions(tmp_path: Path) -> Iterator[list[SessionRecord]]:
    later = [EVENING + timedelta(minutes=5 * n) for n in range(8)]
    with History.open(tmp_path / "history.db") as history:
        session = history.begin_session(EVENING, LOW_BACK, uid=UID)
        history.add_pain(session, "before", 3, at=later[0])
        bridge = history.begin_set(session, BRIDGE, BRIDGE.dose, later[1])
        history.add_rep(bridge, rep(1))
        history.add_rep(bridge, rep(2, 150.0, "hips_low", "too_fast"))
        history.end_set(bridge, later[2])
        history.add_pain(session, "after", 4, BRIDGE, later[2])
        towel = history.begin_set(session, TOWEL, TOWEL.dose, later[3])
        history.add_hold(towel, hold(1, 60.0, "left"))
        history.add_hold(towel, hold(2, 64.0, "right", "knee_bent"))
        history.end_set(towel, later[4])
        tilt = find("pelvic_tilt")
        set_ = history.begin_set(session, tilt, None, later[5])
        for number, degrees in enumerate((9.0, -11.0), 1):
            history.add_rep(set_, type(rep())(number, 1, 2, 3, 4, 5, 0, {"tilt_deg": degrees, "tilt_error_deg": 4.0}))
        history.begin_set(session, None, None, later[6])
        yield history.sessions()


@pytest.mark.parametrize("how", ["csv", "json", "fhir"])
def test_exports_are_as_recorded(sessions: list[SessionRecord], how: str) -> None:
    """After a change that is meant to change them: FORMCHECK_REMAKE=1, and read the difference."""
    golden = GOLDENS / f"history.{how}{'' if how != 'fhir' else '.json'}"
    text = (
        export.text(sessions, how)
        .replace(f'"{__version__}"', '"VERSION"')
        .replace(f"formcheck {__version__}", "formcheck VERSION")
    )
    if os.environ.get("FORMCHECK_REMAKE"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_the_table_has_a_row_for_each_movement_and_pain_score(sessions: list[SessionRecord]) -> None:
    rows = list(csv.DictReader(StringIO(export.text(sessions, "csv"))))
    assert [row["kind"] for row in rows] == ["rep"] * 2 + ["hold"] * 2 + ["rep"] * 2 + ["pain"] * 2
    assert rows[1]["faults"] == "hips_low too_fast"
    assert (rows[1]["good"], rows[1]["hip_angle_deg"], rows[1]["leg_elevation_deg"]) == ("false", "150.0", "")
    assert (rows[3]["side"], rows[3]["held_s"]) == ("right", "24.0")
    assert (rows[7]["asked"], rows[7]["exercise"], rows[7]["pain"]) == ("after", "bridge", "4")


def test_every_measure_has_a_column_and_every_other_column_is_documented() -> None:
    measures = {measure.key for exercise in all_exercises() for measure in exercise.measures}
    assert measures <= set(COLUMNS)
    assert len(set(COLUMNS)) == len(COLUMNS)
    assert [key for key in COLUMNS if key not in measures and f"`{key}`" not in DOC] == []


def test_json_has_no_nan_and_its_fields_are_documented(sessions: list[SessionRecord]) -> None:
    whole = json.loads(export.text(sessions, "json"), parse_constant=pytest.fail)
    session = whole["sessions"][0]
    assert (session["uid"], session["started"], session["ended"]) == (UID, "2026-01-05T18:30:00+01:00", None)
    fields = {*whole, *session, *session["pain"][0], *session["sets"][0]} - {"schema"}
    assert [field for field in fields if f"`{field}`" not in DOC and f'"{field}"' not in DOC] == []


def test_the_bundle_is_valid_and_says_what_was_done(sessions: list[SessionRecord]) -> None:
    from fhir.resources.R4B.bundle import Bundle

    text = export.text(sessions, "fhir", "Patient/123")
    bundle = Bundle.model_validate_json(text)
    assert len(bundle.entry) == 5
    found = [entry["resource"] for entry in json.loads(text)["entry"]]
    assert {each["subject"]["reference"] for each in found} == {"Patient/123"}
    assert len({each["id"] for each in found}) == 5
    values = {
        part["code"]["coding"][0]["code"]: part.get("valueInteger", part.get("valueQuantity"))
        for part in found[0]["component"]
    }
    assert (values["repetitions"], values["good_repetitions"], values["hips_low"]) == (2, 1, 1)
    assert values["hip_angle_deg"] == {
        "value": 165.0, "unit": "degree", "system": "http://unitsofmeasure.org", "code": "deg",
    }  # fmt: skip
    legs = {part["code"]["coding"][0]["code"]: part.get("valueQuantity") for part in found[1]["component"]}
    assert (legs["leg_elevation_deg_left"]["value"], legs["leg_elevation_deg_right"]["value"]) == (60.0, 64.0)
    tilts = {part["code"]["coding"][0]["code"]: part.get("valueQuantity") for part in found[2]["component"]}
    assert tilts["tilt_deg"]["value"] == 10.0, "arching and flattening must not cancel out"
    assert [(each["code"]["coding"][0]["code"], each["valueQuantity"]["value"]) for each in found[3:]] == [
        ("72514-3", 3.0), ("72514-3", 4.0),
    ]  # fmt: skip


def test_a_set_is_the_same_observation_in_every_export_and_names_nobody(sessions: list[SessionRecord]) -> None:
    first, again = (export.text(sessions, "fhir") for _ in range(2))
    assert first == again
    assert '"subject"' not in first


def test_nothing_done_is_an_empty_but_valid_bundle() -> None:
    assert json.loads(export.text([], "fhir")) == {"resourceType": "Bundle", "type": "collection"}


def test_a_wrong_reference_is_told(sessions: list[SessionRecord]) -> None:
    with pytest.raises(OutputError, match="Patient/123"):
        export.text(sessions, "fhir", "Mrs. Example")


def test_without_the_library_the_remedy_is_told(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['fhir'] = None\n"
        "from formcheck.errors import OutputError\n"
        "from formcheck.io import export\n"
        "export.text([], 'csv'); export.text([], 'json')\n"
        "try: export.text([], 'fhir')\n"
        "except OutputError as error: print(error)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=100
    )
    assert "pip install 'formcheck[fhir]'" in run.stdout


def test_an_export_replaces_a_file_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    export.save("new", path)
    assert path.read_text() == "new"
    assert [file.name for file in tmp_path.iterdir()] == ["out.csv"]
    with pytest.raises(OutputError, match="cannot write"):
        export.save("new", tmp_path / "no folder" / "out.csv")
