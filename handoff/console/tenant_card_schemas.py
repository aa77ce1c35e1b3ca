"""The tenant card as the console's HTTP shows it. Amounts are euros, as text with two decimals."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from handoff.console.schemas import PromiseView

State = Literal["ready", "none", "down", "refused"]
OfficeId = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,200}$")]


class AboutView(BaseModel):
    """Whom the conversation is about. ``level``: what the tenant proved, of whomever."""

    relatie: str
    by: Literal["tenant", "staff"]
    level: int = Field(ge=0, le=3, description="0: proved nothing, 1: claimed, 2: verified")
    until: datetime | None
    holds: bool = Field(description="the proof still holds")
    differs: bool = Field(description="staff chose another than the tenant proved to be")


class TenantView(BaseModel):
    name: str
    first_name: str
    born: date | None
    language: str
    died: date | None


class DetailView(BaseModel):
    kind: str = Field(description="VERA: TEL or EMA")
    value: str
    mobile: bool
    preferred: bool


class HomeView(BaseModel):
    id: str
    kind: str
    street: str
    number: str
    postcode: str
    place: str
    built: int | None


class PriceView(BaseModel):
    kind: str
    name: str
    amount: Decimal
    begins: date
    ends: date | None


class ContractView(BaseModel):
    id: str
    status: str
    runs: bool
    begins: date
    ends: date | None
    rent: Decimal
    collected: bool
    collect_day: int | None
    prices: list[PriceView] = Field(description="of today and later")


class BookingView(BaseModel):
    kind: str
    text: str
    amount: Decimal
    open: Decimal
    booked: date
    due: date | None


class PlanView(BaseModel):
    status: str
    amount: Decimal
    monthly: Decimal
    terms: int
    begins: date
    left: Decimal


class AppointmentView(BaseModel):
    id: str
    status: str
    begins: datetime
    ends: datetime


class RepairView(BaseModel):
    id: str
    number: str
    text: str
    status: str
    open: bool
    priority: str
    reported: datetime
    appointments: list[AppointmentView]


class ContactView(BaseModel):
    subject: str
    text: str
    channel: str
    direction: str
    at: datetime


class CaseView(BaseModel):
    number: str
    kind: str
    text: str
    open: bool
    begins: datetime
    due: datetime | None


class FlagView(BaseModel):
    kind: str
    since: date


class PersonPart(BaseModel):
    state: State
    person: TenantView | None = None


class DetailsPart(BaseModel):
    state: State
    details: list[DetailView] | None = None


class HomesPart(BaseModel):
    state: State
    homes: list[HomeView] | None = None


class ContractsPart(BaseModel):
    state: State
    contracts: list[ContractView] | None = None


class AccountPart(BaseModel):
    state: State
    balance: Decimal | None = Field(default=None, description="above zero: owed by the tenant")
    open_items: list[BookingView] | None = None


class PlansPart(BaseModel):
    state: State
    plans: list[PlanView] | None = None


class RepairsPart(BaseModel):
    state: State
    repairs: list[RepairView] | None = None


class ContactsPart(BaseModel):
    state: State
    contacts: list[ContactView] | None = None


class CasesPart(BaseModel):
    state: State
    cases: list[CaseView] | None = None


class FlagsPart(BaseModel):
    state: State
    flags: list[FlagView] | None = None


class TenantCardView(BaseModel):
    """Parts that were not asked for are null. A part that cannot be read has ``state`` "down" and
    no list: what there is, is not known."""

    connected: bool
    about: AboutView | None
    promises: list[PromiseView]
    at_close: Literal["ask", "always", "never"] = Field(
        description="whether a contact moment is written when a conversation ends"
    )
    person: PersonPart | None = None
    details: DetailsPart | None = None
    homes: HomesPart | None = None
    contracts: ContractsPart | None = None
    account: AccountPart | None = None
    plans: PlansPart | None = None
    repairs: RepairsPart | None = None
    contacts: ContactsPart | None = None
    cases: CasesPart | None = None


class FoundPerson(BaseModel):
    relatie: str
    name: str
    born: date | None


class PeopleFound(BaseModel):
    people: list[FoundPerson]


class Link(BaseModel):
    relatie: OfficeId


class Linked(BaseModel):
    about: AboutView | None
