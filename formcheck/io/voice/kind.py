"""What an engine gives to hear."""

from typing import Literal

Kind = Literal["speech", "tones", "silence"]
