"""Fixtures of the console's browser tests: the fake on loopback, and a staff member's browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.console_samples import fill
from tests.browser.console_server import DIST, ConsoleServer
from tests.browser.console_steps import sign_in


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
