"""Recorded video: in, upright and at true times; out, with its sound."""

# Before PyAV, and so before any module here: where PyAV's libraries are loaded first, opening a window hangs.
import cv2 as cv2
