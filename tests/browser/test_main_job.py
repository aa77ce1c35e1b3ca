"""The main job in real browsers on the real product, Rasa included.

A tenant asks, is answered, asks for a person; a member of staff takes over, answers and hands
back; the assistant goes on. Two browsers, one product, nothing faked.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.running_product import LOGIN, PASSWORD, RunningProduct

pytestmark = pytest.mark.browser
PATIENCE = 15_000


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProduct]:
    running = RunningProduct(tmp_path_factory.mktemp("product"), bot="rasa")
    running.start(patience=120)
    yield running
    assert running.end(signal.SIGTERM) in (0, -signal.SIGTERM)


@pytest.fixture
def tenant(chromium: Browser, product: RunningProduct) -> Iterator[Page]:
    """A tenant's phone on the chat page."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{product.url}/chat")
    expect(page.get_by_role("log")).to_contain_text("digitale assistent", timeout=PATIENCE)
    yield page
    context.close()


def staff_page(chromium: Browser, product: RunningProduct, login: str = LOGIN) -> Page:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{product.url}/console/")
    page.locator("input[autocomplete=username]").fill(login)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab").first).to_be_visible(timeout=PATIENCE)
    return page


def say(tenant: Page, text: str) -> None:
    tenant.get_by_label("Uw bericht").fill(text)
    tenant.keyboard.press("Enter")


def last_bubble(tenant: Page, text: str) -> None:
    expect(tenant.get_by_role("log")).to_contain_text(text, timeout=PATIENCE)


def open_conversation(staff: Page, words: str) -> None:
    staff.locator(".card", has_text=words).first.click()


def test_from_question_to_person_and_back(
    chromium: Browser, tenant: Page, product: RunningProduct
) -> None:
    say(tenant, "wanneer moet ik de huur betalen?")
    last_bubble(tenant, "voor de 1e bij ons binnen")

    tenant.locator(".ask-person").click()
    last_bubble(tenant, "Ik verbind u door")

    staff = staff_page(chromium, product)
    open_conversation(staff, "Vraagt om een medewerker")
    expect(staff.locator("main")).to_contain_text("wanneer moet ik de huur betalen?")
    staff.get_by_role("button", name="Neem over").first.click()
    last_bubble(tenant, "Fatma, medewerker, neemt het gesprek over")
    expect(tenant.locator("thuisbalie-chat .status")).to_contain_text("Fatma")

    staff.locator("textarea").fill("Goedemorgen, waarmee kan ik helpen?")
    staff.keyboard.press("Enter")
    last_bubble(tenant, "Goedemorgen, waarmee kan ik helpen?")

    say(tenant, "wanneer moet ik de huur betalen?")
    expect(staff.locator("main").get_by_text("wanneer moet ik de huur betalen?")).to_have_count(2)

    staff.get_by_role("button", name="Geef terug").click()
    staff.get_by_role("menuitem", name=re.compile("assistent", re.I)).click()
    last_bubble(tenant, "U praat weer met de digitale assistent")
    say(tenant, "wat zijn de openingstijden?")
    last_bubble(tenant, "Lindeplein 1")
    staff.context.close()


def test_a_filled_form_is_in_front_of_who_takes_over(
    chromium: Browser, tenant: Page, product: RunningProduct
) -> None:
    tenant.get_by_role("button", name="Een reparatie melden").first.click()
    last_bubble(tenant, "ruimte")
    say(tenant, "de kraan in mijn keuken lekt")
    last_bubble(tenant, "Is er gevaar?")
    tenant.get_by_role("button", name="Nee", exact=True).click()
    last_bubble(tenant, "bereiken")
    say(tenant, "bel maar op 06 12345678")
    last_bubble(tenant, "Wanneer bent u thuis")
    say(tenant, "dinsdagmiddag")
    last_bubble(tenant, "Klopt dit?")
    tenant.get_by_role("button", name="Ja", exact=True).click()
    last_bubble(tenant, "Ik vraag eerst wie u bent")
    tenant.locator(".ask-person").click()
    last_bubble(tenant, "Ik verbind u door")

    staff = staff_page(chromium, product)
    open_conversation(staff, "Vraagt om een medewerker")
    for words in ("keuken", "kraan", "lekt", "06 12345678"):
        expect(staff.get_by_role("definition").get_by_text(words, exact=True)).to_be_visible()
    staff.context.close()


def test_danger_is_answered_at_once_and_stands_on_top(
    chromium: Browser, tenant: Page, product: RunningProduct
) -> None:
    say(tenant, "help ik ruik gas in de keuken")
    last_bubble(tenant, "0800-9009")
    staff = staff_page(chromium, product)
    first = staff.get_by_role("listitem").first
    expect(first).to_contain_text("Spoed", timeout=PATIENCE)
    staff.context.close()


def test_a_reload_shows_the_same_conversation_without_doubles(tenant: Page) -> None:
    say(tenant, "hallo")
    last_bubble(tenant, "Waar gaat uw vraag over")
    before = tenant.locator("thuisbalie-chat .bubble").all_inner_texts()
    tenant.reload()
    last_bubble(tenant, "Waar gaat uw vraag over")
    assert tenant.locator("thuisbalie-chat .bubble").all_inner_texts() == before
