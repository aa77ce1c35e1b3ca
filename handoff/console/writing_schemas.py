"""What staff write, as the console's HTTP shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from handoff.console.given import HIGHEST_NUMBER
from handoff.console.schemas import ConversationView, MessageView

DraftKind = Literal["reply", "note"]
_HIGHEST = 2_147_483_000


class DraftView(BaseModel):
    """Words not sent yet. ``revision`` 0: never written."""

    kind: DraftKind
    text: str
    revision: int


class DraftList(BaseModel):
    drafts: list[DraftView]


class PutDraft(BaseModel):
    """``revision`` is the one the writer has read; an older one is refused with 409."""

    kind: DraftKind
    text: str = Field(max_length=100_000)
    revision: int = Field(ge=0, le=_HIGHEST)


class ActionView(BaseModel):
    kind: Literal["close", "transfer", "label", "snooze"]
    value: str
    label: str = Field(description="what will happen, in words for staff")


class CannedView(BaseModel):
    """``text`` is filled in; ``missing`` names the places that are not known."""

    key: str
    title: str
    text: str
    queue: str | None
    missing: list[str]
    actions: list[ActionView]


class CannedList(BaseModel):
    replies: list[CannedView]


class SuggestionView(BaseModel):
    """What the assistant would answer. ``confidence`` only when it follows from this talk."""

    intent: str
    title: str
    text: str
    confidence: float | None


class SuggestionList(BaseModel):
    suggestions: list[SuggestionView]


class PlainText(BaseModel):
    text: str = Field(max_length=10_000)


class LongSentenceView(BaseModel):
    start: int = Field(description="in UTF-16 units, as a browser counts")
    end: int
    words: int


class HardWordView(BaseModel):
    start: int
    end: int
    word: str
    better: str


class PlainView(BaseModel):
    plain: bool = Field(description="reads as level B1")
    hard_to_read: bool
    longest_sentence: int = Field(description="words a sentence may have")
    sentences: list[LongSentenceView]
    words: list[HardWordView]


class RunMacro(BaseModel):
    """A text, edited or not, and the steps of the macro. The same ``client_msg_id`` again sends
    nothing twice."""

    key: str = Field(min_length=1, max_length=60)
    client_msg_id: str = Field(min_length=1, max_length=100)
    text: str = Field(max_length=10_000)
    term: int | None = Field(default=None, ge=0, le=HIGHEST_NUMBER)


class MacroDone(BaseModel):
    message: MessageView
    conversation: ConversationView


class MentionView(BaseModel):
    message: str
    conversation: str
    reference: str
    named_by: str
    named_at: datetime
    excerpt: str
    seen: bool


class MentionList(BaseModel):
    mentions: list[MentionView]
