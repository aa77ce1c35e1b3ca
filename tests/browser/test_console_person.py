"""One tenant on several channels: staff confirm it, undo it, and answer where it arrives."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import console_samples as sample
from tests.browser.console_server import ConsoleServer
from tests.browser.console_steps import open_mine
from tests.browser.fake_console import FakeConsole
from tests.browser.fake_console_state import ago

pytest_plugins = ["tests.browser.console_fixtures"]
pytestmark = pytest.mark.browser

OTHER = sample.ASSISTANT


def address(channel: str, label: str, conversation: str, here: bool = False) -> dict[str, object]:
    return {
        "channel": channel,
        "channel_label": label,
        "address": "+31612345678",
        "conversation": conversation,
        "reference": conversation,
        "here": here,
        "can_send": not here,
    }


def know(console: FakeConsole) -> None:
    """The tenant of the conversation that is mine may also be the one who sends SMS."""
    console.persons[sample.MINE] = {
        "joined": [address("whatsapp", "WhatsApp", sample.MINE, here=True)],
        "proposals": [address("sms", "Sms", OTHER)],
        "earlier": [],
    }
    failed = {"state": "failed", "reason": "blocked", "attempt": 1, "may_resend": False}
    console.put(
        sample.MINE,
        "agent",
        "De monteur komt morgen.",
        name="Sanne de Wit",
        delivery={**failed, "message": "m-1", "changed_at": ago(minutes=1)},
    )


def test_a_proposal_is_joined_undone_and_answered_by(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    console_server.script(know)
    open_mine(signed_in)
    dossier = signed_in.get_by_role("region", name="Dossier")
    expect(dossier).to_contain_text("Misschien dezelfde huurder")
    send = signed_in.get_by_role("button", name="Stuur via sms")
    expect(send).to_have_count(0)

    dossier.get_by_role("button", name="Koppelen: Sms: +31612345678").click()
    expect(dossier).to_contain_text("Bereikbaar via")
    expect(dossier).not_to_contain_text("Misschien dezelfde huurder")
    dossier.get_by_role("button", name="Ontkoppelen: Sms: +31612345678").click()
    expect(dossier).to_contain_text("Misschien dezelfde huurder")
    dossier.get_by_role("button", name="Koppelen: Sms: +31612345678").click()

    send.click()
    expect(signed_in.get_by_text("Verstuurd via sms.")).to_be_visible()
    expect(send).to_have_count(0)
    said = console_server.script(lambda console: list(console.messages[OTHER]))
    assert [one["text"] for one in said].count("De monteur komt morgen.") == 1


def test_earlier_conversations_are_one_click_away(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    def remember(console: FakeConsole) -> None:
        earlier = {
            "id": OTHER,
            "reference": OTHER,
            "channel": "sms",
            "channel_label": "Sms",
            "state": "bot",
            "topic_title": "Openingstijden",
            "opened_at": ago(minutes=90),
            "changed_at": ago(minutes=60),
        }
        console.persons[sample.MINE] = {"joined": [], "proposals": [], "earlier": [earlier]}

    console_server.script(remember)
    open_mine(signed_in)
    dossier = signed_in.get_by_role("region", name="Dossier")
    expect(dossier).to_contain_text("Andere gesprekken")
    dossier.get_by_role("link", name="Openingstijden").click()
    expect(signed_in.locator(".view-head h2")).to_contain_text("Openingstijden")


def test_a_message_that_the_tenant_changed_says_so(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    console_server.script(
        lambda console: console.put(sample.MINE, "tenant", "toch de badkamer", edited=True)
    )
    open_mine(signed_in)
    expect(signed_in.locator(".message", has_text="toch de badkamer")).to_contain_text("aangepast")
