"""What staff ask on a tenant's behalf, as the console's HTTP takes and prepares it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

OfficeId = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,200}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,20}(\.[A-Z0-9]{1,20})?$")]
Line = Annotated[str, StringConstraints(max_length=200)]
Text = Annotated[str, StringConstraints(max_length=4_000)]


class CodeView(BaseModel):
    code: str
    name: str


class RepairForm(BaseModel):
    location: str
    defect: str
    title: str
    words: str
    priority: str
    reachable: str
    preferred: str


class ContactForm(BaseModel):
    subject: str
    text: str
    channel: str
    direction: str


class PreparedView(BaseModel):
    """What the forms begin with, and what can be chosen in them."""

    repair: RepairForm
    contact: ContactForm
    photos: list[str]
    locations: list[CodeView]
    defects: list[CodeView]


class OptionView(BaseModel):
    id: str
    begins: datetime
    ends: datetime


class OptionList(BaseModel):
    options: list[OptionView]


class NewRepair(BaseModel):
    client_id: str = Field(min_length=1, max_length=60)
    later: bool = Field(default=False, description="keep it when the back office is down")
    home: OfficeId
    location: Code
    defect: Code
    title: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    words: Text = ""
    priority: Literal["spoed", "voorrang", "normaal"] = "normaal"
    reachable: Line = ""
    preferred: Line = ""
    with_photos: bool = False


class OfThing(BaseModel):
    """Something of the tenant, by its id in the back office."""

    client_id: str = Field(min_length=1, max_length=60)
    id: OfficeId


class NewCase(BaseModel):
    client_id: str = Field(min_length=1, max_length=60)
    later: bool = Field(default=False, description="keep it when the back office is down")
    kind: Literal["payment_plan", "complaint"]
    text: Annotated[str, StringConstraints(min_length=1, max_length=4_000)]


class NewContact(BaseModel):
    client_id: str = Field(min_length=1, max_length=60)
    later: bool = Field(default=False, description="keep it when the back office is down")
    subject: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    text: Text = ""
    channel: Literal["APP", "BAL", "BEZ", "BRI", "EMA", "INS", "INT", "SMS", "TEL"]
    direction: Literal["INK", "UIT"] = "INK"


class DoneView(BaseModel):
    """``number``: what a tenant may name, if there is one. ``say``: for the reply, if wanted."""

    number: str
    say: str
    kept: bool = Field(description="not done yet: tried again until it is")
