"""Staff write on the true product: drafts that survive, "::", plain Dutch, a macro, a mention."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.running_product import LOGIN, PASSWORD, RunningProduct

pytestmark = pytest.mark.browser
PATIENCE = 15_000


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProduct]:
    running = RunningProduct(tmp_path_factory.mktemp("product"))
    running.start()
    yield running
    assert running.end(signal.SIGTERM) in (0, -signal.SIGTERM)


@pytest.fixture
def talk(product: RunningProduct) -> str:
    """A conversation of a tenant who asked for a person."""
    with httpx.Client(base_url=product.url) as client:
        opened = client.post("/chat/conversations").json()
        id, token = opened["conversation_id"], opened["token"]
        client.post(
            f"/chat/conversations/{id}/messages",
            json={"client_msg_id": uuid4().hex, "text": "ik wil een medewerker"},
            headers={"Authorization": f"Bearer {token}"},
        ).raise_for_status()
    return str(id)


def screen(chromium: Browser, product: RunningProduct, talk: str, login: str = LOGIN) -> Page:
    """A computer of its own with the conversation open."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{product.url}/console/conversations/{talk}")
    page.locator("input[autocomplete=username]").fill(login)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".composer-field")).to_be_visible(timeout=PATIENCE)
    return page


@pytest.fixture
def desk(chromium: Browser, product: RunningProduct, talk: str) -> Iterator[Page]:
    page = screen(chromium, product, talk)
    page.get_by_role("button", name="Neem over").click()
    expect(reply(page)).to_be_editable(timeout=PATIENCE)
    yield page
    page.context.close()


def reply(page: Page) -> Locator:
    return page.get_by_label("Antwoord aan de huurder")


def saved(page: Page, act: str) -> None:
    """Type, and wait until the server has it."""
    with page.expect_response(lambda r: r.url.endswith("/draft") and r.request.method == "PUT"):
        reply(page).press_sequentially(act)


def test_a_half_typed_reply_is_there_after_a_reload_and_on_another_computer(
    chromium: Browser, product: RunningProduct, talk: str, desk: Page
) -> None:
    saved(desk, "Goedemiddag, ik kijk")
    desk.evaluate("localStorage.clear()")
    desk.reload()
    expect(reply(desk)).to_have_value("Goedemiddag, ik kijk", timeout=PATIENCE)

    other = screen(chromium, product, talk)
    expect(reply(other)).to_have_value("Goedemiddag, ik kijk", timeout=PATIENCE)
    other.evaluate("document.activeElement.blur()")
    saved(desk, " even mee.")
    expect(reply(other)).to_have_value(re.compile("even mee"), timeout=PATIENCE)

    reply(desk).press("Enter")
    expect(reply(desk)).to_have_value("")
    expect(reply(other)).to_have_value("", timeout=PATIENCE)
    expect(other.get_by_role("region", name="Gesprek")).to_contain_text("even mee.")
    other.context.close()


def test_two_colons_open_the_list_and_an_open_place_is_not_sent(desk: Page) -> None:
    reply(desk).press_sequentially("Dag. ::")
    search = desk.get_by_role("combobox", name="Zoek een antwoord")
    expect(search).to_be_focused()
    search.press_sequentially("monteur")
    expect(desk.get_by_role("listbox").get_by_role("option").first).to_contain_text(
        "Afspraak met monteur"
    )
    search.press("Enter")
    expect(reply(desk)).to_have_value(re.compile(r"^Dag\. De monteur komt \{visit_day\} bij u"))
    expect(reply(desk)).to_be_focused()
    reply(desk).press("Enter")
    expect(desk.get_by_role("alert").filter(has_text="Vul eerst in")).to_contain_text("visit_day")
    desk.keyboard.type("morgen")
    expect(reply(desk)).to_have_value(re.compile("komt morgen bij u"))
    reply(desk).press("Enter")
    expect(reply(desk)).to_have_value("")


def test_a_hard_word_is_replaced_with_a_click(desk: Page) -> None:
    reply(desk).fill("Wij komen thans bij u langs.")
    desk.get_by_role("button", name="Vervang thans door nu").click()
    expect(reply(desk)).to_have_value("Wij komen nu bij u langs.")
    expect(desk.get_by_role("group", name="Taal van uw antwoord")).to_have_text("B1")


def test_a_macro_says_what_it_will_do_and_does_it(desk: Page) -> None:
    desk.get_by_role("button", name="Standaardantwoorden").click()
    desk.get_by_role("combobox", name="Zoek een antwoord").press_sequentially("naar reparaties")
    expect(desk.get_by_role("option", name="Naar Reparaties")).to_be_visible(timeout=PATIENCE)
    desk.get_by_role("combobox", name="Zoek een antwoord").press("Enter")
    expect(desk.locator(".macro-ready")).to_contain_text("wachtrij Reparaties")
    desk.get_by_role("button", name="Verstuur en voer uit").click()
    desk.get_by_role("button", name="Ongedaan maken").click()
    expect(reply(desk)).to_be_editable(timeout=PATIENCE)


def test_a_colleague_named_in_a_note_is_told(
    chromium: Browser, product: RunningProduct, talk: str, desk: Page
) -> None:
    joost = screen(chromium, product, talk, f"{LOGIN}2")
    joost.goto(f"{product.url}/console/")
    button = joost.get_by_role("button", name="Genoemd")
    expect(button).to_have_accessible_name("Genoemd")
    desk.get_by_role("radio", name="Notitie").check()
    note = desk.get_by_label("Notitie voor collega")
    note.press_sequentially("@")
    desk.get_by_role("option", name="Joost").click()
    expect(note).to_have_value("@Joost ")
    note.press_sequentially("kijk jij mee?")
    note.press("Enter")
    expect(button).to_have_accessible_name("Genoemd, 1 nieuw", timeout=PATIENCE)
    button.click()
    joost.get_by_role("menuitem").filter(has_text="kijk jij mee?").click()
    expect(joost).to_have_url(re.compile(talk))
    expect(button).to_have_accessible_name("Genoemd", timeout=PATIENCE)
    joost.context.close()
