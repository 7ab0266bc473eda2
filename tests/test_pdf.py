"""The report as a PDF: made from the page alone, or a clear word why not."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from formcheck.errors import PdfError
from formcheck.io.report import pdf
from formcheck.io.report.page import render
from tests.conftest import ROOT
from tests.test_report_html import SOURCE, sample, stills

TRACE = ROOT / "tests" / "goldens" / "bridge.trace.jsonl.gz"


def test_colours_are_written_into_the_drawings() -> None:
    page = pdf.plain(render(sample(), SOURCE, {}))
    assert '"var(' not in page
    assert 'stroke="#1c2330"' in page  # the light ink, not the dark one
    assert "var(--ink)" in page  # in the style, where it is understood


def test_without_weasyprint_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(PdfError, match=re.escape("pip install 'formcheck[pdf]'")):
        pdf.available()


def test_without_the_systems_libraries_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(name: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "import_module", fails)
    with pytest.raises(PdfError, match="apt-get install libpango"):
        pdf.available()


def test_a_missing_library_is_told_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise ImportError('not here')\n")
    command = [sys.executable, "-m", "formcheck", "replay", TRACE, "--pdf", "--out", tmp_path / "out"]
    run = subprocess.run(
        command, cwd=ROOT, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert "formcheck[pdf]" in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "out").exists()


class _FetchedError(Exception):
    pass


def test_a_pdf_is_made_and_nothing_is_fetched_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("weasyprint", reason="the optional extra formcheck[pdf] is not installed")

    def open_it(*_: object, **__: object) -> None:
        raise _FetchedError

    monkeypatch.setattr("socket.socket.connect", open_it)
    page = render(sample(), SOURCE, stills(sample(), 1))
    secret = tmp_path / "secret.txt"
    secret.write_text("not for others")
    page = page.replace("</main>", f'<img src="file://{secret}"><img src="http://example.invalid/x.png"></main>')
    pdf.write(tmp_path / "a.pdf", page)
    made = (tmp_path / "a.pdf").read_bytes()
    assert made.startswith(b"%PDF-")
    assert len(made) > 20_000
