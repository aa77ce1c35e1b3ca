"""The page with the demo's phones in a browser: chat on each device, and axe finds nothing."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_chat_axe import findings
from tests.running_product import RunningProduct

pytestmark = pytest.mark.browser
PATIENCE = 15_000
QUESTION = "Wanneer moet ik de huur betalen?"
ANSWER = "voor de 1e van de maand"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProduct]:
    running = RunningProduct(tmp_path_factory.mktemp("product"))
    running.start(patience=120)
    yield running
    assert running.end(signal.SIGTERM) in (0, -signal.SIGTERM)


def opened(chromium: Browser, product: RunningProduct, width: int, scheme: str) -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        locale="nl-NL",
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(f"{product.url}/")
    page.get_by_role("link", name="Probeer elk kanaal").click()
    expect(page.get_by_role("heading", name="Probeer elk kanaal")).to_be_visible()
    page.complaints = complaints  # type: ignore[attr-defined]
    return page


@pytest.fixture(params=[(1440, "light"), (390, "dark")], ids=["desk", "phone"])
def page(
    chromium: Browser, product: RunningProduct, request: pytest.FixtureRequest
) -> Iterator[Page]:
    width, scheme = request.param
    page = opened(chromium, product, width, scheme)
    yield page
    assert page.complaints == []  # type: ignore[attr-defined]
    page.context.close()


def device(page: Page, kind: str, tab: str) -> Locator:
    expect(page.locator(".device")).to_have_count(4)
    button = page.get_by_role("navigation").get_by_role("button", name=tab, exact=True)
    if button.is_visible():
        button.click()
    return page.locator(f"#device-{kind}")


def no_sideways_scrolling(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("kind", "tab"), [("whatsapp", "WhatsApp"), ("sms", "Sms"), ("telegram", "Telegram")]
)
def test_a_message_is_answered_on_the_device(page: Page, kind: str, tab: str) -> None:
    phone = device(page, kind, tab)
    phone.get_by_role("textbox").fill(QUESTION)
    phone.get_by_role("textbox").press("Enter")
    expect(phone.get_by_role("log")).to_contain_text(ANSWER, timeout=PATIENCE)
    if kind == "whatsapp":
        expect(phone.get_by_text("gelezen").last).to_be_visible(timeout=PATIENCE)
    if kind == "sms":
        expect(phone.get_by_text("2 sms'en").first).to_be_visible()
    if kind == "telegram":
        before = phone.get_by_text("De Linde:").count()
        phone.get_by_role("button", name="Hoe kan ik betalen?").click()
        expect(phone.get_by_text("De Linde:")).not_to_have_count(before, timeout=PATIENCE)
    no_sideways_scrolling(page)
    assert findings(page) == []


def test_a_call_is_spoken_and_put_through(page: Page) -> None:
    phone = device(page, "phone", "Bellen")
    phone.get_by_role("button", name="Bel", exact=True).click()
    expect(phone.get_by_role("log")).to_contain_text("digitale assistent", timeout=PATIENCE)
    phone.get_by_label("Wat zegt u?").fill(QUESTION)
    phone.get_by_role("button", name="Zeg", exact=True).click()
    expect(phone.get_by_role("log")).to_contain_text("huur vooruit", timeout=PATIENCE)
    assert findings(page) == []
    phone.get_by_role("button", name="Toets 0").click()
    expect(phone.get_by_text(re.compile(r"Doorverbonden met \+31"))).to_be_visible(timeout=PATIENCE)
    assert findings(page) == []
    phone.get_by_role("button", name="Neemt op").click()
    expect(phone.get_by_text("Het gesprek is beëindigd")).to_be_visible(timeout=PATIENCE)
    no_sideways_scrolling(page)


def test_a_photo_and_a_voice_note_are_on_the_screen(page: Page) -> None:
    phone = device(page, "whatsapp", "WhatsApp")
    phone.get_by_role("button", name="Stuur een voorbeeld van een spraakbericht").click()
    expect(phone.locator("audio")).to_be_visible()
    phone.locator("input[type=file]").set_input_files("docs/pictures/chat.png")
    picture = phone.get_by_role("img", name="Foto")
    expect(picture).to_be_visible(timeout=PATIENCE)
    loaded = "image => image.decode().then(() => image.naturalWidth > 100)"
    assert picture.evaluate(loaded)
    assert findings(page) == []


def test_a_wrong_number_is_said_and_a_new_one_empties_the_phones(page: Page) -> None:
    phone = device(page, "sms", "Sms")
    phone.get_by_role("textbox").fill("hallo")
    phone.get_by_role("textbox").press("Enter")
    expect(phone.get_by_role("log")).to_contain_text("hallo", timeout=PATIENCE)
    number = page.get_by_role("textbox", name="Uw nummer")
    number.fill("geen nummer")
    number.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("06 12345678")
    page.get_by_role("button", name="Nieuw nummer").click()
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(phone.get_by_text("Nog geen berichten.")).to_be_visible()


def test_a_broken_provider_is_on_the_page_of_everybody(page: Page) -> None:
    phone = device(page, "sms", "Sms")
    choice = phone.get_by_label("Aanbieder")
    choice.select_option("silent")
    page.reload()
    phone = device(page, "sms", "Sms")
    expect(phone.get_by_label("Aanbieder")).to_have_value("silent")
    assert findings(page) == []
    phone.get_by_label("Aanbieder").select_option("none")
