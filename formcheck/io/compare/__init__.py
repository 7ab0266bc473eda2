"""Two sessions side by side: a page, and one synchronised picture."""
