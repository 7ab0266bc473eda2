"""What the user asked of a live session."""

import re
from dataclasses import dataclass
from pathlib import Path

import typer

from formcheck.errors import OutputError


@dataclass(frozen=True, slots=True)
class Speech:
    """How it speaks.

    Attributes:
        language: of all texts, spoken and drawn.
        rate: of speaking, 1 = as usual.
        volume: 0..1.
        mute: begin in silence.
        file: speak into this sound file instead of aloud.
    """

    language: str = "en"
    rate: float = 1.0
    volume: float = 1.0
    mute: bool = False
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class LiveChoices:
    """Camera, window, files.

    Attributes:
        camera: number, device, stream or file.
        size: width and height asked of the camera, pixels.
        fps: frames a second asked of it.
        lead_in: for how long a file's first picture is held, s.
        window: show the picture.
        mirror: show it as a mirror would; None: this machine's own cameras only.
        full_screen: begin that way.
        record: keep the annotated session here.
        trace: keep the poses here.
        model: another pose bundle.
        speech: how it speaks.
    """

    camera: str = "0"
    size: tuple[int, int] = (1280, 720)
    fps: float = 30.0
    lead_in: float = 0.0
    window: bool = True
    mirror: bool | None = None
    full_screen: bool = False
    record: Path | None = None
    trace: Path | None = None
    model: Path | None = None
    speech: Speech = Speech()


def check_files(choices: LiveChoices) -> None:
    """Make sure that no file is written over another, least of all over the video that is played.

    Raises:
        OutputError: one would be, or it is a folder.
    """
    speech = choices.speech.file
    taken = {Path(choices.camera).resolve(): "the video of --camera"}
    named = [("--record", choices.record), ("--trace", choices.trace), ("--voice-file", speech)]
    if speech is not None and speech.name:
        named.append(("the captions of --voice-file", speech.with_suffix(".vtt")))
    for option, path in named:
        if path is None:
            continue
        if path.is_dir():
            raise OutputError(f"{option}: {path} is a folder. Name a file in it.")
        if (other := taken.get(path.resolve())) is not None:
            raise OutputError(f"{option} and {other} are the same file, {path}. Name another one.")
        taken[path.resolve()] = option


def size_of(text: str) -> tuple[int, int]:
    """Return ``640x480`` as width and height.

    Raises:
        typer.BadParameter: it is no size.
    """
    found = re.fullmatch(r"\s*(\d{2,5})\s*[xX×*]\s*(\d{2,5})\s*", text)
    if found is None:
        raise typer.BadParameter(f"{text!r} is no size. Write it as 640x480.")
    return int(found[1]), int(found[2])
