"""What is left of a call when it is over: who calls back and when, and a text for the caller.

Every step may come twice, as webhooks do, and then says what it said before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from handoff.change import Applied, Change
from handoff.clock import Clock
from handoff.counter import Counter
from handoff.hints import Hints
from handoff.ledger import Ledger, Store
from handoff.model import (
    Conversation,
    ConversationId,
    Draft,
    Message,
    MessageKind,
    Visibility,
    Waiting,
)
from handoff.phone.call_back import promise_call, promised_call, withdraw_call
from handoff.phone.summary import CallSummary, can_get_texts
from handoff.reception import new_conversation
from handoff.references import new_reference

TEXTS = "sms"
"""The channel that texts go out by."""
_CALL_BACK, _OFFERED, _HUNG_UP = "phone:call-back", "phone:text-offered", "phone:hung-up"
_CONNECTED, _AGREED = "phone:connected", "phone:text-agreed"
_CASE = "case_reference"
T = TypeVar("T")


class Afterwards:
    """``channel`` is the name of the phone line; ``texts``: texts can be sent at all."""

    def __init__(
        self, channel: str, store: Store, counter: Counter, clock: Clock, hints: Hints, texts: bool
    ) -> None:
        self._channel = channel
        self._store = store
        self._counter = counter
        self._clock = clock
        self._hints = hints
        self._texts = texts

    async def call_back(self, call: str, number: str) -> str:
        """Promise a call, in place of an answer in the talk; gives the block of time in words."""

        def work(ledger: Ledger, talk: Conversation) -> tuple[str, Applied | None]:
            return self._promise(ledger, talk, number, "phone_call_back_for_staff")

        return await self._change(call, work, "")

    async def connected(self, call: str) -> None:
        """A colleague took the call: nothing that was promised before is owed any more."""

        def work(ledger: Ledger, talk: Conversation) -> tuple[None, Applied | None]:
            if _noted(ledger, talk.id, _CONNECTED):
                return None, None
            withdraw_call(ledger, talk)
            note = self._note("phone_connected_for_staff", _CONNECTED)
            return None, self._apply(ledger, talk, Change(drafts=(note,), keep_promises=True))

        await self._change(call, work, None)

    async def hung_up(self, call: str, number: str) -> None:
        """The call is over. Whoever still waited is called back, if there is a number.

        Without one nobody can keep a promise: it is withdrawn, and staff read what was said.
        """

        def work(ledger: Ledger, talk: Conversation) -> tuple[None, Applied | None]:
            if _noted(ledger, talk.id, _HUNG_UP):
                return None, None
            note = self._note("phone_hung_up_for_staff", _HUNG_UP)
            applied = self._apply(ledger, talk, Change(drafts=(note,)))
            waits = isinstance(talk.holder, Waiting) and not _noted(ledger, talk.id, _CONNECTED)
            if waits and number:
                key = "phone_hung_up_waiting_for_staff"
                _, promised = self._promise(ledger, talk, number, key)
                return None, promised or applied
            if waits:
                nobody = self._note("phone_nobody_to_call_for_staff", _HUNG_UP)
                change = Change(drafts=(nobody,), keep_promises=True)
                return None, self._apply(ledger, talk, change)
            return None, applied

        await self._change(call, work, None)

    async def offers_text(self, call: str, turn: int, number: str) -> bool:
        """Whether to offer a text in this turn: once in a call, when there is something to keep."""
        if not self._texts or not can_get_texts(number):
            return False

        def work(ledger: Ledger, talk: Conversation) -> tuple[bool, Applied | None]:
            mark = f"{_OFFERED}:{turn}"
            before = [one for one in _notes(ledger, talk.id) if _id(one).startswith(_OFFERED)]
            if before:
                return _id(before[0]) == mark, None
            refused = ledger.opt_outs.since(TEXTS, number) is not None
            if refused or not self._summary(ledger, talk).is_worth_keeping:
                return False, None
            note = self._note("phone_text_offered_for_staff", mark)
            return True, self._apply(ledger, talk, Change(drafts=(note,)))

        return await self._change(call, work, False)

    async def send_text(self, call: str, number: str) -> bool:
        """The caller agreed: put the summary into the outbox, once. False: it may not be sent."""
        if not self._texts or not can_get_texts(number):
            return False

        def work(ledger: Ledger, talk: Conversation) -> tuple[bool, Applied | None]:
            if _noted(ledger, talk.id, _AGREED):
                return True, None
            if ledger.opt_outs.since(TEXTS, number) is not None:
                return False, None
            text = self._summary(ledger, talk).text(self._counter.words)
            there = self._texts_with(ledger, number)
            draft = Draft(self._counter.system, text, client_msg_id=f"call:{talk.id}")
            self._apply(ledger, there, Change(drafts=(draft,)))
            note = self._note("phone_text_agreed_for_staff", _AGREED)
            return True, self._apply(ledger, talk, Change(drafts=(note,)))

        return await self._change(call, work, False)

    def _promise(
        self, ledger: Ledger, talk: Conversation, number: str, key: str
    ) -> tuple[str, Applied | None]:
        now = self._clock.now()
        if _noted(ledger, talk.id, _CALL_BACK):
            return promised_call(ledger, talk, self._counter, now), None
        promised = promise_call(ledger, talk, number, self._counter, now)
        note = self._note(key, _CALL_BACK, number=number, when=promised.when)
        change = replace(promised.change, drafts=(note,))
        return promised.when, self._apply(ledger, talk, change)

    def _summary(self, ledger: Ledger, talk: Conversation) -> CallSummary:
        cases = [
            value for turn in ledger.turns.of(talk.id) for name, value in turn.form if name == _CASE
        ]
        promised = _noted(ledger, talk.id, _CALL_BACK)
        now = self._clock.now()
        when = promised_call(ledger, talk, self._counter, now) if promised else ""
        return CallSummary(talk.reference, cases[-1] if cases else "", when)

    def _texts_with(self, ledger: Ledger, number: str) -> Conversation:
        """The talk in texts with this number; a new one is opened without a greeting."""
        there = ledger.conversations.latest_at(TEXTS, number)
        if there is not None:
            return there
        id, now = self._counter.new_id(), self._clock.now()
        return ledger.conversations.open(
            new_conversation(id, new_reference(), TEXTS, number, True, now)
        )

    def _note(self, key: str, mark: str, **values: object) -> Draft:
        text = self._counter.words.text(key, **values)
        kind, seen = MessageKind.NOTE, Visibility.DESK
        return Draft(self._counter.system, text, kind, visibility=seen, client_msg_id=mark)

    def _apply(self, ledger: Ledger, talk: Conversation, change: Change) -> Applied:
        return ledger.conversations.apply(talk.id, talk.term, change, self._clock.now())

    async def _change(
        self,
        call: str,
        work: Callable[[Ledger, Conversation], tuple[T, Applied | None]],
        nothing: T,
    ) -> T:
        """Do this in one transaction; ``nothing`` when the caller has not said anything yet."""

        def whole(ledger: Ledger) -> tuple[T, Applied | None]:
            talk = ledger.conversations.latest_at(self._channel, call)
            return (nothing, None) if talk is None else work(ledger, talk)

        result, applied = await self._store.write(whole)
        if applied is not None:
            self._hints.changed(applied.conversation)
        return result


def _notes(ledger: Ledger, id: ConversationId) -> Sequence[Message]:
    """The notes on the desk that are ours, in order."""
    found = ledger.messages.after(id, 0)
    return [one for one in found if one.kind is MessageKind.NOTE and one.client_msg_id]


def _noted(ledger: Ledger, id: ConversationId, mark: str) -> bool:
    return any(_id(one) == mark for one in _notes(ledger, id))


def _id(message: Message) -> str:
    return message.client_msg_id or ""
