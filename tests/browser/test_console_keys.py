"""Everything works with the keyboard alone, and single letters can be switched off."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import console_samples as sample
from tests.browser.console_server import ConsoleServer
from tests.browser.console_steps import open_mine
from tests.browser.fake_console_state import PASSWORD

pytest_plugins = ["tests.browser.console_fixtures"]
pytestmark = pytest.mark.browser

REPLY = "Antwoord aan de huurder"


def test_a_whole_conversation_is_handled_without_a_mouse(
    desk: Page, console_server: ConsoleServer
) -> None:
    console_server.script(sample.waiting)
    keys = desk.keyboard
    expect(desk.get_by_label("Gebruikersnaam")).to_be_focused()
    keys.type("sanne")
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    desk.locator(".card").wait_for()
    keys.press("F6")
    expect(desk.locator("[data-region=list]")).to_be_focused()
    keys.press("Tab")
    expect(desk.get_by_label("Zoek in alle gesprekken")).to_be_focused()
    for _ in ("weergave", "filters", "tabs"):
        keys.press("Tab")
    expect(desk.get_by_role("tab", name="Wachten")).to_be_focused()
    keys.press("Tab")
    expect(desk.locator(".card")).to_be_focused()
    keys.press("Enter")
    expect(desk.locator("[data-region=conversation]")).to_be_focused()
    desk.locator(".message").first.wait_for()
    keys.press("t")
    expect(desk.get_by_label(REPLY)).to_be_focused()
    keys.type("Ik regel het.")
    keys.press("Enter")
    expect(desk.locator(".message", has_text="Ik regel het.")).to_have_count(1)
    keys.press("Escape")
    expect(desk.locator("[data-region=conversation]")).to_be_focused()
    reach(desk, "Sluit")
    keys.press("Enter")
    expect(desk.get_by_role("alertdialog")).to_be_visible()
    reach(desk, "Gesprek sluiten")
    keys.press("Enter")
    expect(desk.locator(".state")).to_have_text("Gesloten")
    assert console_server.console.texts(sample.WAITING)[-1] == "Ik regel het."


def reach(page: Page, name: str) -> None:
    """Tabs on until the button has the focus; a trap or a gap fails the test."""
    goal = page.get_by_role("button", name=name, exact=True)
    for _ in range(25):
        if goal.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{name} is out of reach of the Tab key")


def test_arrow_keys_walk_over_the_list(signed_in: Page) -> None:
    cards = signed_in.locator(".card")
    cards.first.focus()
    signed_in.keyboard.press("ArrowDown")
    expect(cards.nth(1)).to_be_focused()
    signed_in.keyboard.press("Home")
    expect(cards.first).to_be_focused()


def test_j_and_k_open_the_next_and_the_previous_conversation(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    signed_in.keyboard.press("j")
    expect(signed_in).to_have_url(f"{console_server.url}conversations/{sample.URGENT}")
    signed_in.keyboard.press("j")
    expect(signed_in).to_have_url(f"{console_server.url}conversations/{sample.WAITING}")
    signed_in.keyboard.press("k")
    expect(signed_in).to_have_url(f"{console_server.url}conversations/{sample.URGENT}")


def test_letters_in_a_text_field_stay_letters(signed_in: Page) -> None:
    open_mine(signed_in)
    signed_in.get_by_label(REPLY).press_sequentially("jnt?")
    expect(signed_in.get_by_label(REPLY)).to_have_value("jnt?")
    expect(signed_in.get_by_role("dialog")).to_have_count(0)


def test_n_and_r_choose_between_note_and_reply(signed_in: Page) -> None:
    open_mine(signed_in)
    signed_in.locator(".view-head").click()
    signed_in.keyboard.press("n")
    expect(signed_in.get_by_label("Notitie voor collega’s")).to_be_focused()
    signed_in.keyboard.press("Escape")
    signed_in.keyboard.press("r")
    expect(signed_in.get_by_label(REPLY)).to_be_focused()


def test_single_letters_can_be_switched_off_for_good(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    signed_in.keyboard.press("?")
    dialog = signed_in.get_by_role("dialog", name="Sneltoetsen")
    dialog.get_by_role("switch").click()
    signed_in.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    signed_in.keyboard.press("j")
    signed_in.reload()
    signed_in.locator(".card").first.wait_for()
    signed_in.keyboard.press("j")
    signed_in.keyboard.press("?")
    expect(dialog).to_have_count(0)
    expect(signed_in).to_have_url(console_server.url)


def test_f6_walks_over_list_conversation_and_dossier(signed_in: Page) -> None:
    open_mine(signed_in)
    signed_in.locator("[data-region=list]").focus()
    for region in ("conversation", "dossier", "list"):
        signed_in.keyboard.press("F6")
        expect(signed_in.locator(f"[data-region={region}]")).to_be_focused()
