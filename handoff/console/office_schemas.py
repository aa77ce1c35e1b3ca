"""What the console reads and sends on faults of buildings and on requests that wait."""

from __future__ import annotations

from pydantic import AwareDatetime, BaseModel, Field

_CODE = Field(default="", max_length=20, pattern=r"^[A-Za-z0-9]*$")


class FaultKindView(BaseModel):
    """``defect`` and ``location`` are VERA's codes; empty fits all. The labels are for people."""

    cluster: str
    defect: str
    location: str
    place: str
    defect_label: str


class SuspectedView(BaseModel):
    kind: FaultKindView
    homes: int
    since: AwareDatetime
    suggestion: str
    """What tenants could be told, to change."""


class FaultView(BaseModel):
    id: str
    kind: FaultKindView
    words: str
    since: AwareDatetime
    until: AwareDatetime
    expected_end: AwareDatetime | None
    ended_at: AwareDatetime | None


class FaultsView(BaseModel):
    suspected: list[SuspectedView]
    running: list[FaultView]
    ended: list[FaultView]
    places: dict[str, str]
    """The places that a fault may have: code and words."""


class FaultTelling(BaseModel):
    """What tenants are told, and until when."""

    words: str = Field(min_length=1, max_length=300)
    until: AwareDatetime
    expected_end: AwareDatetime | None = None


class FaultKindGiven(BaseModel):
    cluster: str = Field(min_length=1, max_length=200)
    defect: str = _CODE
    location: str = _CODE


class FaultConfirmed(FaultTelling, FaultKindGiven):
    pass


class FaultEnded(BaseModel):
    told: int
    """How many conversations hear that it is over."""


class KeptView(BaseModel):
    id: str
    conversation: str
    reference: str
    kind: str
    what: str
    state: str
    attempts: int
    asked_at: AwareDatetime
    next_at: AwareDatetime
    number: str


class KeptList(BaseModel):
    requests: list[KeptView]


class DoneByHand(BaseModel):
    number: str = Field(min_length=1, max_length=100)
    """What the back office calls it."""
