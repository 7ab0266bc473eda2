"""The page as a PDF, laid out by WeasyPrint: an optional extra, since it needs Pango on the system.

Nothing is fetched while it is made: pictures are in the page itself.
"""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

from formcheck.errors import PdfError

_VARIABLES = re.compile(r"(--[a-z]+): (#[0-9a-f]{6})")
_USE = re.compile(r'"var\((--[a-z]+)\)"')
_HELP = "Install it with: pip install 'formcheck[pdf]'"


def available() -> None:
    """Say whether a PDF can be made, before long work is done for it.

    Raises:
        PdfError: it cannot, with the remedy.
    """
    _weasyprint()


def write(path: Path, page: str) -> None:
    """Write a page of ours as a PDF.

    Args:
        path: where to.
        page: HTML, complete in itself.

    Raises:
        PdfError: WeasyPrint is not installed, or cannot make it.
        OSError: it cannot be written.
    """
    weasyprint = _weasyprint()
    fetcher = import_module("weasyprint.urls").URLFetcher(allowed_protocols=("data",))
    try:
        made = weasyprint.HTML(string=plain(page), url_fetcher=fetcher).write_pdf()
    except OSError:
        raise
    except Exception as error:
        raise PdfError(f"the PDF could not be made ({error}). Print report.html from a browser instead.") from error
    path.write_bytes(made)


def plain(page: str) -> str:
    """Return the page with the light colours written into its drawings: in SVG, WeasyPrint knows no variables."""
    light: dict[str, str] = {}
    for name, colour in _VARIABLES.findall(page):
        light.setdefault(name, colour)  # the first is the light one
    return _USE.sub(lambda use: f'"{light.get(use[1], "#000000")}"', page)


def _weasyprint() -> Any:
    try:
        return import_module("weasyprint")
    except ImportError as error:
        raise PdfError(f"a PDF needs WeasyPrint, which is not installed. {_HELP}") from error
    except OSError as error:  # its system libraries
        raise PdfError(
            f"WeasyPrint does not find the system's text libraries ({error}). "
            "On Debian and Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0"
        ) from error
