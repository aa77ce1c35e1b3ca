"""What a staff member does in many of the console's tests."""

from contextlib import suppress

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from tests.browser.fake_console_state import PASSWORD


def sign_in(page: Page, login: str = "sanne", password: str = PASSWORD) -> None:
    page.get_by_label("Gebruikersnaam").fill(login)
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Inloggen").click()


def show_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def open_card(page: Page, title: str) -> None:
    page.locator(".card", has_text=title).click()
    page.locator(".view-head h2", has_text=title).wait_for()


def open_mine(page: Page) -> None:
    show_tab(page, "Bij mij")
    open_card(page, "Een reparatie melden")
    page.get_by_label("Antwoord aan de huurder").wait_for()


def try_now(page: Page) -> None:
    """Ask for the line at once. It may return by itself while we reach for the button."""
    with suppress(PlaywrightError):
        page.get_by_role("button", name="Nu proberen").click(timeout=2_000)
