"""Hints inside this process that something changed. One may get lost; the database is true.

Whoever gets one reads the database from the last position it knows. Whoever gets none for a while
reads it anyway.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handoff.model import AgentId, AuthorKind, Conversation, ConversationId

_MOST_PENDING = 200


@dataclass(frozen=True, slots=True)
class Changed:
    """There is something new in this conversation."""

    conversation: Conversation


@dataclass(frozen=True, slots=True)
class Typing:
    """Somebody is really busy with an answer, or no longer."""

    conversation: ConversationId
    author: AuthorKind
    typing: bool


@dataclass(frozen=True, slots=True)
class Viewer:
    """A member of staff who has a conversation open. ``until`` is aware UTC."""

    agent: str
    name: str
    doing: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Viewed:
    """Who of staff has this conversation open. Never told to the tenant's side."""

    conversation: ConversationId
    viewers: tuple[Viewer, ...]


class Matter(StrEnum):
    """What there is for one member of staff alone."""

    DRAFT = "draft"
    MENTION = "mention"
    OFFER = "offer"
    """A conversation is put before them."""


@dataclass(frozen=True, slots=True)
class ForAgent:
    """Something of this agent's own changed: on another screen, or by a colleague."""

    agent: AgentId
    conversation: ConversationId
    matter: Matter


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of the console's list as they are now, written out once for everybody."""

    json: str


Hint = Changed | Typing | Viewed | ForAgent | Rows


class Overflown(Exception):
    """The listener was too slow; it must start again from the database."""


class Listener:
    """One ear. Bounded: a browser that does not read is cut off, not waited for."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Hint] = asyncio.Queue(_MOST_PENDING)
        self._overflown = False

    def put(self, hint: Hint) -> None:
        try:
            self._queue.put_nowait(hint)
        except asyncio.QueueFull:
            self._overflown = True

    def waiting(self) -> list[Hint]:
        """What has come in the meantime, without waiting for more."""
        found = []
        while not self._queue.empty():
            found.append(self._queue.get_nowait())
        return found

    async def next(self, patience: float) -> Hint | None:
        """The next hint, or None after ``patience`` seconds of silence.

        Raises:
            Overflown: hints were dropped.
        """
        if self._overflown:
            raise Overflown
        try:
            async with asyncio.timeout(patience):
                return await self._queue.get()
        except TimeoutError:
            return None


class Hints:
    """The exchange. Also wakes the workers when there may be work."""

    def __init__(self) -> None:
        self._of_conversation: defaultdict[ConversationId, set[Listener]] = defaultdict(set)
        self._of_all: set[Listener] = set()
        self.work = asyncio.Event()

    def changed(self, conversation: Conversation) -> None:
        self._tell(conversation.id, Changed(conversation))
        self.work.set()

    def typing(self, id: ConversationId, author: AuthorKind, typing: bool) -> None:
        self._tell(id, Typing(id, author, typing))

    def viewed(self, id: ConversationId, viewers: tuple[Viewer, ...]) -> None:
        """Tell the consoles only: those who follow everything."""
        for listener in tuple(self._of_all):
            listener.put(Viewed(id, viewers))

    def rows(self, json: str) -> None:
        """Tell the consoles what stands in these rows now."""
        for listener in tuple(self._of_all):
            listener.put(Rows(json))

    def for_agent(self, agent: AgentId, id: ConversationId, matter: Matter) -> None:
        """Tell the consoles of this agent that something of their own changed."""
        for listener in tuple(self._of_all):
            listener.put(ForAgent(agent, id, matter))

    def _tell(self, id: ConversationId, hint: Hint) -> None:
        for listener in (*self._of_conversation.get(id, ()), *self._of_all):
            listener.put(hint)

    @contextmanager
    def listening(self, id: ConversationId | None = None) -> Iterator[Listener]:
        """Listen to one conversation, or to all when ``id`` is None."""
        listener = Listener()
        ears = self._of_all if id is None else self._of_conversation[id]
        ears.add(listener)
        try:
            yield listener
        finally:
            ears.discard(listener)
            if id is not None and not ears:
                self._of_conversation.pop(id, None)
