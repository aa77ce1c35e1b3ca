"""What became of a message at the provider: callbacks come late, twice and in any order."""

from __future__ import annotations

from dataclasses import replace

from channels.port import DeliveryUpdate, Fate
from handoff.clock import Clock
from handoff.held_replies import HeldReplies
from handoff.hints import Hints
from handoff.ledger import Delivery, Ledger, Store
from handoff.model import Conversation, MessageId, Visibility

_RANK = {
    "queued": 0,
    "sending": 1,
    "unknown": 1,
    "sent": 2,
    "failed": 3,
    "delivered": 4,
    "read": 5,
    "held": 6,  # what is said of it now is of an attempt that failed already
}
"""A state gives way to a higher one only; after "failed" a late "delivered" is the truth."""
_STATE = {
    Fate.SENT: "sent",
    Fate.DELIVERED: "delivered",
    Fate.READ: "read",
    Fate.FAILED: "failed",
}

_TRIED_AGAIN = frozenset({"queued", "sending", "unknown"})
"""The name that is kept with these is of an attempt before."""
_HAS_ARRIVED = frozenset({"delivered", "read"})


def moves(before: str, fate: Fate) -> bool:
    """Whether this news changes anything. The first reason of a failure stays."""
    return _RANK[_STATE[fate]] > _RANK.get(before, 0)


class Fates:
    """Writes down what providers report. News of a message we do not know is no error."""

    def __init__(self, store: Store, clock: Clock, held: HeldReplies, hints: Hints) -> None:
        self._store = store
        self._clock = clock
        self._held = held
        self._hints = hints

    async def take(self, update: DeliveryUpdate) -> bool:
        """Whether it was news."""
        talk = await self._store.write(lambda ledger: self._take(ledger, update))
        if talk is not None:
            self._hints.changed(talk)
        return talk is not None

    def _take(self, ledger: Ledger, update: DeliveryUpdate) -> Conversation | None:
        id = update.message_id and MessageId(update.message_id)
        id = id or ledger.deliveries.by_ref(update.provider_ref)
        delivery = ledger.deliveries.get(id) if id else None
        if delivery is None or delivery.channel != update.channel or _stale(delivery, update):
            return None
        if not moves(delivery.state, update.fate):
            return None
        self._write(ledger, delivery, update)
        return ledger.conversations.get(delivery.conversation)

    def _write(self, ledger: Ledger, delivery: Delivery, update: DeliveryUpdate) -> None:
        now, for_staff = self._clock.now(), delivery.message.visibility is Visibility.DESK
        if update.closed and not for_staff:
            known = replace(delivery, ref=update.provider_ref)
            self._held.refused(ledger, known, now)
            return
        state = _STATE[update.fate]
        ledger.deliveries.mark(delivery.message.id, state, now, update.provider_ref, update.code)
        if update.unwanted:
            ledger.opt_outs.put(delivery.channel, delivery.address, now)
        if for_staff and update.fate is Fate.FAILED:
            self._held.not_asked(ledger, delivery, now)


def _stale(delivery: Delivery, update: DeliveryUpdate) -> bool:
    """Whether this is of an attempt that another one has followed or will follow.

    Words that arrived have arrived, whichever attempt brought them.
    """
    if _STATE[update.fate] in _HAS_ARRIVED:
        return False
    if delivery.state in _TRIED_AGAIN:
        return update.provider_ref == delivery.ref
    return update.fate is Fate.FAILED and delivery.ref not in (None, update.provider_ref)
