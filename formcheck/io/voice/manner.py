"""How is spoken."""

from dataclasses import dataclass

from formcheck.errors import VoiceError

_RATES = (0.5, 2.0)
WORDS_A_MINUTE = 165
"""At rate 1: calmer than the 175 to 200 that engines speak at by themselves."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How is spoken.

    Attributes:
        language: code of a catalogue of texts, ``en`` or ``zh``.
        rate: 1 is calm speech, 2 twice as fast.
        volume: 0 (silent) to 1.

    Raises:
        VoiceError: rate or volume is out of range.
    """

    language: str = "en"
    rate: float = 1.0
    volume: float = 1.0

    def __post_init__(self) -> None:
        if not _RATES[0] <= self.rate <= _RATES[1]:
            raise VoiceError(f"the voice cannot speak at rate {self.rate:g}. Use {_RATES[0]:g} to {_RATES[1]:g}")
        if not 0.0 <= self.volume <= 1.0:
            raise VoiceError(f"the voice cannot have volume {self.volume:g}. Use 0 to 1")

    @property
    def words_a_minute(self) -> int:
        """The rate as engines are told it."""
        return round(WORDS_A_MINUTE * self.rate)
