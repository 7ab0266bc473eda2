"""What was done in earlier sessions, at a terminal."""
