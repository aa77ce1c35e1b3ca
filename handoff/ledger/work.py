"""Work that survives a crash: jobs, deliveries, and who wants no messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from handoff.ledger.values import Delivery, Job
from handoff.model import ConversationId, MessageId


class Jobs(Protocol):
    def put(
        self,
        kind: str,
        id: ConversationId,
        due_at: datetime,
        dedupe_key: str,
        payload: Mapping[str, str],
    ) -> None: ...

    def claim(
        self, kinds: Sequence[str], owner: str, now: datetime, lease_until: datetime, limit: int
    ) -> Sequence[Job]: ...

    def finish(self, job: Job) -> bool:
        """False when the lease was lost meanwhile: the result must be dropped."""

    def retry(self, job: Job, due_at: datetime, error: str) -> None: ...

    def bury(self, job: Job, error: str) -> None: ...

    def others(self, job: Job) -> Sequence[Mapping[str, str]]:
        """What else of this kind is to be done for the conversation, in the order of doing."""

    def drop(self, kind: str, id: ConversationId) -> None:
        """Forget work of this kind that nobody has begun."""

    def release_leases(self, now: datetime) -> int:
        """At the start of the only process: what a dead process leased is free again."""


class Deliveries(Protocol):
    def get(self, message: MessageId) -> Delivery | None: ...

    def mark(
        self, message: MessageId, state: str, now: datetime, ref: str | None, detail: str
    ) -> None: ...

    def held(self, id: ConversationId) -> Sequence[Delivery]:
        """What waits for the tenant to react, in the order it was said."""

    def of(self, id: ConversationId) -> Mapping[MessageId, Delivery]:
        """How far every message of this conversation came that ever was to be sent."""

    def by_ref(self, ref: str) -> MessageId | None:
        """The message that a provider knows by this name."""


class OptOuts(Protocol):
    """Addresses that want no messages."""

    def put(self, channel: str, address: str, now: datetime) -> None:
        """A second time changes nothing: the first moment is what was asked."""

    def remove(self, channel: str, address: str) -> None: ...

    def since(self, channel: str, address: str) -> datetime | None:
        """Since when nothing may be sent there (aware UTC); None when it may."""
