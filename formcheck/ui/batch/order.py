"""What a worker is told: one video, and what is wanted of it. Plain data, for it travels between machines."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass

from formcheck import __version__
from formcheck.io.batch.content import Digest
from formcheck.io.batch.sources import Source

_MOST_NAME = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for of every video.

    Attributes:
        exercise: key; None recognises it.
        video: write the annotated video.
        trace: write the trace.
        pdf: write the report as a PDF.
        model: path of another pose bundle.
        model_sha256: what the bundle holds.
    """

    exercise: str | None
    video: bool
    trace: bool
    pdf: bool
    model: str | None
    model_sha256: str

    @property
    def key(self) -> str:
        """Names all that the results depend on, besides the video."""
        asked = {name: value for name, value in asdict(self).items() if name != "model"}
        told = json.dumps({**asked, "formcheck": __version__}, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Order:
    """One video to be analysed.

    Attributes:
        place: path or URL.
        content: what it holds.
        folder: name of the folder for its results.
        out: path or URL of the batch's results.
        wanted: what is asked for.
        formcheck: version of who asks.
    """

    place: str
    content: Digest
    folder: str
    out: str
    wanted: Wanted
    formcheck: str = __version__


def folder_of(source: Source, content: Digest) -> str:
    """Return the name of a video's folder. It follows from name and content, so no other video changes it."""
    plain = re.sub(r"[^\w.()-]+", "_", source.stem).strip("._-")[:_MOST_NAME]
    return f"{plain or 'video'}-{content.sha256[:10]}"
