"""What staff see of a message's way to a provider, and sending it again by hand, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from channels.optional_ports import Explains
from channels.port import Channel
from handoff.clock import Clock
from handoff.console.delivery_schemas import DeliveryView
from handoff.console.work import found, holds
from handoff.hints import Hints
from handoff.http_errors import ApiError
from handoff.ledger import Delivery, Ledger, Store
from handoff.lookups import NOT_CHECKED, NOT_FOUND, still_looking
from handoff.model import Agent, Conversation, ConversationId, MessageId, Visibility

_UNDER_WAY = frozenset({"queued", "sending"})
OWN_REASONS = {
    "opted out": "opted_out",
    "this channel is off": "channel_off",
    "blocked": "blocked",
    "file gone": "file_gone",
    "file link ended": "file_link_ended",
    "file not here": "file_not_here",
    NOT_FOUND: "not_found",
    NOT_CHECKED: "not_checked",
}
"""Details that the hub and its channels write themselves."""


@dataclass(frozen=True, slots=True)
class Deliveries:
    store: Store
    channels: Mapping[str, Channel]
    clock: Clock
    hints: Hints

    async def of(self, id: ConversationId) -> Mapping[MessageId, DeliveryView]:
        """By message; without those that need no provider."""
        sent = await self.store.read(lambda ledger: ledger.deliveries.of(id))
        return {message: self._view(delivery) for message, delivery in sent.items()}

    async def read(self, agent: Agent, id: ConversationId) -> Mapping[MessageId, DeliveryView]:
        """The same for who asks for them alone; leaves a line in the access log.

        Raises:
            ApiError: 404 no such conversation.
        """

        def work(ledger: Ledger) -> Mapping[MessageId, Delivery]:
            found(ledger, id)
            # Whether a tenant is reached, and why not, is about a person as much as the words are.
            ledger.desk.log_access(agent.id, id, "deliveries", self.clock.now())
            return ledger.deliveries.of(id)

        sent = await self.store.write(work)
        return {message: self._view(delivery) for message, delivery in sent.items()}

    async def resend(
        self, agent: Agent, id: ConversationId, message: MessageId, attempt: int | None
    ) -> DeliveryView:
        """Send it again, unless the attempt that is meant was followed by another already.

        Raises:
            ApiError: 404 no such message to a provider; 409 somebody else holds the conversation,
                or the message did not fail.
        """

        def work(ledger: Ledger) -> tuple[Delivery | None, Conversation | None]:
            conversation = ledger.conversations.get(id, lock=True)
            if conversation is None:
                raise ApiError(404, "conversation_unknown")
            delivery = _sendable(ledger, id, message)
            if not holds(conversation, agent):
                raise ApiError(409, "not_holder")
            if delivery.state in _UNDER_WAY or attempt not in (None, delivery.attempt):
                return delivery, None
            if not self._may_resend(delivery):
                raise ApiError(409, "delivery_not_failed")
            self._again(ledger, agent, delivery)
            return ledger.deliveries.get(message), conversation

        delivery, changed = await self.store.write(work)
        assert delivery is not None, "it was there a moment ago"
        if changed is not None:
            self.hints.changed(changed)
        return self._view(delivery)

    def _again(self, ledger: Ledger, agent: Agent, delivery: Delivery) -> None:
        now, message = self.clock.now(), delivery.message.id
        # The provider's name of the failed one stays, to know late news of it for what it is.
        ledger.deliveries.mark(message, "queued", now, delivery.ref, "")
        key = f"resend:{message}:{delivery.attempt}"
        ledger.jobs.put("send", delivery.conversation, now, key, {"message": message})
        ledger.desk.log_access(agent.id, delivery.conversation, "resend", now)

    def _view(self, delivery: Delivery) -> DeliveryView:
        return DeliveryView(
            message=delivery.message.id,
            state=delivery.state,
            reason=self._reason(delivery),
            attempt=delivery.attempt,
            may_resend=self._may_resend(delivery),
            changed_at=delivery.changed_at,
        )

    def _may_resend(self, delivery: Delivery) -> bool:
        if delivery.message.visibility is Visibility.DESK:
            return False
        if delivery.state == "unknown":
            return not self._looking(delivery, self.clock.now())
        return delivery.state == "failed"

    def _looking(self, delivery: Delivery, now: datetime) -> bool:
        channel = self.channels.get(delivery.channel)
        return still_looking(delivery, channel is not None and channel.capabilities.lists, now)

    def _reason(self, delivery: Delivery) -> str:
        if delivery.state not in ("failed", "unknown"):
            return ""
        if delivery.detail in OWN_REASONS:
            return OWN_REASONS[delivery.detail]
        if delivery.state == "unknown":
            return "looking" if self._looking(delivery, self.clock.now()) else "in_doubt"
        channel = self.channels.get(delivery.channel)
        return channel.reason(delivery.detail) if isinstance(channel, Explains) else ""


def _sendable(ledger: Ledger, id: ConversationId, message: MessageId) -> Delivery:
    delivery = ledger.deliveries.get(message)
    mine = delivery is not None and delivery.conversation == id and delivery.attempt > 0
    if delivery is None or not mine or delivery.message.visibility is Visibility.DESK:
        raise ApiError(404, "message_unknown")
    return delivery
