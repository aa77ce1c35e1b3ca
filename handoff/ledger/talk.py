"""The log: conversations, messages and turns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from handoff.change import Applied, Change
from handoff.ledger.values import Receipt, Row, SessionRecord
from handoff.model import AgentId, Choice, Conversation, ConversationId, Message, State, Turn


class Conversations(Protocol):
    def get(self, id: ConversationId, *, lock: bool = False) -> Conversation | None: ...

    def latest_at(self, channel: str, address: str) -> Conversation | None:
        """The last conversation with this address, open or closed, locked."""

    def open(self, conversation: Conversation) -> Conversation: ...

    def apply(self, id: ConversationId, term: int, change: Change, now: datetime) -> Applied:
        """Write a change if the term is still this one.

        Raises:
            StaleTerm: somebody else became the holder first.
        """

    def listed(
        self, states: Sequence[State], limit: int, offset: int, reader: AgentId
    ) -> Sequence[Row]:
        """Urgent first, then longest waiting, then the latest activity."""

    def named(self, ids: Sequence[ConversationId], reader: AgentId) -> Sequence[Row]:
        """These in any state, in no order; what is unknown is left out."""

    def row(self, conversation: Conversation, reader: AgentId) -> Row: ...

    def mark_read(self, id: ConversationId, agent: AgentId, pos: int) -> None: ...


class Messages(Protocol):
    def after(self, id: ConversationId, pos: int, limit: int = 5_000) -> Sequence[Message]: ...

    def seen_by_tenant(
        self, id: ConversationId, seq: int, limit: int = 500
    ) -> Sequence[Message]: ...

    def receipt(self, channel: str, account: str, external_id: str) -> Receipt | None: ...

    def add_receipt(
        self, channel: str, account: str, external_id: str, receipt: Receipt, now: datetime
    ) -> None: ...

    def by_client_id(self, id: ConversationId, client_msg_id: str) -> Message | None: ...

    def choice(self, id: ConversationId, choice_id: str) -> Choice | None: ...

    def told_since(self, id: ConversationId, since: datetime, text: str) -> bool: ...


class Turns(Protocol):
    def unanswered(self, conversation: Conversation) -> Sequence[Message]: ...

    def begin(self, turn: Turn) -> None:
        """Write a running turn; a second begin of the same turn (after a crash) is harmless."""

    def finish(self, turn: Turn, now: datetime) -> None: ...

    def recent(self, id: ConversationId, count: int) -> Sequence[Turn]:
        """The latest turns that ended, newest first."""

    def of(self, id: ConversationId) -> Sequence[Turn]: ...

    def session(self, id: ConversationId) -> SessionRecord: ...

    def save_session(self, id: ConversationId, session: SessionRecord) -> None: ...
