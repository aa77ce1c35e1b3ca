"""The conversation of one call in the database: what is new in it, and notes on the call itself."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from handoff.change import Applied, Change
from handoff.clock import Clock
from handoff.counter import Counter
from handoff.hints import Hints, Overflown
from handoff.ledger import Ledger, Store
from handoff.model import (
    AuthorKind,
    Bot,
    Choice,
    Conversation,
    Draft,
    Message,
    MessageKind,
    State,
    Visibility,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the caller has not heard yet, in order."""

    conversation: Conversation
    messages: Sequence[Message]

    @property
    def seq(self) -> int:
        return max((message.seq or 0 for message in self.messages), default=0)

    @property
    def waits_for_person(self) -> bool:
        return self.conversation.state is State.WAITING

    def answers(self, asked: int) -> bool:
        """Whether there is an answer to these words, or nobody who would give one at once."""
        answered = any((message.seq or 0) > asked for message in self.messages)
        return answered or not isinstance(self.conversation.holder, Bot)


@dataclass(frozen=True, slots=True)
class Question:
    """``slot`` of a form that is open, and the choices that were spoken last."""

    slot: str | None = None
    choices: tuple[Choice, ...] = ()


class CallLog:
    """``channel`` is the name of the phone line; the address of a conversation is the call."""

    def __init__(
        self, channel: str, store: Store, counter: Counter, clock: Clock, hints: Hints
    ) -> None:
        self._channel = channel
        self._store = store
        self._counter = counter
        self._clock = clock
        self._hints = hints

    async def conversation(self, call: str) -> Conversation | None:
        return await self._store.read(lambda ledger: self._of(ledger, call))

    async def all_of(self, call: str) -> Sequence[Message]:
        """All that the tenant may know, in order; nothing when nothing was said yet."""

        def work(ledger: Ledger) -> Sequence[Message]:
            conversation = self._of(ledger, call)
            return ledger.messages.seen_by_tenant(conversation.id, 0) if conversation else ()

        return await self._store.read(work)

    async def new(self, call: str, told: int, asked: int) -> Told | None:
        """What we said after ``told`` and before the caller's next words after ``asked``."""

        def work(ledger: Ledger) -> Told | None:
            conversation = self._of(ledger, call)
            if conversation is None:
                return None
            messages = ledger.messages.seen_by_tenant(conversation.id, told)
            return Told(conversation, _until_next_words(messages, max(asked, told)))

        return await self._store.read(work)

    async def answer(self, call: str, told: int, asked: int, patience: float) -> Told | None:
        """The same as soon as it answers ``asked``; None when that takes longer, in seconds."""
        conversation = await self.conversation(call)
        if conversation is None:
            return None
        clock = asyncio.get_running_loop().time
        until = clock() + patience
        # Listen first, read second: what is written in between is found by the hint.
        with self._hints.listening(conversation.id) as ear:
            while True:
                told_now = await self.new(call, told, asked)
                if told_now is not None and told_now.answers(asked):
                    return told_now
                try:
                    if await ear.next(max(0.0, until - clock())) is None:
                        return None
                except Overflown:
                    return None

    async def note(self, call: str, key: str, **values: object) -> None:
        """Tell staff once, on the desk; nothing when the caller has not said anything yet."""
        text = self._counter.words.text(key, **values)

        def work(ledger: Ledger) -> Applied | None:
            conversation = self._of(ledger, call)
            if conversation is None:
                return None
            if any(one.text == text for one in ledger.messages.after(conversation.id, 0)):
                return None
            draft = Draft(self._counter.system, text, MessageKind.NOTE, visibility=Visibility.DESK)
            return ledger.conversations.apply(
                conversation.id, conversation.term, Change(drafts=(draft,)), self._clock.now()
            )

        applied = await self._store.write(work)
        if applied is not None:
            self._hints.changed(applied.conversation)

    async def came_from(self, call: str, number: str) -> None:
        """Keep the caller's number, to which a code may be sent. It proves nothing."""

        def work(ledger: Ledger) -> None:
            conversation = self._of(ledger, call)
            if conversation is None or ledger.identity_checks.caller(conversation.id) == number:
                return
            ledger.identity_checks.called_from(conversation.id, number, self._clock.now())

        await self._store.write(work)

    async def question(self, call: str) -> Question:
        """What the caller was asked last."""

        def work(ledger: Ledger) -> Question:
            conversation = self._of(ledger, call)
            if conversation is None:
                return Question()
            carry = ledger.turns.session(conversation.id).carry
            slot = carry.get("requested_slot") if isinstance(conversation.holder, Bot) else None
            messages = ledger.messages.seen_by_tenant(conversation.id, 0)
            return Question(str(slot) if slot else None, messages[-1].choices if messages else ())

        return await self._store.read(work)

    async def settled(self, call: str, patience: float) -> None:
        """Wait until the caller's last words have an answer, at most this many seconds."""
        said = [one.seq or 0 for one in await self.all_of(call) if _is_tenant(one)]
        if said:
            await self.answer(call, 0, max(said), patience)

    def _of(self, ledger: Ledger, call: str) -> Conversation | None:
        return ledger.conversations.latest_at(self._channel, call)


def _until_next_words(messages: Sequence[Message], asked: int) -> Sequence[Message]:
    """Our own messages; what came after later words belongs to a later turn."""
    ours = []
    for message in messages:
        if not _is_tenant(message):
            ours.append(message)
        elif (message.seq or 0) > asked:
            break
    return ours


def _is_tenant(message: Message) -> bool:
    return message.author.kind is AuthorKind.TENANT
