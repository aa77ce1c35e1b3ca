"""What the demo's page may ask."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Base64Bytes, BaseModel, Field

from handoff.demo.phones import Trouble

NUMBER = r"^\+[1-9][0-9]{7,14}$"
Number = Annotated[str, Field(pattern=NUMBER)]


class Choice(BaseModel):
    """A button that was tapped."""

    id: str = Field(min_length=1, max_length=200)
    title: str = Field(max_length=200)
    kind: Literal["button", "list"] = "button"


class Written(BaseModel):
    """A message from a phone: text, a photo, the sample voice note or a tapped button."""

    number: Number
    name: str = Field(default="Tester", max_length=60)
    text: str = Field(default="", max_length=11_000)
    photo: Base64Bytes | None = None
    """A JPEG."""
    voice_note: bool = False
    choice: Choice | None = None


class Answered(BaseModel):
    """``status``: the HTTP status that the product gave the provider; 0 when it gave none."""

    status: int


class CallStep(BaseModel):
    """Something a caller does. ``words`` with ``say``; ``key`` with ``press``."""

    number: Number
    step: Literal["dial", "say", "press", "silent", "taken", "busy", "no-answer", "hang-up"]
    words: str = Field(default="", max_length=2_000)
    key: str = Field(default="", pattern=r"^[0-9*#]?$")


class TroubleWanted(BaseModel):
    trouble: Trouble
