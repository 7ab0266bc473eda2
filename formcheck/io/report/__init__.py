"""What is left on disk: JSON, CSV, HTML, stills, and the folder they are in."""
