"""Which addresses staff hold for one person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from handoff.identities import Address
from handoff.model import AgentId, Conversation


class Persons(Protocol):
    """Addresses that were joined. One that was not is a person of its own."""

    def joined_with(self, at: Address) -> Sequence[Address]:
        """All addresses of the person at this one, with itself; only itself when not joined."""

    def join(self, one: Address, other: Address, agent: AgentId, now: datetime) -> bool:
        """Make them, and all that either was joined with, one person. False when they were."""

    def part(self, at: Address) -> bool:
        """Take this address out of its person. False when it was joined with nothing."""

    def written_at(self, addresses: Iterable[str]) -> Sequence[Address]:
        """Addresses with a conversation, on any channel, that are spelled like one of these."""

    def conversations(self, at: Sequence[Address], limit: int) -> Sequence[Conversation]:
        """Conversations at these addresses, the last changed one first."""
