"""Load: closed loop for latency, open loop for throughput.

In a closed loop a client sends again only when it was answered. That is right for the latency of a
few tenants, but under overload it slows down with the server and hides the queue. In the open loop
the messages leave at a fixed rate whatever the server does, and latency counts from the moment a
message was due (no coordinated omission).
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.messages import Conversation, Door, Message, now

PATIENCE = 15.0
"""How long a client waits for one answer, in seconds."""
TURNS_PER_CONVERSATION = 8
"""After this many questions a tenant is done and the next one begins."""


@dataclass(frozen=True, slots=True)
class Load:
    """What was sent, and how long the sending went on."""

    messages: tuple[Message, ...]
    seconds: float

    @property
    def answered_per_second(self) -> float:
        return sum(m.answered for m in self.messages) / self.seconds

    @property
    def unanswered(self) -> int:
        return sum(not m.answered for m in self.messages)

    @property
    def complaint(self) -> str:
        """Why messages stayed without an answer, counted; empty when all were answered."""
        reasons = Counter(
            "handed over" if m.handed_over else m.trouble or "no answer"
            for m in self.messages
            if not m.answered
        )
        return ", ".join(f"{count} x {reason}" for reason, count in reasons.most_common())


def endless(questions: Sequence[str], first: int = 0) -> Iterator[str]:
    """The questions in their order, over and over; neighbours differ in topic."""
    number = first
    while True:
        yield questions[number % len(questions)]
        number += 1


async def closed_loop(
    door: Door, questions: Sequence[str], conversations: int, seconds: float
) -> Load:
    """So many tenants at a time, each asking again as soon as the answer is there."""
    started = now()
    sent: list[Message] = []
    until = started + seconds
    async with asyncio.TaskGroup() as tenants:
        for number in range(conversations):
            words = endless(questions, number * 7)
            tenants.create_task(_tenants_in_turn(door, words, lambda: now() < until, sent))
    return Load(tuple(sent), now() - started)


async def one_by_one(door: Door, questions: Sequence[str], count: int) -> Load:
    """A fixed number of messages, one conversation at a time."""
    started = now()
    sent: list[Message] = []
    await _tenants_in_turn(door, endless(questions), lambda: len(sent) < count, sent)
    return Load(tuple(sent), now() - started)


async def one_long_conversation(door: Door, questions: Sequence[str], turns: int) -> Load:
    """All turns in one and the same conversation."""
    started = now()
    sent: list[Message] = []
    conversation = await door.open()
    words = endless(questions)
    for _ in range(turns):
        message = await _ask(conversation, next(words), sent)
        if message.handed_over:
            break
    await conversation.close()
    return Load(tuple(sent), now() - started)


async def open_loop(door: Door, questions: Sequence[str], rate: float, seconds: float) -> Load:
    """Messages at a fixed rate, each from a tenant who is not waiting for another answer."""
    idle = _Idle(door)
    await idle.prepare(max(4, round(rate)))
    words = endless(questions)
    sent: list[Message] = []
    started = now()
    async with asyncio.TaskGroup() as asking:
        for number in range(round(rate * seconds)):
            message = Message(next(words), due_at=started + number / rate)
            sent.append(message)
            await asyncio.sleep(max(0.0, message.due_at - now()))
            asking.create_task(idle.ask(message))
    last_answer = max((m.answered_at or 0.0 for m in sent), default=0.0)
    await idle.close()
    return Load(tuple(sent), max(last_answer - started, seconds))


async def _tenants_in_turn(
    door: Door, words: Iterator[str], go_on: Callable[[], bool], sent: list[Message]
) -> None:
    while go_on():
        conversation = await door.open()
        for _ in range(TURNS_PER_CONVERSATION):
            if not go_on():
                break
            message = await _ask(conversation, next(words), sent)
            if message.handed_over or message.trouble:
                break
        await conversation.close()


async def _ask(conversation: Conversation, text: str, sent: list[Message]) -> Message:
    message = Message(text, due_at=now())
    sent.append(message)
    await conversation.ask(message, PATIENCE)
    return message


class _Idle:
    """Conversations in which nobody waits for an answer; more are opened when there are none."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._idle: deque[tuple[Conversation, int]] = deque()

    async def prepare(self, count: int) -> None:
        for _ in range(count):
            self._idle.append((await self._door.open(), 0))

    async def ask(self, message: Message) -> None:
        conversation, turns = self._idle.popleft() if self._idle else (await self._door.open(), 0)
        await conversation.ask(message, PATIENCE)
        done = turns + 1 >= TURNS_PER_CONVERSATION or message.handed_over or bool(message.trouble)
        if done:
            await conversation.close()
        else:
            self._idle.append((conversation, turns + 1))

    async def close(self) -> None:
        for conversation, _ in self._idle:
            await conversation.close()
