"""Answers that cannot be sent because the tenant was silent for too long: kept, in their order.

They go out, once each, as soon as the tenant sends anything (``heard``). All of it happens in the
transaction of the caller, which must hold the conversation's row lock or takes it here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from channels.optional_ports import Reopening, Reopens
from channels.port import Channel
from handoff import window
from handoff.change import Change
from handoff.counter import Counter
from handoff.ledger import Delivery, Job, Ledger
from handoff.model import Conversation, Draft, MessageId, MessageKind, Visibility

HELD = "held"
REOPEN = "reopen"
"""The kind of the job that asks a tenant to react."""
_OVER = frozenset({"sent", "delivered", "read", "failed", "unknown"})


class HeldReplies:
    """When an answer is kept, what goes out instead, and when it is let go."""

    def __init__(self, channels: Mapping[str, Channel], counter: Counter) -> None:
        self._channels = channels
        self._words = counter.words
        self._system = counter.system
        self.open_list = counter.words.text("choice_open_list")
        """What the button says that opens a list of choices."""

    def request(self, delivery: Delivery, reference: str) -> Reopening:
        """What the provider is told of a request to react."""
        corporation = self._words.text("window_corporation")
        return Reopening(delivery.message.id, delivery.address, corporation, reference)

    def keeps(self, ledger: Ledger, job: Job, delivery: Delivery, now: datetime) -> bool:
        """Whether this job must not send now; then it has been dealt with, in this transaction."""
        ledger.conversations.get(delivery.conversation, lock=True)
        current = ledger.deliveries.get(delivery.message.id)
        if current is None or current.state in _OVER:
            # Let go twice: by this job that a crash held up, and by the one that replaced it.
            return ledger.jobs.finish(job)
        if self._closed(ledger, delivery, now):
            if job.kind == REOPEN:
                return False
            ledger.jobs.finish(job)
            self._hold(ledger, delivery, now)
            return True
        if job.kind == REOPEN:  # the tenant has reacted by himself
            return ledger.jobs.finish(job)
        if not self._overtakes(ledger, job, delivery):
            return False
        ledger.jobs.finish(job)
        _send(ledger, delivery, now)
        return True

    def refused(self, ledger: Ledger, delivery: Delivery, now: datetime) -> None:
        """The provider did not take it: to its mind the window had closed."""
        ledger.conversations.get(delivery.conversation, lock=True)
        known = ledger.windows.get(delivery.channel, delivery.address)
        tried_at = delivery.changed_at or now
        if known is not None and known.heard_at > tried_at:
            ledger.deliveries.mark(delivery.message.id, "queued", now, delivery.ref, "")
            _send(ledger, delivery, now)  # it is open again by now
            return
        closed = (known or window.opened(now, timedelta(0))).closed_early(now)
        ledger.windows.put(delivery.channel, delivery.address, closed)
        self._hold(ledger, delivery, now)

    def not_asked(self, ledger: Ledger, delivery: Delivery, now: datetime) -> None:
        """The request to react did not arrive; staff must know that nobody was asked."""
        self._tell_staff(ledger, delivery, "window_ask_failed", now)

    def _closed(self, ledger: Ledger, delivery: Delivery, now: datetime) -> bool:
        channel = self._channels.get(delivery.channel)
        if channel is None or channel.capabilities.window is None:
            return False
        known = ledger.windows.get(delivery.channel, delivery.address)
        return known is not None and not known.open_at(now)

    def _hold(self, ledger: Ledger, delivery: Delivery, now: datetime) -> None:
        ledger.deliveries.mark(delivery.message.id, HELD, now, delivery.ref, "")
        known = ledger.windows.get(delivery.channel, delivery.address)
        if known is None or known.asked_at or not window.worth_asking_for(delivery.message):
            return
        ledger.windows.put(delivery.channel, delivery.address, known.asked(now))
        can_ask = self._can_ask(delivery)
        told = "window_asked" if can_ask else "window_cannot_ask"
        note = self._tell_staff(ledger, delivery, told, now)
        if can_ask:
            ledger.jobs.put(
                REOPEN, delivery.conversation, now, f"{REOPEN}:{note}", {"message": note}
            )

    def _can_ask(self, delivery: Delivery) -> bool:
        channel = self._channels.get(delivery.channel)
        if not isinstance(channel, Reopens):
            return False
        return channel.reopening(self.request(delivery, "TB")) is not None

    def _tell_staff(self, ledger: Ledger, delivery: Delivery, key: str, now: datetime) -> MessageId:
        conversation = ledger.conversations.get(delivery.conversation, lock=True)
        assert conversation is not None, "a delivery is of a conversation"
        note = Draft(
            self._system,
            self._words.text(key),
            kind=MessageKind.NOTE,
            visibility=Visibility.DESK,
        )
        change = Change(drafts=(note,))
        applied = ledger.conversations.apply(conversation.id, conversation.term, change, now)
        return applied.messages[0].id

    def _overtakes(self, ledger: Ledger, job: Job, delivery: Delivery) -> bool:
        """Whether an earlier message still has to go, behind this one in the line.

        That is so when it was let go while this one already stood in the line.
        """
        others = (MessageId(other["message"]) for other in ledger.jobs.others(job))
        found = (ledger.deliveries.get(message) for message in others)
        return any(one is not None and one.message.pos < delivery.message.pos for one in found)


def heard(
    ledger: Ledger, conversation: Conversation, length: timedelta | None, now: datetime
) -> None:
    """The tenant sent something: the window opens, and what was held goes, before any answer.

    ``length`` is that of the channel's window. Must be called in the transaction that holds the
    conversation's row lock, before that writes.
    """
    if length is None:
        return
    ledger.windows.put(conversation.channel, conversation.address, window.opened(now, length))
    for delivery in ledger.deliveries.held(conversation.id):
        ledger.deliveries.mark(delivery.message.id, "queued", now, delivery.ref, "")
        _send(ledger, delivery, now)


def _send(ledger: Ledger, delivery: Delivery, now: datetime) -> None:
    """Put it at the end of the line. A job of an earlier attempt may still be there."""
    message = delivery.message.id
    key = f"send:{message}:{delivery.attempt}"
    ledger.jobs.put("send", delivery.conversation, now, key, {"message": message})
