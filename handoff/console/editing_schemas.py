"""What the routes for editors read and answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

Kind = Literal["answer", "text", "canned", "hours", "promise"]
Text = Annotated[str, Field(max_length=20_000)]
Reason = Annotated[str, Field(max_length=500)]


class SubjectName(BaseModel):
    kind: Kind
    key: Annotated[str, Field(max_length=200)]


class Tried(SubjectName):
    text: Text


class SaveEdit(Tried):
    """``base`` is the ``version`` that was read; ``propose`` asks somebody else to agree."""

    reason: Reason = ""
    base: Annotated[str, Field(max_length=40)]
    propose: bool


class Why(BaseModel):
    reason: Reason = ""


class EditView(BaseModel):
    """``alone``: an emergency, by one person. ``mine``: this login wrote it."""

    id: str
    state: Literal["draft", "proposed", "approved", "rejected", "withdrawn"]
    before: str
    after: str
    reason: str
    author: str
    mine: bool
    written_at: datetime
    decided_by: str
    decided_at: datetime | None
    refusal: str
    alone: bool


class SubjectView(SubjectName):
    title: str
    group: str
    text: str
    spoken: bool
    edited: bool
    open: EditView | None


class SubjectList(BaseModel):
    subjects: list[SubjectView]
    may_edit: bool
    may_approve: bool


class SubjectDetail(SubjectView):
    """``shipped`` is the text of the file; ``version`` goes back with a save."""

    shipped: str
    version: str
    places: list[str]
    history: list[EditView]


class RemarkView(BaseModel):
    code: str
    about: str
    hard: bool


class TriedView(BaseModel):
    remarks: list[RemarkView]
    chat: str
    spoken: str
    segments: int


class ClosedDay(BaseModel):
    day: date
