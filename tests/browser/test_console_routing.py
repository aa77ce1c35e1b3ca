"""Presence, what is offered, and passing a conversation on, in Debian's Chromium."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import console_samples as sample
from tests.browser.console_server import ConsoleServer
from tests.browser.console_steps import open_mine

pytest_plugins = ["tests.browser.console_fixtures"]
pytestmark = pytest.mark.browser

OFFERED = "Voor u aangeboden"


def test_staff_say_that_they_are_away(signed_in: Page, console_server: ConsoleServer) -> None:
    signed_in.get_by_role("button", name="Beschikbaarheid: Beschikbaar").click()
    signed_in.get_by_role("menuitem", name="Weg en verdeel").click()
    expect(signed_in.get_by_role("button", name="Beschikbaarheid: Even weg")).to_be_visible()
    assert console_server.console.routing.said == [{"status": "away", "reassign": True}]


def test_an_offer_is_accepted_and_opens(signed_in: Page, console_server: ConsoleServer) -> None:
    console_server.script(lambda console: console.routing.offer(sample.WAITING))
    offers = signed_in.get_by_role("region", name=OFFERED)
    expect(offers).to_contain_text("Lekkende kraan")
    expect(offers).to_contain_text("Nog ")
    offers.get_by_role("button", name="Neem aan").click()
    expect(signed_in.locator(".state")).to_have_text("Bij u")
    expect(offers).to_have_count(0)


def test_an_offer_that_is_declined_is_gone(signed_in: Page, console_server: ConsoleServer) -> None:
    console_server.script(lambda console: console.routing.offer(sample.WAITING))
    offers = signed_in.get_by_role("region", name=OFFERED)
    offers.get_by_role("button", name="Niet nu").click()
    expect(offers).to_have_count(0)
    assert console_server.console.routing.declined == [f"offer-{sample.WAITING}"]


def test_an_offer_that_lapses_disappears_by_itself(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    console_server.script(lambda console: console.routing.offer(sample.WAITING, seconds=3))
    offers = signed_in.get_by_role("region", name=OFFERED)
    expect(offers).to_have_count(1)
    expect(offers).to_have_count(0)


def test_a_conversation_goes_to_a_colleague_with_a_note(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    signed_in.get_by_role("button", name="Geef terug").click()
    signed_in.get_by_role("menuitem", name="Fatma Yilmaz").click()
    signed_in.get_by_label("Notitie voor uw collega").fill("Belt liever niet.")
    signed_in.get_by_role("button", name="Geef door").click()
    expect(signed_in.locator(".state")).to_have_text("In de wachtrij")
    (sent,) = console_server.console.routing.transfers
    assert sent == {"agent": "a2", "note": "Belt liever niet.", "term": 3}
