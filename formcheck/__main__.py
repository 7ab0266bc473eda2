"""``python -m formcheck``."""

from formcheck.ui.app import main

if __name__ == "__main__":
    main()
