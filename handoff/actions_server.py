"""The door through which Rasa has actions run: its own loopback port, never the public one."""

from __future__ import annotations

import asyncio
import socket
from contextlib import AbstractContextManager, nullcontext

import uvicorn
from fastapi import FastAPI

from actions.executor import build_executor
from actions.routes import router
from actions.services import Services


def free_port() -> int:
    """A port that nobody on this machine uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class ActionsServer:
    def __init__(self, secret: str, services: Services) -> None:
        # Bound now, so that the port is ours before Rasa is told of it.
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/actions/webhook"
        app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        app.include_router(router(build_executor(services), secret))
        config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off")
        self._server = _QuietServer(config)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(self._server.serve(sockets=[self._socket]))

    async def stop(self) -> None:
        self._server.should_exit = True
        if self._task is not None:
            await self._task
        self._socket.close()


class _QuietServer(uvicorn.Server):
    """Leaves signals to the public server: one Ctrl-C is for the whole product."""

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        return nullcontext()
