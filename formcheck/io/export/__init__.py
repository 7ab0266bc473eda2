"""The history for other programs: CSV, JSON, FHIR."""

from formcheck.io.export.files import FORMATS, save, text

__all__ = ["FORMATS", "save", "text"]
