"""The way in: clear words when it fails, back to the same place when it works."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import console_samples as sample
from tests.browser.console_server import ConsoleServer
from tests.browser.console_steps import open_mine, sign_in

pytest_plugins = ["tests.browser.console_fixtures"]
pytestmark = pytest.mark.browser


def test_a_staff_member_logs_in_and_out(desk: Page, console_server: ConsoleServer) -> None:
    sign_in(desk)
    expect(desk.get_by_text("Niemand wacht")).to_be_visible()
    desk.get_by_role("button", name="Sanne de Wit").click()
    desk.get_by_role("menuitem", name="Uitloggen").click()
    expect(desk.get_by_role("heading", name="Inloggen")).to_be_visible()
    assert console_server.console.sessions == {}


def test_a_wrong_password_is_said_in_plain_words(desk: Page) -> None:
    sign_in(desk, password="verkeerd")
    expect(desk.get_by_role("alert").filter(has_text="horen niet bij elkaar")).to_be_visible()
    expect(desk.get_by_label("Wachtwoord")).to_be_focused()


def test_an_empty_field_is_named_before_anything_is_sent(desk: Page) -> None:
    sign_in(desk, login="")
    expect(desk.get_by_text("Vul uw gebruikersnaam in.")).to_be_visible()
    expect(desk.get_by_label("Gebruikersnaam")).to_be_focused()


def test_too_many_attempts_tell_how_long_to_wait(desk: Page, console_server: ConsoleServer) -> None:
    console_server.console.too_often = True
    sign_in(desk)
    expect(desk.get_by_text("Probeer het over 2 minuten opnieuw.")).to_be_visible()


def test_a_login_that_ends_keeps_the_half_typed_reply(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    signed_in.get_by_label("Antwoord aan de huurder").fill("De monteur komt morgen om")
    console_server.script(lambda console: console.end_sessions())
    expect(signed_in.get_by_text("Uw concepten zijn bewaard.")).to_be_visible()
    sign_in(signed_in)
    expect(signed_in).to_have_url(f"{console_server.url}conversations/{sample.MINE}")
    field = signed_in.get_by_label("Antwoord aan de huurder")
    expect(field).to_have_value("De monteur komt morgen om")


def test_the_next_person_at_the_desk_does_not_see_the_draft(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    signed_in.get_by_label("Antwoord aan de huurder").fill("Van Sanne")
    console_server.script(lambda console: console.end_sessions())
    expect(signed_in.get_by_role("heading", name="Inloggen")).to_be_visible()
    sign_in(signed_in, login="fatma")
    field = signed_in.get_by_label("Antwoord aan de huurder")
    expect(field).to_have_value("")
    expect(field).not_to_be_editable()
