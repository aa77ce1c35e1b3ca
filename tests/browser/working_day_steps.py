"""What tenants and staff do in the story of a working day, on the true product."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

import httpx
from playwright.sync_api import Browser, Page, expect

from tests.running_product import PASSWORD, RunningProduct, Tenant

PATIENCE = 15_000
REPLY, NOTE = "Antwoord aan de huurder", "Notitie voor collega’s"
PERSON = "ik wil een medewerker spreken"
_ids = count(1)


@dataclass(frozen=True)
class Phone:
    """A tenant at a fake provider; the product is reached through its true webhook."""

    url: str
    device: str
    number: str

    def write(self, text: str) -> None:
        body = {"number": self.number, "text": text}
        answer = httpx.post(f"{self.url}/demo/api/{self.device}/messages", json=body, timeout=20)
        assert answer.json()["status"] in (200, 202, 204), answer.text

    def screen(self) -> str:
        """All devices of this number, as the page with phones is told."""
        asked = {"number": self.number}
        with httpx.stream("GET", f"{self.url}/demo/api/stream", params=asked, timeout=20) as answer:
            return next(line for line in answer.iter_lines() if line.startswith("data:"))

    def sees(self, text: str) -> None:
        until = time.monotonic() + PATIENCE / 1000
        while text not in (screen := self.screen()):
            assert time.monotonic() < until, f"{text!r} is not on {self.device}: {screen[-1500:]}"


def chat(tenant: Tenant, text: str) -> int:
    seq = tenant.send(f"day-{next(_ids)}", text)
    assert seq is not None
    return seq


def chat_sees(tenant: Tenant, text: str, times: int = 1) -> None:
    until = time.monotonic() + PATIENCE / 1000
    while True:
        seen = [event["text"] or "" for event in tenant.events()]
        if sum(text in one for one in seen) == times:
            return
        assert time.monotonic() < until, seen[-5:]


def log_in(chromium: Browser, product: RunningProduct, login: str) -> Page:
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, locale="nl-NL", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{product.url}/console/")
    page.get_by_label("Gebruikersnaam").fill(login)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_role("tab").first.wait_for()
    return page


def accept(page: Page, words: str) -> None:
    """What is assigned to us is offered first."""
    offers = page.get_by_role("region", name="Voor u aangeboden")
    offers.get_by_role("button", name="Neem aan").first.click()
    expect(page.locator(".state")).to_have_text("Bij u", timeout=PATIENCE)
    expect(page.locator(".message", has_text=words).first).to_be_visible(timeout=PATIENCE)


def take_by_key(page: Page, words: str) -> None:
    """Open who waits, and take over with one letter."""
    page.get_by_role("tab", name="Wachten").click()
    open_card(page, words)
    page.locator("[data-region=conversation]").focus()
    page.keyboard.press("t")
    expect(page.locator(".state")).to_have_text("Bij u", timeout=PATIENCE)
    expect(page.get_by_label(REPLY)).to_be_focused()


def open_card(page: Page, words: str) -> None:
    page.locator(".card", has_text=words).first.click()
    expect(page.locator(".message", has_text=words).first).to_be_visible(timeout=PATIENCE)


def answer(page: Page, text: str) -> None:
    page.get_by_label(REPLY).fill(text)
    page.keyboard.press("Enter")
    expect(page.locator(".message", has_text=text)).to_have_count(1, timeout=PATIENCE)
    expect(page.get_by_label(REPLY)).to_have_value("")


def note(page: Page, text: str) -> None:
    page.get_by_role("radio", name="Notitie").check()
    page.get_by_label(NOTE).fill(text)
    page.keyboard.press("Enter")
    expect(page.locator(".message", has_text=text)).to_have_count(1, timeout=PATIENCE)
    page.get_by_role("radio", name="Antwoord").check()


def pass_on(page: Page, to: str, why: str) -> None:
    page.get_by_role("button", name="Geef terug").click()
    page.get_by_role("menuitem", name=to).click()
    page.get_by_label("Notitie voor uw collega").fill(why)
    page.get_by_role("button", name="Geef door").click()


def half_type(page: Page, text: str) -> None:
    """Type without sending; the draft is at the server when this returns."""
    with page.expect_response(lambda r: r.url.endswith("/draft") and r.request.method == "PUT"):
        page.get_by_label(REPLY).fill(text)


def still_typed(page: Page, text: str) -> None:
    expect(page.get_by_label(REPLY)).to_have_value(text, timeout=PATIENCE)


@contextmanager
def asleep(page: Page) -> Iterator[None]:
    """As a closed laptop does it: the page is frozen meanwhile, timers and all, then goes on."""
    line = page.context.new_cdp_session(page)
    line.send("Page.setWebLifecycleState", {"state": "frozen"})
    yield
    line.send("Page.setWebLifecycleState", {"state": "active"})


def sign_off(page: Page) -> None:
    page.locator("header button", has_text="Fatma").last.click()
    page.get_by_role("menuitem", name="Uitloggen").click()
    expect(page.get_by_role("heading", name="Inloggen")).to_be_visible()
