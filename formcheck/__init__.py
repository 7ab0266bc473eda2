"""formcheck watches a person exercise and says what to correct."""

from importlib.metadata import version

__version__ = version("formcheck")
__all__ = ["__version__"]
