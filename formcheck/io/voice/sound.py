"""Rendered sound, and WAV files."""

import wave
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from av import AudioFrame, AudioResampler
from numpy.typing import NDArray

from formcheck.errors import VoiceError

RATE = 22050
"""Samples a second of what formcheck itself makes, as of espeak-ng."""
_FADE_S = 0.01

Samples = NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """Rendered sound.

    Attributes:
        samples: (N,) int16, one channel.
        rate: samples a second.
    """

    samples: Samples
    rate: int = RATE

    def __post_init__(self) -> None:
        if self.samples.ndim != 1 or self.samples.dtype != np.int16:
            raise ValueError(f"samples must be (N,) int16, not {self.samples.shape} {self.samples.dtype}")

    @property
    def seconds(self) -> float:
        """How long it takes."""
        return len(self.samples) / self.rate

    def louder(self, volume: float) -> "Sound":
        """Return it at a share of its loudness, 0..1."""
        return replace(self, samples=np.rint(self.samples * volume).astype(np.int16))

    def until(self, seconds: float) -> "Sound":
        """Return it cut off there, without a click."""
        n = max(0, round(seconds * self.rate))
        if n >= len(self.samples):
            return self
        cut = self.samples[:n].astype(np.float64)
        fade = min(n, round(_FADE_S * self.rate))
        cut[n - fade :] *= np.linspace(1.0, 0.0, fade)
        return replace(self, samples=np.rint(cut).astype(np.int16))

    def at_rate(self, rate: int) -> "Sound":
        """Return it with so many samples a second."""
        if rate == self.rate:
            return self
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(self.samples[None, :]), format="s16", layout="mono")
        frame.sample_rate = self.rate
        resampler = AudioResampler("s16", "mono", rate)
        parts = [each.to_ndarray()[0] for each in (*resampler.resample(frame), *resampler.resample(None))]
        return Sound(np.concatenate(parts).astype(np.int16) if parts else self.samples[:0], rate)


def read_wav(path: Path) -> Sound:
    """Read a 16 bit WAV file; of several channels the first.

    Raises:
        VoiceError: it is none.
    """
    try:
        with wave.open(str(path), "rb") as file:
            if file.getsampwidth() != 2:
                raise VoiceError(f"{path.name} has {8 * file.getsampwidth()} bits a sample instead of 16")
            samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")[:: file.getnchannels()]
            return Sound(samples.astype(np.int16), file.getframerate())
    except (OSError, EOFError, wave.Error) as error:
        raise VoiceError(f"{path.name} holds no sound ({error})") from error


def write_wav(path: Path, sound: Sound) -> None:
    """Write a 16 bit WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate)
        file.writeframes(sound.samples.astype("<i2").tobytes())
