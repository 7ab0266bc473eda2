"""Recorded videos: they come in, wait their turn, and are analysed one after another in a process of their own."""
