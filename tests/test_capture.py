"""The newest frame only, and a camera that goes away and comes back."""

import time
from collections.abc import Callable

import numpy as np
import pytest

from formcheck.errors import CameraError
from formcheck.io.camera.capture import STALL_S, Capture
from formcheck.io.camera.device import EndedError, GoneError
from tests.cameras import Hands, Puppet, shade, shot


def opener(*devices: object) -> Callable[[], Puppet]:
    left = list(devices)

    def open_it() -> Puppet:
        device = left.pop(0)
        if isinstance(device, Exception):
            raise device
        assert isinstance(device, Puppet)
        return device

    return open_it


def test_who_is_slow_gets_the_newest_frame_and_the_rest_is_counted() -> None:
    device = Puppet(shot(1))
    capture = Capture(opener(device), Hands())
    capture.start()
    device.settled()
    assert shade(capture.take(5)) == 1
    device.put(shot(2), shot(3), shot(4)).settled()
    assert shade(capture.take(5)) == 4
    assert capture.dropped == 2
    device.put(EndedError())
    capture.close()


def test_a_frame_is_stamped_when_it_is_taken_from_the_start_on() -> None:
    device, clock = Puppet(shot(1)), Hands()
    capture = Capture(opener(device), clock)
    clock.t += 7  # the network was loaded meanwhile
    capture.start()
    device.settled()
    first = capture.take(5)
    clock.t += 0.04
    device.put(shot(2)).settled()
    second = capture.take(5)
    assert first is not None
    assert second is not None
    assert (first.t, second.t) == (0.0, 0.04)
    device.put(EndedError())
    capture.close()


def test_an_end_is_an_end_and_the_last_frame_is_still_given() -> None:
    capture = Capture(opener(device := Puppet(shot(1, t=0.0), shot(2, t=0.5), EndedError())), Hands())
    capture.start()
    frames = [capture.take(5) for _ in range(2)]
    assert shade([frame for frame in frames if frame is not None][-1]) == 2
    capture.close()
    assert (capture.ended, capture.gave_up, capture.lost, device.closed) == (True, False, None, True)


def test_a_camera_that_goes_is_opened_again_with_growing_pauses() -> None:
    gone, back, clock = CameraError("still nothing there"), Puppet(shot(9)), Hands()
    first = Puppet(shot(1), GoneError("unplugged"))
    capture = Capture(opener(first, gone, gone, gone, gone, gone, gone, back), clock)
    capture.start()
    back.settled()
    assert first.closed
    assert clock.waits == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]
    frame = capture.take(5)
    assert shade(frame) == 9
    assert frame is not None
    assert frame.t == sum(clock.waits)  # the session's clock went on
    assert capture.away_s == sum(clock.waits)
    assert capture.lost is None
    back.put(EndedError())
    capture.close()


def test_while_it_is_gone_it_says_why() -> None:
    block = Puppet()
    capture = Capture(opener(Puppet(shot(1), GoneError("unplugged")), block), Hands())
    capture.start()
    block.settled()  # opened again, but no picture yet
    capture.take(5)
    assert capture.lost == "unplugged"
    block.put(EndedError())
    capture.close()


def test_a_camera_that_does_not_come_back_ends_it() -> None:
    left = [Puppet(shot(1), GoneError("unplugged"))]

    def open_it() -> Puppet:
        if not left:
            raise CameraError("nothing there")
        return left.pop()

    clock = Hands()
    capture = Capture(open_it, clock)
    capture.start()
    while not capture.ended:
        capture.take(0.1)
    assert capture.gave_up
    assert 300 < sum(clock.waits) < 320
    capture.close()


def test_silence_is_a_loss_though_the_device_says_nothing() -> None:
    device, clock = Puppet(shot(1)), Hands()
    capture = Capture(opener(device), clock)
    capture.start()
    device.settled()
    capture.take(5)
    clock.t += STALL_S
    assert capture.lost is None
    clock.t += 1
    assert capture.lost == "no picture for 4 s"
    device.put(shot(2)).settled()
    assert capture.lost is None
    assert capture.away_s == STALL_S + 1
    device.put(EndedError())
    capture.close()


def test_a_device_that_hangs_is_opened_anew_beside_it() -> None:
    hangs, back, clock = Puppet(shot(1)), Puppet(shot(7)), Hands()
    capture = Capture(opener(hangs, back), clock)
    capture.start()
    hangs.settled()
    capture.take(5)
    clock.t += 20
    assert capture.take(0) is None
    back.settled()
    assert shade(capture.take(5)) == 7
    hangs.put(shot(99))  # what it says at last is too late
    deadline = time.monotonic() + 10
    while not hangs.closed:
        assert time.monotonic() < deadline
    assert capture.take(0) is None
    back.put(EndedError())
    capture.close()


def test_garbage_is_counted_and_skipped_and_lasting_garbage_is_a_loss() -> None:
    device, clock = Puppet(shot(1), None, None, shot(2)), Hands()
    again = Puppet(shot(3))
    capture = Capture(opener(device, again), clock)
    capture.start()
    device.settled()
    assert shade(capture.take(5)) == 2
    assert capture.garbage == 2
    assert capture.lost is None
    clock.t += STALL_S + 1
    device.put(None)
    again.settled()
    assert device.closed
    assert shade(capture.take(5)) == 3
    again.put(EndedError())
    capture.close()


@pytest.mark.parametrize(
    ("size", "inner"),
    [
        pytest.param((64, 48), (0, 0, 64, 48), id="as before"),
        pytest.param((128, 96), (0, 0, 64, 48), id="larger, same shape"),
        pytest.param((64, 36), (0, 6, 64, 42), id="wider: black above and below"),
        pytest.param((48, 96), (20, 0, 44, 48), id="upright: black beside"),
    ],
)
def test_a_picture_of_another_size_is_fitted_without_bending_it(
    size: tuple[int, int], inner: tuple[int, int, int, int]
) -> None:
    device = Puppet(shot(1))
    capture = Capture(opener(device), Hands())
    capture.start()
    device.put(shot(200, size)).settled()
    frame = capture.take(5)
    assert frame is not None
    assert frame.size == capture.size == (64, 48)
    left, top, right, low = inner
    expected = np.zeros((48, 64), bool)
    expected[top:low, left:right] = True
    assert ((frame.image[..., 0] > 100) == expected).all()
    device.put(EndedError())
    capture.close()


@pytest.mark.parametrize(
    "items",
    [
        pytest.param([GoneError("broke off")], id="gone at once"),
        pytest.param([EndedError()], id="ended at once"),
        pytest.param([None] * 30, id="nothing but garbage"),
    ],
)
def test_a_camera_without_a_first_picture_is_refused_and_let_go(items: list[object]) -> None:
    device = Puppet(*items)
    with pytest.raises(CameraError, match="sends no picture"):
        Capture(opener(device), Hands())
    assert device.closed


def _all_of(capture: Capture) -> None:
    while not capture.ended:
        capture.take(5)


def test_a_defect_while_capturing_is_told_where_frames_are_taken() -> None:
    device = Puppet(shot(1), ZeroDivisionError("a defect"))
    capture = Capture(opener(device), Hands())
    capture.start()
    with pytest.raises(ZeroDivisionError):
        _all_of(capture)
    capture.close()
    assert device.closed


def test_the_period_is_what_the_camera_gives_not_what_it_says() -> None:
    device, hands = Puppet(shot(1)), Hands()
    capture = Capture(opener(device), hands)
    capture.start()
    device.settled()
    for n in range(120):
        hands.t += 0.1
        device.put(shot(n)).settled()
    assert capture.period == pytest.approx(0.1, rel=0.02)
    device.put(EndedError())
    capture.close()
