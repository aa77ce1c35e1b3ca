"""One working day of one member of staff, in Debian's Chromium on the true product.

The assistant is scripted; WhatsApp and Sms are the fake providers of the demo.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import working_day_steps as day
from tests.browser.working_day_steps import PATIENCE, Phone
from tests.running_product import LOGIN, RunningProduct, Tenant

pytestmark = pytest.mark.browser
HALF = "Ik kijk het voor u na en"


@pytest.fixture
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProduct]:
    running = RunningProduct(tmp_path_factory.mktemp("product"))
    running.start(patience=120)
    yield running
    running.end(signal.SIGTERM)


@pytest.fixture
def staff(chromium: Browser, product: RunningProduct) -> Iterator[Page]:
    page = day.log_in(chromium, product, LOGIN)
    yield page
    page.context.close()


def test_a_working_day(chromium: Browser, product: RunningProduct, staff: Page) -> None:
    tenant = Tenant(product.url)
    whatsapp = Phone(product.url, "whatsapp", "+31612345671")
    sms = Phone(product.url, "sms", "+31612345672")
    channels: dict[str, Tenant | Phone] = {
        "Lift chat": tenant,
        "Hek app": whatsapp,
        "Lamp sms": sms,
    }

    for words, who in channels.items():
        asks(who, f"{words}: {day.PERSON}")
        (day.accept if who is tenant else day.take_by_key)(staff, words)
        day.answer(staff, f"Antwoord op {words}.")
        hears(who, f"Antwoord op {words}.")

    danger = Tenant(product.url)
    day.chat(danger, "help ik ruik gas in de keuken")
    staff.get_by_role("tab", name="Wachten").click()
    expect(staff.get_by_role("listitem").first).to_contain_text("Spoed", timeout=PATIENCE)
    staff.locator("[data-region=conversation]").focus()
    staff.keyboard.press("u")
    expect(staff.locator(".message", has_text="ik ruik gas")).to_be_visible(timeout=PATIENCE)
    staff.keyboard.press("t")
    expect(staff.locator(".state")).to_have_text("Bij u", timeout=PATIENCE)
    day.answer(staff, "Bent u buiten?")
    day.chat_sees(danger, "Bent u buiten?")
    day.note(staff, "Netbeheerder is gebeld.")
    assert all("Netbeheerder" not in (event["text"] or "") for event in danger.events())

    colleague = day.log_in(chromium, product, f"{LOGIN}2")
    day.pass_on(staff, "Joost", "Graag terugbellen.")
    expect(staff.locator(".state")).not_to_have_text("Bij u", timeout=PATIENCE)
    colleague.get_by_role("button", name="Neem aan").first.click()
    expect(colleague.locator(".state")).to_have_text("Bij u", timeout=PATIENCE)
    expect(colleague.locator("main")).to_contain_text("Graag terugbellen.", timeout=PATIENCE)
    expect(colleague.locator("main")).to_contain_text("Netbeheerder is gebeld.")

    staff.get_by_role("tab", name="Bij mij").click()
    day.open_card(staff, "Lift chat")
    loses_the_line(staff, product, tenant)
    colleague.context.close()
    day.sign_off(staff)


def loses_the_line(staff: Page, product: RunningProduct, tenant: Tenant) -> None:
    """A reply that is sent while the product is away arrives once, and the tenant's is seen."""
    product.end(signal.SIGKILL)
    staff.get_by_label(day.REPLY).fill("Dit gaat mee na de storing.")
    staff.keyboard.press("Enter")
    expect(staff.get_by_text("Verbinding kwijt")).to_be_visible(timeout=PATIENCE)
    product.start(patience=120)
    day.chat_sees(tenant, "Dit gaat mee na de storing.")
    day.chat(tenant, "Fijn, dank u.")
    expect(staff.locator(".message", has_text="Fijn, dank u.")).to_have_count(1, timeout=PATIENCE)
    expect(staff.locator(".message", has_text="na de storing")).to_have_count(1)


def test_a_half_typed_reply_outlives_everything(product: RunningProduct, staff: Page) -> None:
    tenant = Tenant(product.url)
    day.chat(tenant, f"Dak chat: {day.PERSON}")
    day.take_by_key(staff, "Dak chat")
    day.half_type(staff, HALF)

    staff.reload()
    day.still_typed(staff, HALF)

    other = staff.context.new_page()
    other.goto(staff.url)
    day.still_typed(other, HALF)

    with day.asleep(staff):
        day.chat(tenant, "Bent u er nog?")
        other.locator(".message", has_text="Bent u er nog?").wait_for()
    for page in (staff, other):
        message = page.locator(".message", has_text="Bent u er nog?")
        expect(message).to_have_count(1, timeout=PATIENCE)
        day.still_typed(page, HALF)

    product.end(signal.SIGKILL)
    product.start(patience=120)
    day.chat(tenant, "Hallo?")
    expect(staff.locator(".message", has_text="Hallo?")).to_have_count(1, timeout=PATIENCE)
    day.still_typed(staff, HALF)
    day.answer(staff, f"{HALF} bel u.")
    day.chat_sees(tenant, f"{HALF} bel u.")
    expect(other.locator(".message", has_text=HALF)).to_have_count(1, timeout=PATIENCE)


def asks(who: Tenant | Phone, text: str) -> None:
    if isinstance(who, Tenant):
        day.chat(who, text)
    else:
        who.write(text)


def hears(who: Tenant | Phone, text: str) -> None:
    if isinstance(who, Tenant):
        day.chat_sees(who, text)
    else:
        who.sees(text)
