"""Shapes of logging in, of the list of staff and of the access log."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from handoff.console.rights import Role
from handoff.console.schemas import AgentView


class Me(BaseModel):
    agent: AgentView
    rights: list[str]


class CodeNeeded(BaseModel):
    """The password was right. ``token`` is for the second step, good for five minutes."""

    step: Literal["code", "enrol"]
    token: str


class HalfWay(BaseModel):
    token: str = Field(min_length=1, max_length=100)


class Code(BaseModel):
    code: str = Field(min_length=6, max_length=40)


class HalfWayCode(Code):
    token: str = Field(min_length=1, max_length=100)


class EnrolmentView(BaseModel):
    """``picture`` is an SVG of the QR code; ``secret`` is for typing over."""

    secret: str
    address: str
    picture: str


class BackupCodes(BaseModel):
    """Shown once; each works once."""

    backup_codes: list[str]


class Entered(Me):
    backup_codes: list[str]


class SignOnView(BaseModel):
    """Whether single sign-on is set up, and the name on its button."""

    on: bool
    label: str


class MemberView(BaseModel):
    id: str
    login: str
    name: str
    roles: list[str]
    active: bool
    has_second_factor: bool
    has_password: bool
    queues: list[str]
    capacity: int


class MemberList(BaseModel):
    members: list[MemberView]
    roles: list[str]
    queues: list[str]


class NewMember(BaseModel):
    login: str = Field(min_length=1, max_length=120)
    name: str = Field(min_length=1, max_length=120)
    roles: list[Role] = Field(default=[Role.AGENT], min_length=1, max_length=5)


class NewPassword(BaseModel):
    """Shown once, to hand over."""

    member: MemberView
    password: str


class MemberChange(BaseModel):
    name: str = Field(min_length=1, max_length=120)
    roles: list[Role] = Field(min_length=1, max_length=5)
    active: bool
    queues: list[str] = Field(max_length=20)
    capacity: int = Field(ge=1, le=50)


class LookedView(BaseModel):
    at: datetime
    login: str
    name: str
    what: str
    reference: str
    relatie: str = ""
    """Of whom the back office told something; empty for what stands with us."""


class LookedList(BaseModel):
    looks: list[LookedView]
    next_cursor: str | None
