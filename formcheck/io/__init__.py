"""The outside world: video in and out, cameras, MediaPipe, drawing, traces and reports."""
