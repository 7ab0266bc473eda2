"""Cameras: built in, plugged in, over the network, or a video file that plays as one."""

# Before PyAV, and so before any module here: where PyAV's libraries are loaded first, opening a window hangs.
import cv2 as cv2
