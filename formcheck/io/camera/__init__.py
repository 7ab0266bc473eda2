"""Cameras: built in, plugged in, over the network, or a video file that plays as one."""
