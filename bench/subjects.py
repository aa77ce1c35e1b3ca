"""The two servers under test, each started by the command its own users give."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import aiohttp

from bench.doors import RestDoor, WebChatDoor, new_session
from bench.messages import ConnectionBroke, Door, Message, now
from bench.processes import Footprint, ServerProcess

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "bench" / "work"
_START_PATIENCE = 180.0
_FIRST_ANSWER_PATIENCE = 20.0
_POLL = 0.1


class DidNotStart(Exception):
    """The server ended, or gave no answer within the time allowed."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a server knows of one message after its restart."""

    stored: int
    """How many times it is in the log: 0 is lost, 2 is handled twice."""
    answered: bool
    """The log holds an answer after it."""


class Subject(Protocol):
    """One server under test."""

    name: str
    answer_can_be_fetched_later: bool

    async def start(self, first_question: str, fresh: bool) -> float:
        """Start, and return the seconds until a first question was answered.

        Raises:
            DidNotStart: it ended or stayed silent.
        """

    def door(self) -> Door: ...
    async def traces(self, messages: Sequence[Message], door: Door) -> Mapping[str, Trace]: ...
    def footprint(self) -> Footprint: ...
    def kill(self) -> None: ...
    async def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Launch:
    """How one server is started. ``health`` is the address that says 200 when it takes messages."""

    command: tuple[str, ...]
    folder: Path
    env: Mapping[str, str]
    log: Path
    data: Path
    address: str
    health: str


class _Launched(ABC):
    """What starting and ending have in common for both servers."""

    def __init__(self, launch: Launch) -> None:
        self._launch = launch
        self._process: ServerProcess | None = None

    @abstractmethod
    def door(self) -> Door:
        """How this server is talked to."""

    def footprint(self) -> Footprint:
        return self._running().footprint()

    def kill(self) -> None:
        self._running().kill()

    async def stop(self) -> None:
        if self._process is not None:
            await self._process.stop()
            self._process = None

    async def start(self, first_question: str, fresh: bool) -> float:
        launch = self._launch
        if fresh:
            shutil.rmtree(launch.data, ignore_errors=True)
        launch.data.mkdir(parents=True, exist_ok=True)
        began = now()
        self._process = ServerProcess(launch.command, launch.folder, launch.env, launch.log)
        await self._healthy(began + _START_PATIENCE)
        await self._first_answer(first_question, began + _START_PATIENCE)
        return now() - began

    def _running(self) -> ServerProcess:
        if self._process is None:
            raise DidNotStart("the server was not started")
        return self._process

    async def _healthy(self, until: float) -> None:
        async with new_session() as session:
            while now() < until:
                if self._running().ended:
                    raise DidNotStart(f"it ended at once; see {self._launch.log}")
                if await _says_ok(session, self._launch.health):
                    return
                await asyncio.sleep(_POLL)
        raise DidNotStart(f"not healthy in time; see {self._launch.log}")

    async def _first_answer(self, question: str, until: float) -> None:
        door = self.door()
        try:
            while now() < until:
                message = Message(question, due_at=now())
                try:
                    conversation = await door.open()
                    await conversation.ask(message, _FIRST_ANSWER_PATIENCE)
                except ConnectionBroke:
                    await asyncio.sleep(_POLL)
                    continue
                if message.answered_at is not None and not message.handed_over:
                    return
                await asyncio.sleep(_POLL)
        finally:
            await door.close()
        raise DidNotStart(f"no first answer in time; see {self._launch.log}")


class Product(_Launched):
    """Ours: gateway, Rasa and actions as ``python -m handoff`` starts them."""

    name = "Thuisbalie"
    answer_can_be_fetched_later = True

    def door(self) -> Door:
        return WebChatDoor(self._launch.address)

    async def traces(self, messages: Sequence[Message], door: Door) -> Mapping[str, Trace]:
        if not isinstance(door, WebChatDoor):
            raise TypeError("our traces are read through the web chat")
        found: dict[str, Trace] = {}
        for key in {message.conversation for message in messages if message.conversation}:
            events = (await door.stored(key))["events"]
            owners = [event.get("client_msg_id") for event in events if event["author"] == "tenant"]
            for owner in owners:
                last = max(event["seq"] for event in events if event.get("client_msg_id") == owner)
                answered = any(e["seq"] > last and e["author"] != "tenant" for e in events)
                found[str(owner)] = Trace(owners.count(owner), answered)
        return found

    async def handed_over(self, questions: Sequence[str]) -> list[str]:
        """The questions that end with a person; each is asked twice, for the first may ask back."""
        door, found = WebChatDoor(self._launch.address), []
        for question in questions:
            conversation = await door.open()
            for _ in range(2):
                await conversation.ask(Message(question, due_at=now()), _FIRST_ANSWER_PATIENCE)
            if (await door.stored(conversation.key))["state"] != "bot":
                found.append(question)
            await conversation.close()
        await door.close()
        return found


class Peer(_Launched):
    """Stock Rasa: ``rasa run`` with the REST channel and a SQL tracker store in SQLite."""

    name = "stock Rasa"
    answer_can_be_fetched_later = False

    def door(self) -> Door:
        return RestDoor(self._launch.address)

    async def traces(self, messages: Sequence[Message], door: Door) -> Mapping[str, Trace]:
        return await asyncio.to_thread(read_tracker_store, self._launch.data / "tracker.db")


def read_tracker_store(path: Path) -> Mapping[str, Trace]:
    """Every message in a SQL tracker store by the id that travelled as its metadata."""
    found: dict[str, Trace] = {}
    open_in: dict[str, str] = {}
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        rows = database.execute(
            "SELECT sender_id, type_name, data FROM events"
            " WHERE type_name IN ('user', 'bot') ORDER BY id"
        )
        for sender, kind, data in rows:
            if kind == "user":
                owner = (json.loads(data).get("metadata") or {}).get("bench_id", "")
                seen = found.get(owner, Trace(0, False))
                found[owner] = Trace(seen.stored + 1, seen.answered)
                open_in[sender] = owner
            elif sender in open_in:
                owner = open_in[sender]
                found[owner] = Trace(found[owner].stored, True)
    return found


async def _says_ok(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(url, timeout=aiohttp.ClientTimeout(total=2.0)) as reply:
            return reply.status == 200
    except (aiohttp.ClientError, TimeoutError, OSError):
        return False
