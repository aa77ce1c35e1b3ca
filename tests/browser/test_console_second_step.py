"""Setting up the second step of logging in, by keyboard only, with a way back; read by axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.console_server import ConsoleServer
from tests.browser.test_console_staff import assert_fits

pytest_plugins = ["tests.browser.console_fixtures"]
pytestmark = pytest.mark.browser
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4H0z"/></svg>'


def test_the_second_step_is_set_up_by_keyboard_and_has_a_way_back(
    desk: Page, console_server: ConsoleServer
) -> None:
    half = {"step": "enrol", "token": "t"}
    desk.route("**/console/api/login", lambda route: route.fulfill(status=202, json=half))
    enrolment = {"secret": "ABCD EFGH", "picture": PICTURE}
    desk.route("**/console/api/login/enrol**", lambda route: route.fulfill(json=enrolment))
    desk.goto(f"{console_server.url}login")
    expect(desk.get_by_label("Gebruikersnaam")).to_be_focused()
    desk.keyboard.type("els")
    desk.keyboard.press("Tab")
    desk.keyboard.type("een-lang-wachtwoord")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Tweede stap aanzetten")).to_be_visible()
    expect(desk.get_by_label("Code uit uw app")).to_be_focused()
    expect(desk.get_by_role("img", name="QR-code voor uw authenticator-app")).to_be_visible()
    assert_fits(desk)
    desk.get_by_role("button", name="Terug").click()
    expect(desk.get_by_label("Gebruikersnaam")).to_be_focused()
    expect(desk.get_by_label("Wachtwoord")).to_have_value("")
