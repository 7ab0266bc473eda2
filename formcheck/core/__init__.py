"""Numbers only: poses, geometry, filters, signals and events. Knows no pixels, files or clocks."""
