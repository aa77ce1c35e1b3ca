"""Faults of buildings and requests that wait for the back office, in Debian's Chromium."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import console_samples as sample
from tests.browser.console_server import ConsoleServer
from tests.browser.console_steps import open_mine, sign_in
from tests.browser.fake_office import FakeOffice, kept
from tests.browser.test_console_axe import check_sizes

pytest_plugins = ["tests.browser.console_fixtures"]
pytestmark = pytest.mark.browser
KRAAN = "kraan, keuken: lekt"
HERE = "Wacht op het systeem"


@pytest.fixture
def office(console_server: ConsoleServer) -> FakeOffice:
    office = console_server.console.office
    office.fill(sample.MINE, sample.COLLEAGUE)
    return office


def open_page(page: Page, server: ConsoleServer) -> None:
    server.script(sample.fill)
    sign_in(page)
    page.locator(".card").first.wait_for()
    page.goto(f"{server.url}storingen")
    page.get_by_role("heading", name="Mogelijke storingen").wait_for()


def box(page: Page, title: str) -> Locator:
    return page.locator("section", has=page.get_by_role("heading", name=title))


def waits(page: Page) -> Locator:
    return page.get_by_role("region", name=HERE)


def test_staff_confirm_what_several_homes_report(
    desk: Page, console_server: ConsoleServer, office: FakeOffice
) -> None:
    open_page(desk, console_server)
    likely = box(desk, "Mogelijke storingen")
    expect(likely).to_contain_text("Gemeld door 3 woningen")
    likely.get_by_role("button", name="Bevestig storing").click()
    words = likely.get_by_label("Wat huurders lezen")
    expect(words).to_have_value("De storing aan de ingang is bekend. Wij werken eraan.")
    words.fill("De ingang klemt. De monteur komt vandaag.")
    likely.get_by_role("button", name="Zet klaar voor huurders").click()
    expect(box(desk, "Bekende storingen")).to_contain_text("De ingang klemt.")
    expect(likely).to_contain_text("Geen meldingen die op elkaar lijken.")
    (what, body), *_ = office.asked
    assert what == "confirm"
    assert (body["location"], body["words"]) == ("ENT", "De ingang klemt. De monteur komt vandaag.")
    assert body["expected_end"] is None


def test_a_fault_is_ended_only_after_a_second_press(
    desk: Page, console_server: ConsoleServer, office: FakeOffice
) -> None:
    open_page(desk, console_server)
    known = box(desk, "Bekende storingen")
    known.get_by_role("button", name="Opgelost", exact=True).click()
    expect(known).to_contain_text("Wie dit meldde, krijgt bericht")
    assert office.asked == []
    known.get_by_role("button", name="Ja, opgelost").click()
    expect(desk.get_by_role("status").first).to_contain_text("3 melders krijgen bericht")
    assert office.asked == [("end", "f1")]


def test_the_page_by_keyboard_alone(
    desk: Page, console_server: ConsoleServer, office: FakeOffice
) -> None:
    open_page(desk, console_server)
    likely = box(desk, "Mogelijke storingen")
    likely.get_by_role("button", name="Bevestig storing").focus()
    desk.keyboard.press("Enter")
    expect(likely.get_by_label("Wat huurders lezen")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(likely.get_by_role("button", name="Bevestig storing")).to_be_focused()
    row = desk.get_by_role("listitem").filter(has_text=KRAAN)
    row.get_by_role("button", name="Zelf gedaan").focus()
    desk.keyboard.press("Enter")
    expect(row.get_by_label("Nummer in het systeem")).to_be_focused()
    desk.keyboard.type("R9001")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("listitem").filter(has_text=KRAAN)).to_have_count(0)
    assert office.asked == [("done", {"state": "done", "number": "R9001"})]


def test_the_page_follows_what_happens_elsewhere(
    desk: Page, console_server: ConsoleServer, office: FakeOffice
) -> None:
    open_page(desk, console_server)
    expect(desk.get_by_role("listitem").filter(has_text=KRAAN)).to_be_visible()
    likely = box(desk, "Mogelijke storingen")
    likely.get_by_role("button", name="Bevestig storing").click()
    likely.get_by_label("Wat huurders lezen").fill("Nog niet af")
    office.kept.append(kept("k3", sample.MINE, "deur, hal: klemt"))
    console_server.script(lambda console: console.hint(sample.MINE))
    expect(desk.get_by_role("listitem").filter(has_text="deur, hal")).to_be_visible(timeout=15_000)
    expect(likely.get_by_label("Wat huurders lezen")).to_have_value("Nog niet af")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page(
    desk: Page, console_server: ConsoleServer, office: FakeOffice, scheme: str
) -> None:
    desk.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    open_page(desk, console_server)
    check_sizes(desk)
    for name in ("Bevestig storing", "Wijzig", "Voeg een storing toe"):
        desk.get_by_role("button", name=name).first.click()
        desk.get_by_label("Wat huurders lezen").first.wait_for()
        check_sizes(desk)
        desk.get_by_role("button", name="Annuleer").click()
    desk.get_by_role("listitem").filter(has_text=KRAAN).get_by_role(
        "button", name="Zelf gedaan"
    ).click()
    check_sizes(desk)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_waits_stands_in_the_conversation_itself(
    signed_in: Page, office: FakeOffice, scheme: str
) -> None:
    signed_in.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    open_mine(signed_in)
    expect(waits(signed_in)).to_contain_text(KRAAN)
    expect(waits(signed_in)).not_to_contain_text("schoonmaak")  # of another conversation
    check_sizes(signed_in)
    waits(signed_in).get_by_role("button", name="Probeer nu").click()
    expect(waits(signed_in)).to_contain_text("4 keer geprobeerd")
    waits(signed_in).get_by_role("button", name="Zelf gedaan").click()
    waits(signed_in).get_by_label("Nummer in het systeem").fill("R9001")
    check_sizes(signed_in)
    waits(signed_in).get_by_role("button", name="Leg vast").click()
    expect(waits(signed_in)).to_have_count(0)
    assert [what for what, _ in office.asked] == ["try", "done"]


def test_what_is_kept_while_the_conversation_is_open_appears_by_itself(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    expect(waits(signed_in)).to_have_count(0)
    office = console_server.console.office
    office.kept.append(kept("k1", sample.MINE, KRAAN))
    console_server.script(lambda console: console.put(sample.MINE, "bot", "Ik bewaar uw melding."))
    expect(waits(signed_in)).to_contain_text("3 keer geprobeerd")
    office.kept[0]["attempts"] = 5
    console_server.script(lambda console: console.hint(sample.MINE))
    expect(waits(signed_in)).to_contain_text("5 keer geprobeerd")


def test_somebody_else_was_first(signed_in: Page, office: FakeOffice) -> None:
    office.gone = True
    open_mine(signed_in)
    waits(signed_in).get_by_role("button", name="Probeer nu").click()
    expect(waits(signed_in).get_by_role("alert")).to_contain_text("was u voor")
