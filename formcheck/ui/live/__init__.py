"""A live session: camera, window, voice, and the keys and signals that steer it."""
