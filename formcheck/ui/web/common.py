"""What the API's parts share."""

from typing import Annotated, Any

from fastapi import Query

from formcheck.io.texts import LANGUAGES

Language = Annotated[str, Query(pattern=f"^({'|'.join(LANGUAGES)})$", description="Of the texts.")]


_STRING = {"type": "string"}
FAILURE = {
    "title": "Failure",
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["key", "text", "remedy", "values"],
            "properties": {
                "key": {**_STRING, "description": "Stable, for programs."},
                "text": {**_STRING, "description": "What is wrong."},
                "remedy": {**_STRING, "description": "What to do next."},
                "values": {"type": "object", "description": "What fills the places of its texts in any language."},
            },
        }
    },
}
"""How every answer looks that is no success."""
_WORDS = {
    400: "The request cannot be read.",
    404: "It is not there.",
    408: "It came in too slowly.",
    409: "Not in this state.",
    411: "It does not say how long it is.",
    413: "It is too large.",
    416: "The file has no such part.",
    422: "The request is not as it should be.",
    429: "There are too many.",
    501: "A library is missing.",
    503: "It does not work at present.",
    507: "The disk is full.",
}


def failures(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the failures that an operation may answer with, for its description."""
    return {
        status: {"description": _WORDS[status], "content": {"application/json": {"schema": FAILURE}}}
        for status in statuses
    }
