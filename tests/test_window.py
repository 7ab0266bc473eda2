"""Keys of the window, as OpenCV tells them."""

import pytest

from formcheck.ui.live.window import key_of


@pytest.mark.parametrize(
    ("code", "key"),
    [
        pytest.param(-1, None, id="none"),
        pytest.param(ord("q"), "q", id="a letter"),
        pytest.param(ord("Q"), "q", id="a capital"),
        pytest.param(ord("7"), "7", id="a digit"),
        pytest.param(ord("?"), "?", id="a sign"),
        pytest.param(27, "esc", id="escape"),
        pytest.param(32, "space", id="space"),
        pytest.param(0xFFB3, "3", id="the keypad's three"),
        pytest.param(0x100000 | ord("m"), "m", id="with NumLock on"),
        # whose lower eight bits are letters that quit, or stop the programme
        pytest.param(0xFF51, None, id="arrow left is no Q"),
        pytest.param(0xFF54, None, id="arrow down is no T"),
        pytest.param(0xFF58, None, id="the keypad's middle is no X"),
        pytest.param(0x250000, None, id="arrow left on Windows"),
        pytest.param(0xFFE1, None, id="shift"),
        pytest.param(13, None, id="enter"),
    ],
)
def test_a_code_is_the_key_that_was_pressed_and_no_other(code: int, key: str | None) -> None:
    assert key_of(code) == key
