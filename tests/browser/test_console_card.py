"""The tenant card beside a conversation: found, linked, read part by part, and asked things of."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.console_server import ConsoleServer
from tests.browser.console_steps import open_mine
from tests.browser.test_console_axe import check_sizes

pytest_plugins = ["tests.browser.console_fixtures"]
pytestmark = pytest.mark.browser


def card_of(page: Page, server: ConsoleServer, *, linked: bool = True, down: str = "") -> Locator:
    card = server.console.card
    card.connected, card.linked, card.down = True, linked, {down}
    open_mine(page)
    return page.get_by_role("region", name="Huurder", exact=True)


def section(card: Locator, name: str) -> Locator:
    return card.get_by_role("button", name=name, exact=True)


def test_without_a_back_office_the_card_says_so(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    card = card_of(signed_in, console_server)
    console_server.console.card.connected = False
    signed_in.reload()
    expect(card).to_contain_text("geen systeem met huurgegevens")


def test_staff_find_a_tenant_link_and_undo(signed_in: Page, console_server: ConsoleServer) -> None:
    card = card_of(signed_in, console_server, linked=False)
    expect(card).to_contain_text("nog niet bekend over wie")
    card.get_by_label("Postcode").fill("1234")
    card.get_by_label("Huisnummer").fill("12")
    card.get_by_role("button", name="Zoek").click()
    expect(card.get_by_role("alert")).to_contain_text("1234 AB")
    card.get_by_label("Postcode").fill("1234 ab")
    card.get_by_label("Postcode").press("Enter")
    card.get_by_role("button", name="Koppel mevrouw A. de Vries").click()
    expect(card).to_contain_text("Lindelaan 12")
    expect(card).to_contain_text("De huurder bewees niets")
    check_sizes(signed_in)
    card.get_by_role("button", name="Ontkoppel").click()
    expect(card).to_contain_text("nog niet bekend over wie")


def test_money_is_read_only_when_somebody_opens_it(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    card = card_of(signed_in, console_server)
    expect(card).to_contain_text("Lindelaan 12")
    assert "account" not in console_server.console.card.read
    section(card, "Saldo").click()
    expect(card).to_contain_text("648,15 te betalen")


def test_a_part_that_is_down_never_looks_empty_and_is_tried_again(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    card = card_of(signed_in, console_server, down="repairs")
    expect(card).to_contain_text("Nu niet beschikbaar")
    expect(card).not_to_contain_text("Geen reparaties")
    expect(card).to_contain_text("Lindelaan 12")
    check_sizes(signed_in)
    console_server.console.card.down = set()
    card.get_by_role("button", name="Probeer opnieuw: Reparaties").click()
    expect(card).to_contain_text("Geen reparaties")


def test_a_repair_that_was_not_done_keeps_its_words_and_then_is_done_once(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    card = card_of(signed_in, console_server, down="do")
    card.get_by_role("button", name="Reparatie melden").click()
    dialog = signed_in.get_by_role("dialog")
    dialog.get_by_label("Wat is er aan de hand").fill("Kraan spuit")
    dialog.get_by_role("button", name="Leg vast").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Wat u typte, staat er nog")
    expect(dialog.get_by_label("Wat is er aan de hand")).to_have_value("Kraan spuit")
    check_sizes(signed_in)
    console_server.console.card.down = set()
    dialog.get_by_role("button", name="Leg vast").click()
    expect(card).to_contain_text("nummer R4702")
    first, second = (body["client_id"] for _, body in console_server.console.card.asked)
    assert first == second
    card.get_by_role("button", name="Zet in antwoord").click()
    expect(signed_in.locator(".composer textarea")).to_have_value(
        "Uw reparatie is gemeld. Het nummer is R4702."
    )


def test_what_cannot_be_done_now_is_kept_when_staff_want_it(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    card = card_of(signed_in, console_server, down="do")
    card.get_by_role("button", name="Reparatie melden").click()
    dialog = signed_in.get_by_role("dialog")
    dialog.get_by_role("button", name="Leg vast").click()
    dialog.get_by_role("button", name="Doe het later").click()
    expect(card).to_contain_text("Zodra het systeem weer werkt")
    first, second = (body["client_id"] for _, body in console_server.console.card.asked)
    assert first == second


def test_closing_offers_a_contact_moment_when_it_is_known_whom_it_is_about(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    card = card_of(signed_in, console_server)
    expect(card).to_contain_text("Lindelaan 12")
    signed_in.get_by_role("button", name="Sluit", exact=False).first.click()
    dialog = signed_in.get_by_role("alertdialog")
    expect(dialog.get_by_label("Leg een contactmoment vast")).to_be_checked()
    check_sizes(signed_in)


def test_warnings_are_not_offered_to_an_agent(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    card = card_of(signed_in, console_server)
    expect(card).to_contain_text("Lindelaan 12")
    expect(section(card, "Signaleringen")).to_have_count(0)
