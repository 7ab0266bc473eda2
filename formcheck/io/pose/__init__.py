"""MediaPipe: the model, one landmarker, and the person to follow."""
