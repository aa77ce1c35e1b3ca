"""Fixtures of the console's browser tests: the fake on loopback, and a staff member's browser."""

import asyncio
import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from tests.browser.console_samples import fill
from tests.browser.fake_console import PASSWORD, FakeConsole

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


@pytest.fixture
def console_server() -> Iterator[ConsoleServer]:
    if not (DIST / "index.html").is_file():
        pytest.fail("web/console/dist is missing: build the console first")
    server = ConsoleServer()
    yield server
    server.stop()


@pytest.fixture
def console_context(chromium: Browser, console_server: ConsoleServer) -> Iterator[BrowserContext]:
    context = chromium.new_context(
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        reduced_motion="reduce",
        viewport={"width": 1440, "height": 900},
    )
    context.set_default_timeout(8000)
    yield context
    context.close()


@pytest.fixture
def desk(console_context: BrowserContext, console_server: ConsoleServer) -> Iterator[Page]:
    """A page at the login screen; it fails the test when the page complains in its log."""
    page = console_context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    page.on("console", lambda line: note_violation(line.text, complaints))
    page.goto(console_server.url)
    page.get_by_role("heading", name="Inloggen").wait_for()
    yield page
    assert complaints == []


def note_violation(text: str, complaints: list[str]) -> None:
    if "Content Security Policy" in text or "[Vue" in text:
        complaints.append(text)


@pytest.fixture
def signed_in(desk: Page, console_server: ConsoleServer) -> Page:
    console_server.script(fill)
    sign_in(desk)
    desk.locator(".card").first.wait_for()
    return desk


def sign_in(page: Page, login: str = "sanne", password: str = PASSWORD) -> None:
    page.get_by_label("Gebruikersnaam").fill(login)
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Inloggen").click()


def show_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def open_card(page: Page, title: str) -> None:
    page.locator(".card", has_text=title).click()
    page.locator(".view-head h2", has_text=title).wait_for()


def open_mine(page: Page) -> None:
    show_tab(page, "Bij mij")
    open_card(page, "Een reparatie melden")
    page.get_by_label("Antwoord aan de huurder").wait_for()
