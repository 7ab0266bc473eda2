"""Recorded video: in, upright and at true times; out, with its sound."""
