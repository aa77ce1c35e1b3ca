"""The fake console and the built pages behind a real port of the loopback."""

import asyncio
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from tests.browser.fake_console import FakeConsole

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "web" / "console" / "dist"
FIRST_PORT = 18300
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


async def page_or_asset(request: Request) -> Response:
    """Any address under /console/ that is no file is a page of the console itself."""
    wanted = (DIST / request.path_params["path"]).resolve()
    is_file = wanted.is_relative_to(DIST) and wanted.is_file()
    headers = {"Content-Security-Policy": POLICY}
    return FileResponse(wanted if is_file else DIST / "index.html", headers=headers)


def whole_app(console: FakeConsole) -> Starlette:
    app = console.app()
    app.router.routes.append(Route("/console/{path:path}", page_or_asset))
    return app


class ConsoleServer:
    """The fake behind a real port, in a thread; `script` runs a change on its event loop."""

    def __init__(self) -> None:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("127.0.0.1", FIRST_PORT + int(worker)))
        self.socket.listen()
        self.url = f"http://127.0.0.1:{FIRST_PORT + int(worker)}/console/"
        self.console = FakeConsole()
        config = uvicorn.Config(
            whole_app(self.console), log_level="warning", timeout_graceful_shutdown=1
        )
        self.server = uvicorn.Server(config)
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        self.loop.run_until_complete(self.server.serve(sockets=[self.socket]))

    def script(self, act: Callable[[FakeConsole], Any]) -> Any:
        async def on_loop() -> Any:
            return act(self.console)

        return asyncio.run_coroutine_threadsafe(on_loop(), self.loop).result(timeout=10)

    def stop(self) -> None:
        self.script(lambda console: console.drop_streams())
        self.server.should_exit = True
        self.thread.join(timeout=10)
        self.socket.close()
