"""What we never ask and do not keep (R11): taken out of a tenant's words at the door of the hub.

Danger and the wish for a person are read in the words as they came; everything behind the door,
the assistant too, sees what is left of them.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.sensitive import Kind, Sensitive
from channels.port import Aside, Attached, Body, Edited, Text
from handoff.change import Change
from handoff.clean_text import clean_text
from handoff.counter import Counter
from handoff.model import AuthorKind, Bot, Closed, Conversation, Draft, Message

_LINE = "unasked_"
_SHORT = 1_000
"""Characters that are read in a few milliseconds."""


@cache
def shipped_sensitive() -> Sensitive:
    """With the words of this product; they do not change while it runs."""
    return Sensitive.load()


@dataclass(frozen=True, slots=True)
class Kept:
    """A body without what must not be kept. ``frank``: with what somebody has or took."""

    plain: Body
    frank: Body

    def body(self, frank: bool) -> Body:
        return self.frank if frank else self.plain

    @property
    def fingerprint(self) -> str:
        """Of the plain body: the hash of a number alone would give the number away."""
        return hashlib.sha256(repr(self.plain).encode("utf-8", "replace")).hexdigest()


async def kept_of(body: Body) -> Kept:
    """What may be stored of it."""
    raw = body.detail if isinstance(body, Aside) else getattr(body, "text", "")
    if len(raw) <= _SHORT:
        return _kept(body)
    return await asyncio.to_thread(_kept, body)  # others must not wait for it


def _kept(body: Body) -> Kept:
    match body:
        case Text(raw) | Edited(raw) | Attached(raw):
            plain, frank = _masked(raw)
            return Kept(replace(body, text=plain), replace(body, text=frank))
        case Aside(_, detail):
            plain, frank = _masked(detail)
            return Kept(replace(body, detail=plain), replace(body, detail=frank))
        case _:
            return Kept(body, body)


def _masked(raw: str) -> tuple[str, str]:
    # Cleaned first: what cleaning drops could stand between two digits.
    text, sensitive = clean_text(raw), shipped_sensitive()
    plain = sensitive.mask(text)
    if Kind.HEALTH not in plain.kinds:
        return plain.text, plain.text
    return plain.text, sensitive.mask(text, keep_health=True).text


def in_need(conversation: Conversation | None) -> bool:
    """Whether danger was told here: a helper must know what somebody has or took."""
    return (
        conversation is not None
        and conversation.urgent_kind is not None
        and not isinstance(conversation.holder, Closed)
    )


@dataclass(frozen=True, slots=True)
class NotKept:
    """The one kind line a tenant reads when something was taken out, once in a conversation."""

    counter: Counter

    def told_at_once(
        self, change: Change, conversation: Conversation, before: Sequence[Message]
    ) -> Change:
        """Behind the tenant's own words; when the assistant answers them, with its answer."""
        if change.turn_due or not change.drafts:
            return change
        said, *rest = change.drafts
        line = self._line(change, said.text, before, conversation)
        return replace(change, drafts=(said, line, *rest)) if line else change

    def told_first(
        self, change: Change, conversation: Conversation, before: Sequence[Message], said: str
    ) -> Change:
        """In front of the answer to ``said``."""
        line = self._line(change, said, before, conversation)
        return replace(change, drafts=(line, *change.drafts)) if line else change

    def _line(
        self, change: Change, said: str, before: Iterable[Message], conversation: Conversation
    ) -> Draft | None:
        kinds = shipped_sensitive().kinds_in(said)
        if not kinds or change.urgent_kind or in_need(conversation):
            return None
        words = self.counter.words
        lines = {words.text(f"{_LINE}{kind}") for kind in Kind}
        told = (one.text for one in before if one.author.kind is not AuthorKind.TENANT)
        if any(text.startswith(line) for text in told for line in lines):
            return None
        holds = isinstance(conversation.holder, Bot)
        author = self.counter.bot if holds else self.counter.system
        return Draft(author, words.text(f"{_LINE}{kinds[0]}"))
