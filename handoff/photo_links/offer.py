"""When a link for photos is offered, and what it looks like."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.port import Answer
from bot.signals import FormFilled
from channels.port import Channel
from handoff.change import Change
from handoff.counter import Counter
from handoff.ledger import Ledger
from handoff.ledger.photo_links import PhotoLink
from handoff.model import Conversation, Draft

LIFETIME = timedelta(hours=24)
_REPAIR_FORM = "repair_form"
_PHOTO_SLOT = "repair_photo"
_TOKEN_BYTES = 18
"""144 bits: nobody guesses one, and it stays short in a text message."""


def hash_of(token: str) -> str:
    """Under what a link is kept. The token itself is only in the tenant's hands."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PhotoOffers:
    """Adds a link to an answer of the assistant. Without a public address it never does."""

    counter: Counter
    public_base_url: str
    channels: Mapping[str, Channel]

    def added_to(
        self,
        change: Change,
        answer: Answer,
        conversation: Conversation,
        ledger: Ledger,
        now: datetime,
    ) -> Change:
        """The same change, with a link when a photo of a repair is welcome and cannot come here.

        Once in the life of a link. Danger goes first: then nobody is sent for a photo.
        """
        channel = self.channels.get(conversation.channel)
        if not self.public_base_url or channel is None or change.urgent_kind:
            return change
        can = channel.capabilities
        if can.files or not can.push or not _photo_is_welcome(answer):
            return change
        last = ledger.photo_links.latest(conversation.id)
        if last is not None and now < last.expires_at:
            return change
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        ledger.photo_links.add(PhotoLink(hash_of(token), conversation.id, now, now + LIFETIME))
        link = f"{self.public_base_url.rstrip('/')}/u/{token}"
        words = self.counter.words.text("photo_link", link=link)
        return replace(change, drafts=(*change.drafts, Draft(self.counter.bot, words)))


def _photo_is_welcome(answer: Answer) -> bool:
    """The tenant speaks of a photo in the repair form, or the form is complete."""
    if any(isinstance(s, FormFilled) and s.form == _REPAIR_FORM for s in answer.signals):
        return True
    return bool(answer.carry.slots.get(_PHOTO_SLOT))
