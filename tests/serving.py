"""The product behind a real HTTP server on loopback: what a stream does on a true line."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Sent:
    """One event of a stream: its name ("message" when it has none), id and data."""

    name: str
    id: str | None
    data: dict[str, Any]


class StreamEnded(Exception):
    """The server ended the stream."""


class EventStream:
    """Reads a stream of server-sent events, one at a time."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.aiter_lines()

    async def next(self) -> Sent:
        """The next event; comments are passed over.

        Raises:
            StreamEnded: there is no next one.
        """
        fields: dict[str, str] = {}
        async with asyncio.timeout(PATIENCE):
            async for line in self._lines:
                if not line and "data" in fields:
                    name, data = fields.get("event", "message"), json.loads(fields["data"])
                    return Sent(name, fields.get("id"), data)
                name, _, value = line.partition(":")
                if name:
                    fields[name] = value.removeprefix(" ")
        raise StreamEnded

    async def until(self, seq: int) -> list[Sent]:
        """All events up to the one with this number."""
        found = []
        while not found or found[-1].id != str(seq):
            found.append(await self.next())
        return found


@dataclass(frozen=True, slots=True)
class Serving:
    url: str

    @asynccontextmanager
    async def stream(
        self, path: str, headers: Mapping[str, str] | None = None, **params: Any
    ) -> AsyncIterator[EventStream]:
        asked = {"Accept": "text/event-stream", **(headers or {})}
        async with (
            httpx.AsyncClient(base_url=self.url, timeout=PATIENCE) as client,
            client.stream("GET", path, headers=asked, params=params) as response,
        ):
            yield EventStream(response)


@asynccontextmanager
async def serving(app: FastAPI, port: int = 0) -> AsyncIterator[Serving]:
    """Serve this app on this port, or on a free one.

    Its product is started and stopped by whoever made it.
    """
    listening = socket.create_server(("127.0.0.1", port))
    config = uvicorn.Config(
        app, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield Serving(f"http://127.0.0.1:{listening.getsockname()[1]}")
    finally:
        server.should_exit = True
        await running
