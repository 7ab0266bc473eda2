"""Every word that is spoken or shown to the person on the mat, in one file a language."""

from formcheck.io.texts.catalogue import LANGUAGES, Texts

__all__ = ["LANGUAGES", "Texts"]
