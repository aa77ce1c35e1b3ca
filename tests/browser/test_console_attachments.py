"""Staff add a photo or PDF to their answer: seen first, taken out again, kept, sent, not lost."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from handoff.media import samples
from tests.browser import console_samples as sample
from tests.browser.console_server import ConsoleServer
from tests.browser.console_steps import open_mine, sign_in
from tests.browser.test_console_axe import check_sizes
from tests.browser.test_console_way import OTHER, know, ways

pytest_plugins = ["tests.browser.console_fixtures"]
pytestmark = pytest.mark.browser

PHOTO = {"name": "kraan.jpg", "mimeType": "image/jpeg", "buffer": samples.photo(320, 240)}
PDF = {"name": "Brief.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}


def field(page: Page) -> Locator:
    return page.get_by_label("Antwoord aan de huurder")


def tray(page: Page) -> Locator:
    return page.get_by_role("list", name="Gaat mee met uw antwoord")


def add(page: Page, *files: Any) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Bestand toevoegen").press("Enter")
    chooser.value.set_files(list(files))


def test_files_are_seen_taken_out_and_sent_with_the_words(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    add(signed_in, PHOTO, PDF)
    expect(tray(signed_in).get_by_role("listitem")).to_have_count(2)
    expect(tray(signed_in).get_by_role("img", name="Klaargezette foto kraan.jpg")).to_be_visible()
    add(signed_in, {**PDF, "name": "Verkeerd.pdf"})
    signed_in.get_by_role("button", name="Weghalen: Verkeerd.pdf").press("Enter")
    expect(tray(signed_in).get_by_role("listitem")).to_have_count(2)
    field(signed_in).fill("Zie de foto en de brief.")
    field(signed_in).press("Enter")
    expect(tray(signed_in)).to_have_count(0)
    expect(field(signed_in)).to_have_value("")
    said = console_server.script(lambda console: console.texts(sample.MINE))
    assert said[-3:] == ["Zie de foto en de brief.", "Foto", "Document: Brief.pdf"]
    expect(signed_in.get_by_role("button", name="Foto van ons, groot openen")).to_be_visible()
    sent = signed_in.locator(".message", has_text="Document: Brief.pdf")
    expect(sent.get_by_role("link", name="pdf downloaden")).to_be_visible()
    expect(sent).not_to_contain_text("niet nagekeken")


def test_a_file_alone_can_be_sent_and_is_kept_until_then(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    send = signed_in.get_by_role("button", name="Verstuur", exact=True)
    expect(send).to_be_disabled()
    add(signed_in, PDF)
    expect(tray(signed_in)).to_contain_text("Brief.pdf")
    signed_in.reload()
    expect(tray(signed_in)).to_contain_text("Brief.pdf")
    send.click()
    expect(tray(signed_in)).to_have_count(0)
    assert console_server.script(lambda c: c.texts(sample.MINE))[-1] == "Document: Brief.pdf"


def test_what_could_not_be_added_or_sent_says_why_and_loses_nothing(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    console_server.console.attachments.refuse_next = "Dit bestand is beschadigd."
    add(signed_in, PDF)
    expect(signed_in.locator(".tray [role=alert]")).to_have_text("Dit bestand is beschadigd.")
    add(signed_in, PDF)
    field(signed_in).fill("Zie de brief.")
    console_server.console.lose_next_answer = True
    field(signed_in).press("Enter")
    expect(signed_in.locator(".tray [role=alert]")).to_be_visible()
    expect(field(signed_in)).to_have_value("Zie de brief.")
    expect(tray(signed_in)).to_contain_text("Brief.pdf")
    field(signed_in).press("Enter")
    expect(tray(signed_in)).to_have_count(0)
    said = console_server.script(lambda console: console.texts(sample.MINE))
    assert said.count("Zie de brief.") == 1


def test_where_no_file_can_go_the_button_says_so(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    why = "Op dit kanaal kunt u geen bestanden sturen."
    console_server.console.attachments.why_not = why
    open_mine(signed_in)
    button = signed_in.get_by_role("button", name="Bestand toevoegen")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_attribute("title", why)


def test_files_go_along_by_another_channel(signed_in: Page, console_server: ConsoleServer) -> None:
    console_server.script(know)
    open_mine(signed_in)
    add(signed_in, PDF)
    expect(tray(signed_in)).to_contain_text("Brief.pdf")
    field(signed_in).fill("Zie de brief.")
    ways(signed_in).select_option(OTHER)
    signed_in.get_by_label("Waarom via sms?").select_option("de huurder vraagt hierom")
    signed_in.get_by_role("button", name="Stuur via sms").click()
    expect(tray(signed_in)).to_have_count(0)
    said = console_server.script(lambda console: console.texts(OTHER))
    assert said[-2:] == ["Zie de brief.", "Document: Brief.pdf"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_tray_has_no_finding_and_fits_a_phone(
    desk: Page, console_server: ConsoleServer, scheme: Any
) -> None:
    desk.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    console_server.script(sample.fill)
    sign_in(desk)
    desk.locator(".card").first.wait_for()
    open_mine(desk)
    add(desk, PHOTO, PDF)
    expect(tray(desk).get_by_role("listitem")).to_have_count(2)
    console_server.console.attachments.refuse_next = "Dit bestand is beschadigd."
    add(desk, PDF)
    expect(desk.locator(".tray [role=alert]")).to_be_visible()
    check_sizes(desk)
