"""The outside world: video in and out, MediaPipe, drawing, traces and reports."""
