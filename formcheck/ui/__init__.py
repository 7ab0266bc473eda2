"""What people touch: the command line, the window, the page."""
