"""The event stream of one conversation: replay from the log, then follow it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence

from sse_starlette import EventSourceResponse, ServerSentEvent

from handoff.chat.schemas import event_of
from handoff.hints import Hints, Overflown, Typing
from handoff.ledger import Ledger, Store
from handoff.ledger.media import MediaFile
from handoff.model import ConversationId, Message, MessageId

_LOOK_ANYWAY = 15.0
_PING_EVERY = 15


def follow(
    store: Store, hints: Hints, id: ConversationId, since: int, with_hints: bool
) -> EventSourceResponse:
    """Stream every event after ``since``. With hints: also who is typing, and the state first."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    events = _events(store, hints, id, since, with_hints)
    return EventSourceResponse(events, ping=_PING_EVERY, headers=headers)


async def _events(
    store: Store, hints: Hints, id: ConversationId, since: int, with_hints: bool
) -> AsyncIterator[ServerSentEvent]:
    # Listen first, read second: what is written in between is found by the hint.
    with hints.listening(id) as ear:
        if with_hints:
            conversation = await store.read(lambda ledger: ledger.conversations.get(id))
            if conversation is not None:
                yield _hint("state", {"state": conversation.state.value})
        look = True
        while True:
            if look:
                messages, files = await _after(store, id, since)
                for message in messages:
                    since = message.seq or since
                    event = event_of(message, files).model_dump_json(exclude_none=True)
                    yield ServerSentEvent(event, id=str(since), sep="\n")
                if messages:
                    continue  # there may be more than one read brings
            try:
                hint = await ear.next(_LOOK_ANYWAY)
            except Overflown:
                return  # the browser reconnects and starts from the last event it has
            look = not isinstance(hint, Typing)
            if isinstance(hint, Typing) and with_hints:
                yield _hint("typing", {"author": hint.author.value, "typing": hint.typing})


Read = tuple[Sequence[Message], Mapping[MessageId, Sequence[MediaFile]]]


async def _after(store: Store, id: ConversationId, seq: int) -> Read:
    def work(ledger: Ledger) -> Read:
        messages = ledger.messages.seen_by_tenant(id, seq)
        return messages, ledger.media.by_message([message.id for message in messages])

    return await store.read(work)


def _hint(name: str, data: dict[str, object]) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data), event=name, sep="\n")
