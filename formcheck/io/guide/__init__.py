"""How each exercise is done, filmed and judged: in the terminal, and as a page with drawings."""
