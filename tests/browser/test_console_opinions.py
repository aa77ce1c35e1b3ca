"""The page with complaints, compliments and low scores in a browser; read by axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.console_server import ConsoleServer
from tests.browser.test_console_staff import assert_fits

pytest_plugins = ["tests.browser.console_fixtures"]
pytestmark = pytest.mark.browser
COMPLAINT = {
    "conversation": "c1", "asked_at": "2026-11-23T09:00:00Z", "score": 1, "low": True,
    "words": "Niemand belde mij terug. Dat was wel beloofd.", "flag": "complaint",
    "reference": "TB-234567", "channel_label": "WhatsApp", "queue_label": "Reparaties",
    "topic_title": "Reparatie melden", "readable": True,
}  # fmt: skip
COMPLIMENT = COMPLAINT | {
    "conversation": "c2", "score": 5, "low": False, "flag": "compliment", "words": "",
    "reference": "DEMO-00001", "readable": False, "topic_title": None,
}  # fmt: skip


def test_a_lead_reads_what_tenants_said_and_opens_the_conversation(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    found = {"opinions": [COMPLAINT, COMPLIMENT]}
    signed_in.route("**/console/api/opinions/flagged", lambda route: route.fulfill(json=found))
    signed_in.goto(f"{console_server.url}meningen")
    expect(signed_in.get_by_text("Niemand belde mij terug.")).to_be_visible()
    expect(signed_in.get_by_text("2 meningen")).to_be_visible()
    link = signed_in.get_by_role("link", name="Open het gesprek TB-234567")
    expect(link).to_have_attribute("href", "/console/conversations/c1")
    expect(signed_in.get_by_role("link", name="Open het gesprek DEMO-00001")).to_have_count(0)
    assert_fits(signed_in)
    signed_in.get_by_label("Toon").select_option("compliment")
    expect(signed_in.get_by_text("1 mening", exact=True)).to_be_visible()
    expect(signed_in.get_by_text("Niemand belde mij terug.")).to_have_count(0)


def test_a_lead_whose_line_is_gone_may_try_again(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    signed_in.route("**/console/api/opinions/flagged", lambda route: route.fulfill(status=503))
    signed_in.goto(f"{console_server.url}meningen")
    expect(signed_in.get_by_text("De meningen komen niet door.")).to_be_visible()
    found: dict[str, list[object]] = {"opinions": []}
    signed_in.unroute("**/console/api/opinions/flagged")
    signed_in.route("**/console/api/opinions/flagged", lambda route: route.fulfill(json=found))
    signed_in.get_by_role("button", name="Probeer opnieuw").click()
    expect(signed_in.get_by_text("Er is niets om te tonen.")).to_be_visible()
