"""The window, by OpenCV's HighGUI. For one thread, which should be the main one."""

import ctypes
import os
import sys

import cv2

from formcheck.core.frame import Image

_SHARE = 0.85
"""How much of the screen a new window takes at most."""
_UNKNOWN = (1280, 720)
_ESCAPE = "esc"
_CODES = {27: _ESCAPE, 32: "space"}
_KEYPAD = range(0xFFB0, 0xFFBA)
_SPECIAL = 0x80
"""From here on there are arrows, function keys, and letters that mean nothing here."""


class WindowError(Exception):
    """No window can be shown."""


class Window:
    """An open window.

    Args:
        title: in its bar.
        size: width and height of its pictures, pixels; it opens as large as the screen allows.
        full_screen: begin that way.

    Raises:
        WindowError: there is no screen, or it cannot be used.
    """

    def __init__(self, title: str, size: tuple[int, int], *, full_screen: bool = False) -> None:
        screen = screen_size()
        self._name = title
        self._full = False
        try:
            cv2.namedWindow(title, cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO | cv2.WINDOW_GUI_NORMAL)
            cv2.resizeWindow(title, *_fit(size, screen))
            cv2.pollKey()
            if full_screen:
                self.toggle_full_screen()
        except cv2.error as error:
            raise WindowError(f"no window can be opened ({error.err})") from error

    def show(self, image: Image) -> None:
        """Show a picture, (H, W, 3) RGB."""
        cv2.imshow(self._name, cv2.cvtColor(image, cv2.COLOR_RGB2BGR))

    def key(self) -> str | None:
        """Let the window live for a moment and return the key that was pressed: a character, ``space`` or ``esc``."""
        return key_of(cv2.pollKey())

    @property
    def closed(self) -> bool:
        """Whether the person has closed it."""
        try:
            return bool(cv2.getWindowProperty(self._name, cv2.WND_PROP_VISIBLE) < 1)
        except cv2.error:
            return True

    def toggle_full_screen(self) -> None:
        """Fill the screen, or no longer."""
        self._full = not self._full
        way = cv2.WINDOW_FULLSCREEN if self._full else cv2.WINDOW_NORMAL
        cv2.setWindowProperty(self._name, cv2.WND_PROP_FULLSCREEN, way)

    def close(self) -> None:
        """Close it."""
        if not self.closed:
            cv2.destroyWindow(self._name)
        cv2.pollKey()


def key_of(code: int) -> str | None:
    """Return the key behind OpenCV's code: a character, ``space`` or ``esc``; None for none and for all others.

    The lower eight bits alone would make a Q of the left arrow, and a T of the one that points down.
    """
    if code < 0:
        return None
    key = code & 0xFFFF  # above are the states of Shift, NumLock and the like
    if key in _KEYPAD:
        return str(key - _KEYPAD.start)
    if key in _CODES:
        return _CODES[key]
    return chr(key).lower() if key < _SPECIAL and chr(key).isprintable() else None


def screen_size() -> tuple[int, int] | None:
    """Return width and height of the screen in pixels; None where they cannot be told.

    Raises:
        WindowError: there is no screen. To try to open a window would end the process then.
    """
    if not sys.platform.startswith("linux"):
        return None
    if not os.environ.get("DISPLAY"):
        if os.environ.get("WAYLAND_DISPLAY"):
            raise WindowError("the window needs XWayland, and $DISPLAY is not set")
        raise WindowError("there is no screen ($DISPLAY is not set)")
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return None
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    for edge in (x11.XDisplayWidth, x11.XDisplayHeight):
        edge.argtypes = [ctypes.c_void_p, ctypes.c_int]
    display = x11.XOpenDisplay(None)
    if not display:
        raise WindowError(f"the screen {os.environ['DISPLAY']} cannot be used")
    try:
        return int(x11.XDisplayWidth(display, 0)), int(x11.XDisplayHeight(display, 0))
    finally:
        x11.XCloseDisplay(display)


def _fit(size: tuple[int, int], screen: tuple[int, int] | None) -> tuple[int, int]:
    room = _UNKNOWN if screen is None else (_SHARE * screen[0], _SHARE * screen[1])
    share = min(room[0] / size[0], room[1] / size[1])
    return round(size[0] * share), round(size[1] * share)
