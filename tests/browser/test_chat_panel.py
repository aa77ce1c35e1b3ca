"""The chat in the corner of the corporation's page: launcher, keyboard, unread messages, zoom."""

from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Error as PlaywrightError

from tests.browser.chat_fixtures import composer, launcher, lines, said, send, status
from tests.browser.fake_chat import ChatServer

pytest_plugins = ["tests.browser.chat_fixtures"]
pytestmark = pytest.mark.browser


def focused(page: Page) -> str:
    """Class names or id of what has the keyboard, also inside the element."""
    script = """() => {
        let at = document.activeElement;
        while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
        return at ? (at.id || at.className || at.tagName) : "";
    }"""
    return str(page.evaluate(script))


def test_launcher_is_a_link_that_also_works_in_a_new_tab(
    home: Page, chat_server: ChatServer
) -> None:
    expect(launcher(home)).to_have_attribute("href", f"{chat_server.url}/chat")
    assert chat_server.chat.conversations == {}


def test_page_without_script_still_leads_to_the_chat_page_and_its_phone_number(
    chromium: Browser, chat_server: ChatServer
) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(chat_server.url)
        page.get_by_role("link", name="Chat met ons").click()
        expect(page.get_by_text("Bel ons: 085 000 12 34")).to_be_visible()


def test_whole_talk_by_keyboard_alone(home: Page, chat_server: ChatServer) -> None:
    launcher(home).focus()
    home.keyboard.press("Space")
    said(home, "digitale assistent, geen mens").wait_for()
    assert focused(home) == "input"
    home.keyboard.type("regel een")
    home.keyboard.press("Shift+Enter")
    home.keyboard.type("regel twee")
    home.keyboard.press("Enter")
    said(home, "Antwoord op: regel een").wait_for()
    assert chat_server.chat.posts[0]["text"] == "regel een\nregel twee"
    home.keyboard.press("Shift+Tab")
    assert focused(home) == "ask-person"
    home.keyboard.press("Enter")
    expect(status(home)).to_have_text("U wacht op een medewerker")
    assert focused(home) == "ask-person"
    home.keyboard.press("Escape")
    assert focused(home) == "launcher"
    expect(home.get_by_role("dialog")).to_be_hidden()


def test_quick_reply_by_keyboard_keeps_the_focus_in_place(home: Page) -> None:
    launcher(home).click()
    choice = home.get_by_role("button", name="Een reparatie melden")
    choice.focus()
    home.keyboard.press("Enter")
    said(home, "Antwoord op: Een reparatie melden").wait_for()
    assert "choice" in focused(home)


def test_incoming_message_does_not_move_the_focus(home: Page, chat_server: ChatServer) -> None:
    launcher(home).click()
    said(home, "digitale assistent").wait_for()
    home.get_by_role("button", name="Chat sluiten").focus()
    chat_server.script(lambda chat: chat.latest.tell("bot", "Nog iets."))
    said(home, "Nog iets.").wait_for()
    assert focused(home) == "close"


def test_enter_that_ends_a_composition_does_not_send(home: Page, chat_server: ChatServer) -> None:
    launcher(home).click()
    composer(home).fill("にほん")
    composer(home).dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(composer(home)).to_have_value("にほん")
    assert chat_server.chat.posts == []


def test_new_message_is_counted_on_the_launcher_and_announced(
    home: Page, chat_server: ChatServer
) -> None:
    launcher(home).click()
    said(home, "digitale assistent").wait_for()
    home.get_by_role("button", name="Chat sluiten").click()
    chat_server.script(lambda chat: chat.latest.tell("bot", "Een bericht.", choices=[]))
    expect(home.get_by_role("button", name="1 nieuw bericht")).to_be_visible()
    announcer = home.locator("thuisbalie-chat [aria-live=polite]")
    expect(announcer).to_contain_text("Digitale assistent: Een bericht.")
    home.reload()
    expect(home.get_by_role("button", name="1 nieuw bericht")).to_be_visible()
    launcher(home).click()
    home.get_by_role("button", name="Chat sluiten").click()
    expect(home.get_by_role("button", name="nieuw bericht")).to_have_count(0)


def test_history_is_not_read_aloud_again_after_a_reload(
    chat_page: Page, chat_server: ChatServer
) -> None:
    send(chat_page, "Hallo")
    said(chat_page, "Antwoord op: Hallo").wait_for()
    chat_page.reload()
    said(chat_page, "Antwoord op: Hallo").wait_for()
    expect(chat_page.locator("thuisbalie-chat [aria-live=polite]")).to_have_text("")


def test_two_tabs_show_one_conversation(chat_page: Page, chat_server: ChatServer) -> None:
    other = chat_page.context.new_page()
    other.goto(f"{chat_server.url}/chat")
    said(other, "digitale assistent").wait_for()
    send(other, "uit het tweede tabblad")
    said(chat_page, "Antwoord op: uit het tweede tabblad").wait_for()
    said(other, "Antwoord op: uit het tweede tabblad").wait_for()
    assert lines(chat_page) == lines(other)
    assert len(chat_server.chat.conversations) == 1


@pytest.mark.parametrize(("width", "height"), [(320, 640), (320, 256), (360, 740)])
def test_small_screens_and_zoom_need_no_sideways_scrolling(
    chat_page: Page, chat_server: ChatServer, width: int, height: int
) -> None:
    chat_page.set_viewport_size({"width": width, "height": height})
    long = "Meerjarenonderhoudsbegrotingscommissievergadering " * 3
    chat_server.script(lambda chat: chat.latest.tell("bot", long + "x" * 80))
    said(chat_page, "Meerjaren").wait_for()
    assert chat_page.evaluate("document.documentElement.scrollWidth") <= width
    wide = """() => [...document.querySelector("thuisbalie-chat").shadowRoot.querySelectorAll(
        ".log, .composer, .head")].filter(n => n.scrollWidth > n.clientWidth + 1).length"""
    assert chat_page.evaluate(wide) == 0
    composer(chat_page).scroll_into_view_if_needed()
    send(chat_page, "past het?")
    said(chat_page, "Antwoord op: past het?").wait_for()


def test_every_control_is_large_enough_for_a_thumb(home: Page, chat_server: ChatServer) -> None:
    home.set_viewport_size({"width": 360, "height": 740})
    launcher(home).click()
    said(home, "digitale assistent").wait_for()
    chat_server.script(lambda chat: chat.close())
    home.get_by_role("button", name="Nieuw gesprek beginnen").wait_for()
    sizes = (
        home.locator("thuisbalie-chat")
        .locator("button:visible, textarea")
        .evaluate_all("nodes => nodes.map(n => [n.textContent, n.offsetWidth, n.offsetHeight])")
    )
    assert len(sizes) >= 7
    assert [size for size in sizes if min(size[1], size[2]) < 44] == []


def test_long_answer_is_read_from_its_beginning(home: Page, chat_server: ChatServer) -> None:
    launcher(home).click()
    said(home, "digitale assistent").wait_for()
    long = {"text": "Dit is een lang antwoord. " * 80}
    chat_server.script(lambda chat: chat.answers.update({"Leg uit": long}))
    send(home, "Leg uit")
    answer = said(home, "Dit is een lang antwoord.").last
    answer.wait_for()
    in_log = "n => n.getBoundingClientRect().top - n.closest('.log').getBoundingClientRect().top"
    assert 0 <= answer.evaluate(in_log) < 60
    read_on = home.get_by_role("button", name="Verder lezen")
    chat_server.script(lambda chat: chat.latest.hint("bot", True))
    chat_server.script(lambda chat: chat.latest.tell("bot", "En nog iets."))
    said(home, "En nog iets.").wait_for()
    assert 0 <= answer.evaluate(in_log) < 60
    while read_on.is_visible():
        with suppress(PlaywrightError):  # the last step takes the button away
            read_on.click(timeout=1_000)
    expect(said(home, "En nog iets.")).to_be_in_viewport()
