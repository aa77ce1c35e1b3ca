"""Fixtures of the chat's browser tests: the fake on loopback, and a tenant's browser."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.fake_chat import WEB, ChatServer

FIRST_PORT = 18210
# A chat that reconnects waits some seconds, and a busy machine is slow.
expect.set_options(timeout=15_000)


@pytest.fixture
def chat_server() -> Iterator[ChatServer]:
    if not (WEB / "widget" / "dist" / "thuisbalie-chat.js").is_file():
        pytest.fail("web/widget/dist is missing: run `make web-build` first")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    server = ChatServer(FIRST_PORT + int(worker))
    yield server
    server.stop()


@pytest.fixture
def tenant_context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(
        locale="nl-NL",
        timezone_id="America/New_York",  # the chat shows Dutch time wherever the phone is
        reduced_motion="reduce",
        viewport={"width": 1280, "height": 800},
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def chat_page(tenant_context: BrowserContext, chat_server: ChatServer) -> Iterator[Page]:
    """The chat on its own page, greeted; fails the test when the page breaks its own policy."""
    page = tenant_context.new_page()
    complaints = listen(page)
    page.goto(f"{chat_server.url}/chat")
    said(page, "digitale assistent, geen mens").wait_for()
    yield page
    assert complaints == []


@pytest.fixture
def home(tenant_context: BrowserContext, chat_server: ChatServer) -> Iterator[Page]:
    """The corporation's home page with the launcher."""
    page = tenant_context.new_page()
    complaints = listen(page)
    page.goto(chat_server.url)
    launcher(page).wait_for()
    yield page
    assert complaints == []


def listen(page: Page) -> list[str]:
    complaints: list[str] = []
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    page.on("console", lambda line: note_violation(line.text, complaints))
    return complaints


def note_violation(text: str, complaints: list[str]) -> None:
    if "Content Security Policy" in text:
        complaints.append(text)


def said(page: Page, text: str) -> Locator:
    return page.get_by_role("log").locator(".bubble", has_text=text)


def lines(page: Page) -> list[str]:
    """Every bubble and system line, in the order of the screen."""
    return page.get_by_role("log").locator(".bubble, .line").all_inner_texts()


def composer(page: Page) -> Locator:
    return page.get_by_label("Uw bericht")


def send(page: Page, text: str) -> None:
    composer(page).fill(text)
    composer(page).press("Enter")


def launcher(page: Page) -> Locator:
    return page.get_by_role("button", name="Chat met ons")


def status(page: Page) -> Locator:
    return page.locator("thuisbalie-chat .status")


def warning(page: Page) -> Locator:
    return page.locator("thuisbalie-chat .alert")
