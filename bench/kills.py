"""Kill a whole server at a random moment under load, start it again, look for each message."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bench.load import PATIENCE, endless
from bench.messages import ConnectionBroke, Conversation, Door, Message, now
from bench.subjects import Subject, Trace

CONVERSATIONS = 16
_EARLIEST, _LATEST = 1.5, 5.0
_RETRY_EVERY = 1.0
_RETRY_FOR = 300.0
_AFTER_RESTART = 60.0
_SETTLE = 30.0


class Fate(StrEnum):
    """What became of one message whose server was killed."""

    ANSWERED = "answered"
    """The client has the answer, at once or (where the server lets it) when it asks again later."""
    LOST = "lost"
    """It was sent to a living server, or even acknowledged, and there is no trace of it."""
    SILENT = "silent"
    """The server's log has it, and the client never gets an answer."""
    NOT_SENT = "not sent"
    """It reached no living server; the client knows that."""


@dataclass(frozen=True, slots=True)
class Toll:
    """All messages of one kill, counted."""

    fates: Mapping[str, int]
    lost_after_ack: int
    """Of the lost: those to which the server had said 2xx."""
    twice: int
    """Messages that are in the log more than once."""
    restart_seconds: float


def fate_of(message: Message, trace: Trace, killed_at: float, can_be_fetched: bool) -> Fate:
    """Judge one message after the restart; the same rule for both servers."""
    reached = message.written_at is not None and message.written_at < killed_at
    if not (reached or message.accepted_at is not None):
        return Fate.NOT_SENT
    if trace.stored == 0 and (message.accepted_at is not None or message.answered_at is None):
        return Fate.LOST
    if message.answered_at is not None or (can_be_fetched and trace.answered):
        return Fate.ANSWERED
    return Fate.SILENT


async def kill_once(
    subject: Subject, questions: Sequence[str], chance: random.Random, resend: bool
) -> Toll:
    """One kill. ``resend``: clients send a message again each second until it is acknowledged."""
    door = subject.door()
    sent: list[Message] = []
    killed = asyncio.Event()
    first = chance.randrange(len(questions))
    tenants = [
        asyncio.create_task(_tenant(door, questions, first + number * 7, sent, killed, resend))
        for number in range(CONVERSATIONS)
    ]
    await asyncio.sleep(chance.uniform(_EARLIEST, _LATEST))
    subject.kill()
    killed_at = now()
    killed.set()
    restart_seconds = await subject.start(questions[first], fresh=False)
    await asyncio.wait(tenants, timeout=_AFTER_RESTART)
    traces = await _settled(subject, sent, door)
    for tenant in tenants:
        tenant.cancel()
    await asyncio.gather(*tenants, return_exceptions=True)
    await door.close()
    return _count(subject, sent, traces, killed_at, restart_seconds)


async def _tenant(
    door: Door,
    questions: Sequence[str],
    first: int,
    sent: list[Message],
    killed: asyncio.Event,
    resend: bool,
) -> None:
    """Ask on and on; from the kill on, only finish what was begun."""
    try:
        conversation = await door.open()
        for text in endless(questions, first):
            if killed.is_set():
                return
            message = Message(text, due_at=now())
            sent.append(message)
            try:
                await conversation.ask(message, PATIENCE)
            except ConnectionBroke:
                if resend:
                    await _send_again(conversation, message)
                return
            if message.handed_over:
                conversation = await door.open()
    except ConnectionBroke:
        return


async def _send_again(conversation: Conversation, message: Message) -> None:
    until = now() + _RETRY_FOR
    while message.accepted_at is None and now() < until:
        await asyncio.sleep(_RETRY_EVERY)
        try:
            await conversation.ask(message, PATIENCE)
        except ConnectionBroke:
            continue


async def _settled(subject: Subject, sent: Sequence[Message], door: Door) -> Mapping[str, Trace]:
    """The traces once every stored message is answered, or when time is up."""
    until = now() + _SETTLE
    while True:
        traces = await subject.traces(sent, door)
        waiting = any(m.id in traces and not traces[m.id].answered for m in sent)
        # Who cannot fetch an answer later gains nothing by waiting for it.
        if not waiting or now() > until or not subject.answer_can_be_fetched_later:
            return traces
        await asyncio.sleep(1.0)


def _count(
    subject: Subject,
    sent: Sequence[Message],
    traces: Mapping[str, Trace],
    killed_at: float,
    restart_seconds: float,
) -> Toll:
    nothing = Trace(0, False)
    fates: Counter[str] = Counter({fate.value: 0 for fate in Fate})
    lost_after_ack = 0
    for message in sent:
        trace = traces.get(message.id, nothing)
        fate = fate_of(message, trace, killed_at, subject.answer_can_be_fetched_later)
        fates[fate.value] += 1
        lost_after_ack += fate is Fate.LOST and message.accepted_at is not None
    twice = sum(traces[m.id].stored > 1 for m in sent if m.id in traces)
    return Toll(dict(fates), lost_after_ack, twice, restart_seconds)
