"""Asks a tenant, some minutes after closing, how well we helped; once, and not everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.signals import EscalationReason
from channels.port import Channel
from handoff.change import Change
from handoff.clock import Clock
from handoff.counter import Counter
from handoff.hints import Hints
from handoff.ledger import Job, Ledger, Store
from handoff.model import Assignment, Choice, Closed, Conversation, Draft
from handoff.opinion.values import HIGHEST, LOWEST, NOT_AGAIN_WITHIN, Opinion, score_payload
from handoff.policy import queue_of

_ASKED_ON = frozenset({"webchat", "whatsapp", "telegram", "sms"})
_NO_BUTTONS = frozenset({"sms"})
"""Where choices are written out as a numbered list, which would double the numbers."""
_NEVER_ABOUT = frozenset({EscalationReason.URGENT, EscalationReason.SENSITIVE})
"""After danger or grief a score is out of place."""


class Asking:
    """The handler of ``opinion`` jobs."""

    def __init__(
        self,
        store: Store,
        counter: Counter,
        channels: Mapping[str, Channel],
        clock: Clock,
        hints: Hints,
    ) -> None:
        self._store = store
        self._counter = counter
        self._channels = channels
        self._clock = clock
        self._hints = hints

    async def run(self, job: Job) -> None:
        asked = await self._store.write(lambda ledger: self._ask(ledger, job))
        if asked is not None:
            self._hints.changed(asked)

    def _ask(self, ledger: Ledger, job: Job) -> Conversation | None:
        conversation = ledger.conversations.get(job.conversation, lock=True)
        if not ledger.jobs.finish(job) or conversation is None:
            return None
        now = self._clock.now()
        still_closed = isinstance(conversation.holder, Closed)
        if not still_closed or str(conversation.term) != job.payload["term"]:
            return None
        assignment = ledger.desk.assignment(conversation.id)
        if not self._may_ask(ledger, conversation, assignment, now):
            return None
        applied = ledger.conversations.apply(
            conversation.id, conversation.term, self._question(conversation), now
        )
        topic = self._counter.catalogue.get(conversation.topic or "")
        ledger.opinions.put(
            Opinion(
                self._counter.new_id(),
                conversation.id,
                conversation.term,
                conversation.channel,
                conversation.address,
                assignment.queue if assignment else queue_of(topic),
                now,
                assignment.agent if assignment else None,
                conversation.topic,
            )
        )
        return applied.conversation

    def _may_ask(
        self,
        ledger: Ledger,
        conversation: Conversation,
        assignment: Assignment | None,
        now: datetime,
    ) -> bool:
        channel, address = conversation.channel, conversation.address
        if channel not in _ASKED_ON or channel not in self._channels:
            return False
        if conversation.topic in self._counter.dangers:
            return False
        if assignment is not None and assignment.reason in _NEVER_ABOUT:
            return False
        if ledger.opt_outs.since(channel, address) is not None:
            return False
        if self._channels[channel].capabilities.window is not None:
            window = ledger.windows.get(channel, address)
            if window is None or not window.open_at(now):
                return False
        last = ledger.opinions.asked_last(channel, address)
        return last is None or now >= last + NOT_AGAIN_WITHIN

    def _question(self, conversation: Conversation) -> Change:
        """Without buttons the numbers stand in the question: an SMS stays one segment."""
        choices = tuple(
            Choice(self._counter.new_id(), str(score), score_payload(score))
            for score in range(LOWEST, HIGHEST + 1)
            if self._has_buttons(conversation.channel)
        )
        question = self._counter.words.text("opinion_question")
        return Change(drafts=(Draft(self._counter.system, question, choices=choices),))

    def _has_buttons(self, channel: str) -> bool:
        return channel not in _NO_BUTTONS and self._channels[channel].capabilities.choices
