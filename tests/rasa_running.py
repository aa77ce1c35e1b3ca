"""The real Rasa server with the trained model, and actions that can be made to fail."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

from actions.executor import Executor, Result, action_classes
from actions.routes import router
from actions.services import Services
from bot.server_process import RASA, NoModel, RasaServer, newest_model
from handoff.clock import SystemClock

SECRET = "the-secret-of-this-test"
NO_OFFICE = Services(SystemClock().now)
"""A corporation that connected no back office."""


class SwitchedActions(Executor):
    """The real actions, until a test switches them to another answer."""

    instead: Result | None = None
    other: Executor | None = None
    """The same actions with other services, such as those of a back office."""

    async def run(self, call: Mapping[str, Any]) -> Result:
        if self.instead:
            return self.instead
        return await (self.other.run(call) if self.other else super().run(call))


class RunningRasa:
    """Where it listens, and the switch of its actions."""

    def __init__(self, url: str, actions: SwitchedActions) -> None:
        self.url = url
        self.actions = actions


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def trained_model() -> Path:
    """The model, or one clear line on what is missing."""
    if not RASA.exists():
        raise AssertionError("The assistant's environment is missing: run `make bot-setup`.")
    try:
        return newest_model()
    except NoModel as missing:
        raise AssertionError("The assistant is not trained: run `make train`.") from missing


@contextmanager
def running_rasa(folder: Path, services: Services = NO_OFFICE) -> Iterator[RunningRasa]:
    """Rasa and its actions, on a loop of their own so that each test can have its own too."""
    actions = SwitchedActions(action_classes(), services)
    server, stop = _Server(folder, actions), threading.Event()
    thread = threading.Thread(target=server.run, args=(stop,), daemon=True)
    thread.start()
    server.started.wait(120)
    try:
        assert server.ready, f"Rasa did not start; see {server.log}: {server.log_tail()}"
        yield RunningRasa(server.url, actions)
    finally:
        stop.set()
        thread.join(30)


class _Server:
    def __init__(self, folder: Path, actions: SwitchedActions) -> None:
        self.log = folder / "rasa.log"
        self.started = threading.Event()
        self.ready = False
        self._actions_port = free_port()
        app = FastAPI()
        app.include_router(router(actions, SECRET))
        self._web = uvicorn.Server(
            uvicorn.Config(app, port=self._actions_port, log_level="critical", lifespan="off")
        )
        self._rasa = RasaServer(
            trained_model(),
            free_port(),
            SECRET,
            f"http://127.0.0.1:{self._actions_port}/actions/webhook",
            self.log,
        )
        self.url = self._rasa.url

    def log_tail(self) -> str:
        return self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""

    def run(self, stop: threading.Event) -> None:
        asyncio.run(self._serve(stop))

    async def _serve(self, stop: threading.Event) -> None:
        serving = asyncio.create_task(self._web.serve())
        await self._rasa.start()
        self.ready = await self._rasa.wait_ready(90)
        self.started.set()
        await asyncio.to_thread(stop.wait)
        await self._rasa.stop()
        self._web.should_exit = True
        await serving
