"""Which conversation asks, for whom its tries count, and whether somebody writes for another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handoff.clean_text import is_plain_id
from handoff.identities import Address, phone_of
from handoff.ledger import Ledger
from handoff.memory.phrases import Phrases
from handoff.memory.third_party import role_in_all
from handoff.model import AuthorKind, Conversation, ConversationId, Message, MessageKind, State
from handoff.verification.hashes import Pepper
from handoff.verification.limits import Scopes

CALLS = frozenset({"phone", "voice"})
"""Channels whose address is the name of a call, and not a number."""
_HIDDEN = "hidden"


class UnknownSession(Exception):
    """No conversation of ours has this Rasa conversation."""


def talk_of(ledger: Ledger, session: str, *, lock: bool = False) -> Conversation:
    """The conversation that this Rasa conversation belongs to.

    Raises:
        UnknownSession: there is none.
    """
    id = session.partition(".")[0]
    talk = ledger.conversations.get(ConversationId(id), lock=lock) if is_plain_id(id) else None
    if talk is None:
        raise UnknownSession
    return talk


def at(talk: Conversation) -> Address:
    return Address(talk.channel, talk.address)


def number_of(ledger: Ledger, talk: Conversation) -> str | None:
    """The number (E.164) the tenant writes or calls from; None where there is none or it is hidden.

    It is never proof: a caller's number can be forged.
    """
    written = phone_of(at(talk))
    if written is not None or talk.channel not in CALLS:
        return written
    called = ledger.identity_checks.caller(talk.id)
    return phone_of(Address(talk.channel, called)) if called else None


@dataclass(frozen=True, slots=True)
class Tellers:
    """Reads for whom tries count and whom the tenant speaks for."""

    pepper: Pepper
    third_parties: Phrases

    def scopes(self, ledger: Ledger, talk: Conversation) -> Scopes:
        number = number_of(ledger, talk)
        # Each call is a new address, so a caller is counted by number; who hides it, with all
        # who do.
        place = number or (_HIDDEN if talk.channel in CALLS else "")
        contact = (number or "") if talk.channel in CALLS else talk.address
        return {
            "conversation": self.pepper.hash_of("conversation", talk.id),
            "contact": self.pepper.hash_of("contact", f"{talk.channel} {contact}")
            if contact
            else "",
            "origin": self.pepper.hash_of("origin", place)
            if place
            else ledger.identity_checks.origin(talk.id) or "",
        }

    def for_another(self, ledger: Ledger, talk: Conversation) -> bool:
        """Since the conversation was last closed; a phone number talks to us for years."""
        texts = _typed(since_closing(ledger.messages.after(talk.id, 0)))
        return role_in_all(texts, self.third_parties) is not None


def since_closing(messages: Sequence[Message]) -> Sequence[Message]:
    """What was said since the conversation was last closed."""
    ends = [
        no
        for no, one in enumerate(messages)
        if one.kind is MessageKind.EVENT and one.state is State.CLOSED
    ]
    return messages[ends[-1] + 1 :] if ends else messages


def _typed(messages: Sequence[Message]) -> Sequence[str]:
    return [
        one.text
        for one in messages
        if one.author.kind is AuthorKind.TENANT and one.kind is MessageKind.TEXT
    ]
