"""One file an exercise, each with one ``EXERCISE``. They do not know each other."""
