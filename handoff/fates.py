"""What became of a message at the provider: callbacks come late, twice and in any order."""

from __future__ import annotations

from channels.port import DeliveryUpdate, Fate
from handoff.clock import Clock
from handoff.ledger import Ledger, Store
from handoff.model import MessageId

_RANK = {"queued": 0, "sending": 1, "unknown": 1, "sent": 2, "failed": 3, "delivered": 4, "read": 5}
"""A state gives way to a higher one only; after "failed" a late "delivered" is the truth."""
_STATE = {
    Fate.SENT: "sent",
    Fate.DELIVERED: "delivered",
    Fate.READ: "read",
    Fate.FAILED: "failed",
}


def moves(before: str, fate: Fate) -> bool:
    """Whether this news changes anything. The first reason of a failure stays."""
    return _RANK[_STATE[fate]] > _RANK[before]


class Fates:
    """Writes down what providers report. News of a message we do not know is no error."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def take(self, update: DeliveryUpdate) -> bool:
        """Whether it was news."""
        return await self._store.write(lambda ledger: self._take(ledger, update))

    def _take(self, ledger: Ledger, update: DeliveryUpdate) -> bool:
        id = update.message_id and MessageId(update.message_id)
        id = id or ledger.deliveries.by_ref(update.provider_ref)
        delivery = ledger.deliveries.get(id) if id else None
        if delivery is None or delivery.channel != update.channel:
            return False
        if not moves(delivery.state, update.fate):
            return False
        ledger.deliveries.mark(
            delivery.message.id,
            _STATE[update.fate],
            self._clock.now(),
            update.provider_ref,
            update.code,
        )
        return True
