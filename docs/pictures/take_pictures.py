"""Takes the pictures of the README from the running product.

Run as ``python docs/pictures/take_pictures.py`` from the root of the repository.

Starts the demo on a free port with a fresh database, plays a few conversations in real browsers
and ends it again.
"""

from __future__ import annotations

import signal
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from tests.browser.conftest import CHROMIUM_ARGS  # noqa: E402
from tests.running_product import LOGIN, PASSWORD, RunningProduct, Tenant  # noqa: E402

WAITING = (
    ("ik heb een klacht over de monteur van vorige week",),
    ("ik kan de huur deze maand niet betalen", "ik wil graag een medewerker spreken"),
    ("hoe staat het met mijn reparatie",),
    ("er hangt een sterke gaslucht in ons trappenhuis",),
)
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 780}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        product = RunningProduct(Path(folder), bot="rasa")
        product.start(patience=120)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path="/usr/bin/chromium", args=CHROMIUM_ARGS
                )
                take(browser, product)
                browser.close()
        finally:
            product.end(signal.SIGTERM)


def take(browser: Browser, product: RunningProduct) -> None:
    for number, texts in enumerate(WAITING):
        tenant = Tenant(product.url)
        for text in texts:
            seq = tenant.send(f"p{number}-{len(text)}", text)
            tenant.wait_for_answer(seq or 0)
    chat = phone_chat(browser, product)
    console(browser, product)
    chat.screenshot(path=HERE / "chat.png")


def phone_chat(browser: Browser, product: RunningProduct) -> Page:
    page = browser.new_context(viewport=PHONE, device_scale_factor=2).new_page()
    page.goto(f"{product.url}/chat")
    for text in ("de kraan in mijn keuken lekt",):
        page.get_by_label("Uw bericht").fill(text)
        page.keyboard.press("Enter")
        page.locator(".bubble").get_by_text("Is er gevaar?").wait_for()
    page.locator(".ask-person").click()
    page.get_by_role("log").get_by_text("Ik verbind u door").wait_for()
    return page


def console(browser: Browser, product: RunningProduct) -> None:
    page = browser.new_context(viewport=DESKTOP).new_page()
    page.goto(f"{product.url}/console/")
    page.locator("input[autocomplete=username]").fill(LOGIN)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_text("Een reparatie melden").first.click()
    page.get_by_role("button", name="Neem over").first.click()
    page.locator("textarea").fill(
        "Goedemorgen. Ik zie dat uw kraan lekt. Zal ik morgen iemand sturen?"
    )
    page.keyboard.press("Enter")
    page.get_by_text("Wachten").first.click()
    page.wait_for_timeout(1_000)
    page.screenshot(path=HERE / "console.png")


if __name__ == "__main__":
    main()
