"""Prints the monotonic time, in s, of each change of an X screen: an onlooker in a process of its own.

HighGUI's poll returns some 2 ms after the picture is on the screen, and cannot be asked to return at once.
"""

from time import monotonic

from Xlib import X, display
from Xlib.ext import damage

screen = display.Display()
screen.damage_query_version()
changes = screen.screen().root.damage_create(damage.DamageReportNonEmpty)
screen.flush()
print("ready", flush=True)
while True:
    event = screen.next_event()
    if event.type == screen.extension_event.DamageNotify:
        print(f"{monotonic():.5f}", flush=True)
        screen.damage_subtract(changes, X.NONE, X.NONE)
        screen.flush()
