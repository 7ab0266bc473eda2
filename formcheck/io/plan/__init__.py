"""Plan files: TOML that a physiotherapist can write."""

from formcheck.io.plan.reader import load, read
from formcheck.io.plan.writer import text, write

__all__ = ["load", "read", "text", "write"]
