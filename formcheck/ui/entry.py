"""Where the program begins."""

import sys


def main() -> None:
    """Run the command line; who stops it while the libraries are still being loaded sees no traceback either."""
    try:
        from formcheck.ui.app import app  # noqa: PLC0415 - loading it takes seconds, in which Ctrl-C may come

        app()
    except KeyboardInterrupt:
        sys.exit(130)
