"""The outside world: video in and out, cameras, MediaPipe, drawing, traces and reports."""

# Before PyAV, and so before any module here: where PyAV's libraries are loaded first, opening a window hangs.
import cv2 as cv2
