"""The palette, keys that are one's own, settings, and the console in one hand on a phone."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import console_samples as sample
from tests.browser.console_server import ConsoleServer
from tests.browser.console_steps import open_mine, sign_in
from tests.browser.fake_console import FakeConsole
from tests.browser.test_console_axe import findings

pytest_plugins = ["tests.browser.console_fixtures"]
pytestmark = pytest.mark.browser

FIELD = "Zoek een opdracht, gesprek, collega of standaardantwoord"


def open_palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name=FIELD)).to_be_focused()


def settings_of(page: Page, server: ConsoleServer) -> None:
    page.goto(f"{server.url}instellingen")
    expect(page.get_by_role("heading", name="Instellingen")).to_be_focused()


def test_the_palette_finds_a_conversation_by_its_words(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_palette(signed_in)
    signed_in.keyboard.type("gasl")
    expect(signed_in.get_by_role("option").first).to_contain_text("Gaslucht in huis")
    signed_in.keyboard.press("Enter")
    expect(signed_in).to_have_url(f"{console_server.url}conversations/{sample.URGENT}")
    expect(signed_in.get_by_role("dialog")).to_have_count(0)


def test_the_palette_runs_a_command_and_remembers_it(signed_in: Page) -> None:
    open_mine(signed_in)
    signed_in.get_by_label("Antwoord aan de huurder").focus()
    open_palette(signed_in)
    signed_in.keyboard.type("notitie schr")
    signed_in.keyboard.press("Enter")
    expect(signed_in.get_by_label("Notitie voor collega’s")).to_be_focused()
    open_palette(signed_in)
    expect(signed_in.get_by_role("option").first).to_have_text(re.compile("Notitie schrijven"))


def test_the_palette_offers_only_what_can_be_done_now(signed_in: Page) -> None:
    open_palette(signed_in)
    signed_in.keyboard.type("gesprek sluiten")
    expect(signed_in.get_by_text("Niets gevonden.")).to_be_visible()
    assert findings(signed_in) == []
    signed_in.keyboard.press("Escape")
    expect(signed_in.get_by_role("combobox", name=FIELD)).to_have_count(0)


def test_e_asks_once_and_goes_on_to_the_next(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    signed_in.locator(".view-head").click()
    signed_in.keyboard.press("e")
    expect(signed_in.locator("[data-next]")).to_be_focused()
    signed_in.keyboard.press("Enter")
    expect(signed_in).to_have_url(re.compile(f"conversations/(?!{sample.MINE})"))
    assert console_server.console.conversations[sample.MINE]["state"] == "closed"


def test_a_changed_key_counts_at_once_and_is_kept_with_the_account(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    settings_of(signed_in, console_server)
    change = signed_in.get_by_role("button", name="Wijzig de toets voor Volgend gesprek")
    change.click()
    signed_in.keyboard.press("k")
    expect(signed_in.get_by_role("alert").filter(has_text="Vorig gesprek")).to_be_visible()
    signed_in.keyboard.press("F2")
    expect(signed_in.get_by_role("alert").filter(has_text="kan niet")).to_be_visible()
    signed_in.keyboard.press("x")
    expect(signed_in.get_by_text("Bewaard.")).to_be_visible()
    assert [one["keys"] for one in console_server.console.preferences.values()] == [{"next": "x"}]
    signed_in.evaluate("localStorage.clear()")
    signed_in.goto(console_server.url)
    signed_in.locator(".card").first.wait_for()
    signed_in.keyboard.press("j")
    expect(signed_in).to_have_url(console_server.url)
    signed_in.keyboard.press("x")
    expect(signed_in).to_have_url(f"{console_server.url}conversations/{sample.URGENT}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_settings_read_well(
    signed_in: Page, console_server: ConsoleServer, scheme: str
) -> None:
    signed_in.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    settings_of(signed_in, console_server)
    signed_in.get_by_role("radio", name="Grootst").check()
    for width in (1440, 390):
        signed_in.set_viewport_size({"width": width, "height": 844})
        assert findings(signed_in) == []
        assert signed_in.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_permission_for_notifications_is_never_asked_on_load(
    desk: Page, console_server: ConsoleServer
) -> None:
    desk.add_init_script(
        "window.asked = 0; Notification.requestPermission = async () => {"
        " window.asked += 1; return 'denied'; };"
    )
    desk.reload()
    sign_in(desk)
    expect(desk.get_by_text("Niemand wacht")).to_be_visible()
    settings_of(desk, console_server)
    assert desk.evaluate("window.asked") == 0
    desk.get_by_role("switch", name="Melding op het bureaublad").click()
    expect(desk.get_by_text("Uw browser houdt meldingen tegen.")).to_be_visible()
    assert desk.evaluate("window.asked") == 1


def test_a_phone_in_one_hand_takes_answers_and_closes(
    chromium: Browser, console_server: ConsoleServer
) -> None:
    console_server.script(sample.fill)
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, locale="nl-NL"
    )
    page = context.new_page()
    page.goto(console_server.url)
    sign_in(page)
    bar = page.get_by_role("navigation", name="Snelle acties")
    bar.get_by_role("button", name="Spoed").tap()
    expect(page.locator(".urgent-banner")).to_be_visible()
    bar.get_by_role("button", name="Neem over").tap()
    expect(bar.get_by_role("button", name="Antwoord")).to_be_visible()
    for target in bar.locator(".phone-step").all():
        box = target.bounding_box()
        assert box is not None and box["height"] >= 44 and box["width"] >= 44
        assert box["y"] > 844 / 2
    assert findings(page) == []
    bar.get_by_role("link", name="Dossier").tap()
    bar.get_by_role("link", name="Gesprek").tap()
    bar.get_by_role("button", name="Sluit").tap()
    page.get_by_role("button", name="Gesprek sluiten").tap()
    expect(page.locator(".state")).to_have_text("Gesloten")
    context.close()


def test_only_one_sound_for_two_tabs_and_a_different_one_for_urgent(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    # In the store that both tabs share, so that the order is the true one whichever tab rings.
    heard = (
        "const start = OscillatorNode.prototype.start;"
        "OscillatorNode.prototype.start = function (at) {"
        " const before = localStorage.getItem('tones');"
        " localStorage.setItem('tones', (before ? before + ' ' : '') + this.frequency.value);"
        " return start.call(this, at); }; 0"
    )
    second = signed_in.context.new_page()
    second.goto(console_server.url)
    second.locator(".card").first.wait_for()
    for page in (signed_in, second):
        page.evaluate(heard)
        page.locator(".top-brand").click()
    tones: list[int] = []
    for ref, is_urgent in (("TB-2001", False), ("TB-2002", True)):
        ring(console_server, ref, urgent=is_urgent)
        for page in (signed_in, second):
            expect(page.locator(".card", has_text=f"Nieuwe vraag {ref}")).to_have_count(1)
        tones += [784, 1047] * 3 if is_urgent else [660, 528]
        told = " ".join(map(str, tones))
        signed_in.wait_for_function("all => localStorage.getItem('tones') === all", arg=told)


def ring(server: ConsoleServer, ref: str, *, urgent: bool) -> None:
    def begin(console: FakeConsole) -> None:
        console.add(ref, topic_title=f"Nieuwe vraag {ref}", urgent=urgent)

    server.script(begin)


def test_keys_alone_take_note_answer_and_pass_on(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    keys = signed_in.keyboard
    keys.press("u")
    expect(signed_in.locator(".urgent-banner")).to_be_visible()
    signed_in.locator(".message").first.wait_for()
    keys.press("t")
    expect(signed_in.get_by_label("Antwoord aan de huurder")).to_be_focused()
    keys.type("Ik bel u nu.")
    keys.press("Enter")
    keys.press("Escape")
    keys.press("n")
    expect(signed_in.get_by_label("Notitie voor collega’s")).to_be_focused()
    keys.type("Netbeheerder is gebeld.")
    keys.press("Enter")
    expect(signed_in.locator(".message", has_text="Netbeheerder is gebeld.")).to_have_count(1)
    keys.press("Escape")
    keys.press("o")
    expect(signed_in.get_by_role("menu")).to_be_visible()
    keys.type("Repar")
    keys.press("Enter")
    expect(signed_in.get_by_role("dialog")).to_be_visible()
    keys.type("Graag morgen nabellen.")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")
    expect(signed_in.locator(".state")).to_have_text("In de wachtrij")
    assert "Ik bel u nu." in console_server.console.texts(sample.URGENT)
