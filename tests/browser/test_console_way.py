"""Staff choose in the text box by which of the tenant's channels an answer goes, and say why."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import console_samples as sample
from tests.browser.console_server import ConsoleServer
from tests.browser.console_steps import open_mine, sign_in
from tests.browser.fake_console import FakeConsole
from tests.browser.fake_console_state import ago
from tests.browser.test_console_axe import check_sizes

pytest_plugins = ["tests.browser.console_fixtures"]
pytestmark = pytest.mark.browser

OTHER = sample.ASSISTANT
WORDS = "De monteur komt morgen."


def address(channel: str, label: str, conversation: str, **more: Any) -> dict[str, Any]:
    known = {"channel": channel, "channel_label": label, "conversation": conversation}
    known |= {"address": "+31612345678", "reference": conversation, "here": False}
    return known | {"can_send": True, "window_closes_at": None} | more


def know(console: FakeConsole, minutes_left: int = 300) -> None:
    closes = ago(minutes=-minutes_left)
    console.change(sample.MINE, channel="whatsapp", window_closes_at=closes)
    here = address(
        "whatsapp", "WhatsApp", sample.MINE, here=True, can_send=False, window_closes_at=closes
    )
    joined = [here, address("sms", "Sms", OTHER)]
    console.persons[sample.MINE] = {"joined": joined, "proposals": [], "earlier": []}


def ways(page: Page) -> Locator:
    return page.get_by_label("Versturen via")


def field(page: Page) -> Locator:
    return page.get_by_label("Antwoord aan de huurder")


def said(server: ConsoleServer, where: str, kind: str = "text") -> list[str]:
    return server.script(lambda console: console.texts(where, kind))


def test_an_answer_goes_by_the_channel_of_the_tenant_unless_another_is_chosen(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    console_server.script(know)
    open_mine(signed_in)
    expect(ways(signed_in).locator("option:checked")).to_have_text("WhatsApp (dit gesprek)")
    field(signed_in).fill(WORDS)
    signed_in.get_by_role("button", name="Verstuur", exact=True).click()
    expect(field(signed_in)).to_have_value("")
    expect(signed_in.locator(".message", has_text=WORDS)).to_be_visible()
    assert WORDS not in said(console_server, OTHER)


def test_who_knows_no_other_channel_is_not_asked(signed_in: Page) -> None:
    open_mine(signed_in)
    expect(field(signed_in)).to_be_editable()
    expect(ways(signed_in)).to_have_count(0)


def test_by_keys_alone_another_channel_is_chosen_with_a_reason_and_it_goes_there(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    console_server.script(know)
    open_mine(signed_in)
    field(signed_in).fill(WORDS)
    ways(signed_in).focus()
    signed_in.keyboard.press("ArrowDown")
    expect(signed_in.get_by_role("button", name="Stuur via sms")).to_be_visible()
    expect(signed_in.locator(".composer-sms")).to_contain_text("1 sms")
    field(signed_in).focus()
    signed_in.keyboard.press("Enter")
    why = signed_in.get_by_label("Waarom via sms?")
    expect(why).to_be_focused()
    expect(why).to_have_attribute("aria-invalid", "true")
    assert WORDS not in said(console_server, OTHER)
    why.select_option("Een andere reden")
    own = signed_in.get_by_label("Uw reden")
    expect(own).to_be_focused()
    signed_in.keyboard.type("zijn WhatsApp is stuk")
    signed_in.keyboard.press("Enter")
    expect(signed_in.get_by_text("Verstuurd via sms.")).to_be_visible()
    expect(field(signed_in)).to_have_value("")
    expect(ways(signed_in)).to_have_value("")
    assert said(console_server, OTHER).count(WORDS) == 1
    assert said(console_server, sample.MINE, "note")[-1] == "Reden: zijn WhatsApp is stuk."
    expect(signed_in.locator(".message", has_text="zijn WhatsApp is stuk")).to_be_visible()


def test_what_does_not_go_stays_with_its_channel_and_reason_and_goes_once(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    console_server.script(know)
    open_mine(signed_in)
    field(signed_in).fill(WORDS)
    ways(signed_in).select_option(OTHER)
    signed_in.get_by_label("Waarom via sms?").select_option("de huurder vraagt hierom")
    console_server.console.lose_next_answer = True
    send = signed_in.get_by_role("button", name="Stuur via sms")
    send.click()
    expect(signed_in.locator(".way [role=alert]")).to_be_visible()
    expect(field(signed_in)).to_have_value(WORDS)

    signed_in.reload()
    expect(field(signed_in)).to_have_value(WORDS)
    expect(ways(signed_in)).to_have_value(OTHER)
    expect(signed_in.get_by_label("Waarom via sms?")).to_have_value("asked")
    send.click()
    expect(field(signed_in)).to_have_value("")
    assert said(console_server, OTHER).count(WORDS) == 1


def test_a_channel_that_went_away_is_said_and_nothing_goes_by_another(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    console_server.script(know)
    open_mine(signed_in)
    field(signed_in).fill(WORDS)
    ways(signed_in).select_option(OTHER)

    def part(console: FakeConsole) -> None:
        console.persons[sample.MINE]["joined"] = console.persons[sample.MINE]["joined"][:1]

    console_server.script(part)
    signed_in.reload()
    expect(signed_in.get_by_text("Dat kanaal kan nu niet.")).to_be_visible()
    field(signed_in).press("Enter")
    expect(field(signed_in)).to_have_value(WORDS)
    assert WORDS not in said(console_server, sample.MINE)


def test_a_closed_window_suggests_where_the_answer_arrives_at_once(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    console_server.script(lambda console: know(console, minutes_left=-5))
    open_mine(signed_in)
    hint = signed_in.locator(".way-hint")
    expect(hint).to_contain_text("Vrij antwoorden via WhatsApp kan niet meer.")
    hint.get_by_role("button", name="Stuur via sms").click()
    expect(ways(signed_in)).to_have_value(OTHER)
    expect(signed_in.get_by_label("Waarom via sms?")).to_have_value("closed")
    expect(hint).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_choice_has_no_finding_and_fits_a_phone(
    desk: Page, console_server: ConsoleServer, scheme: Any
) -> None:
    desk.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    console_server.script(sample.fill)
    console_server.script(lambda console: know(console, minutes_left=-5))
    sign_in(desk)
    desk.locator(".card").first.wait_for()
    open_mine(desk)
    check_sizes(desk)
    ways(desk).select_option(OTHER)
    desk.get_by_label("Waarom via sms?").select_option("Een andere reden")
    field(desk).fill(WORDS)
    field(desk).press("Enter")
    check_sizes(desk)
