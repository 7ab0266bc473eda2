"""A camera in the network that can be made to fail: JPEGs over HTTP on the loopback interface."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from tests import videos

_PART = b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"


class MjpegCamera:
    """Serves ``images`` over and over. Change its attributes while it runs; ``go_away`` and ``come_back`` at will.

    Attributes:
        size: of the pictures sent, scaled to it.
        stalled: keep the connection and send nothing.
        garbage: send JPEGs that are none.
        clients: how many connections there were.
        sent: how many pictures were sent.
    """

    def __init__(self, images: Sequence[np.ndarray] | None = None, fps: float = 25.0) -> None:
        self._images = images or [videos.picture(320, 240, i) for i in range(40)]
        self._fps = fps
        height, width = self._images[0].shape[:2]
        self.size = width, height
        self.stalled = self.garbage = False
        self.clients = self.sent = 0
        self._open: list[socket.socket] = []
        self._listener: socket.socket | None = None
        self.port = 0
        self.come_back()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/video"

    def __enter__(self) -> "MjpegCamera":
        return self

    def __exit__(self, *_: object) -> None:
        self.go_away()

    def come_back(self) -> None:
        """Listen, on the same port as before."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen()
        self.port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def go_away(self) -> None:
        """As when the phone's app is closed: all connections break, and nobody answers."""
        listener, self._listener = self._listener, None
        for each in [listener, *self._open]:
            if each is not None:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()
        self._open.clear()

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                self.clients += 1
                self._open.append(client)
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            client.recv(4096)
            client.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n")
            for data in self._pictures():
                client.sendall(_PART % len(data) + data + b"\r\n")
                self.sent += 1

    def _pictures(self) -> Iterator[bytes]:
        i = 0
        while True:
            time.sleep(1 / self._fps)
            if self.stalled:
                continue
            image = cv2.resize(self._images[i % len(self._images)], self.size)
            i += 1
            data = cv2.imencode(".jpg", image[..., ::-1])[1].tobytes()
            yield data[:30] + bytes(len(data) - 30) if self.garbage else data
