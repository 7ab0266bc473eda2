"""``python -m formcheck``."""

from formcheck.ui.entry import main

if __name__ == "__main__":
    main()
