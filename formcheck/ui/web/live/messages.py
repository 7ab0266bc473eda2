"""What a browser may say over the socket, besides pictures."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

MOST_TEXT = 16_384
"""Characters of a message; larger ones are refused."""
_Key = Annotated[str, Field(max_length=64)]


class _Message(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Start(_Message):
    """Begin a session, or go on with one.

    Attributes:
        exercise: key of the only one; None and ``auto`` recognise it.
        plan: key of a plan; then it is a whole programme.
        language: of all texts.
        quick: leave out the advice on camera and light.
        resume: token of a session that goes on.
        first: the plan's exercise to begin with, counted from 1.
        again: go on with the session by the plan that was broken off last.
        rate: how fast the browser speaks, 1 = as usual.
    """

    type: Literal["start"]
    exercise: _Key | None = None
    plan: _Key | None = None
    language: Annotated[str, Field(max_length=8)] = "en"
    quick: bool = False
    resume: Annotated[str, Field(max_length=100)] | None = None
    first: Annotated[int, Field(ge=1, le=100)] | None = None
    again: bool = False
    rate: Annotated[float, Field(ge=0.5, le=2)] = 1.0


class Order(_Message):
    """Something to be done before the next frame."""

    type: Literal["order"]
    order: Literal["pause", "resume", "next", "end", "hurts", "numb"]


class Answer(_Message):
    """The answer to a question: its key and the value of one of its options."""

    type: Literal["answer"]
    question: _Key
    value: Annotated[int, Field(strict=True, ge=-100, le=100)] | _Key


Message = Start | Order | Answer
_ANY: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="type")])


def parsed(text: str) -> Message:
    """Return what a text says.

    Raises:
        ValueError: it is no message; the error says what is wrong with it.
    """
    try:
        return _ANY.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{where}: {first['msg']}" if where else str(first["msg"])) from error
