"""The tenant asks and is answered: messages, quick replies, a person, who is speaking."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat_fixtures import composer, lines, said, send, status
from tests.browser.fake_chat import ChatServer

pytest_plugins = ["tests.browser.chat_fixtures"]
pytestmark = pytest.mark.browser


def test_chat_says_at_once_that_it_is_a_digital_assistant(chat_page: Page) -> None:
    expect(status(chat_page)).to_have_text("U praat met een digitale assistent")
    expect(said(chat_page, "Ik ben een digitale assistent, geen mens")).to_be_visible()


def test_question_is_answered_and_marked_as_sent(chat_page: Page) -> None:
    send(chat_page, "Wanneer betaal ik de huur?")
    expect(said(chat_page, "Antwoord op: Wanneer betaal ik de huur?")).to_be_visible()
    expect(chat_page.locator(".message.tenant .meta")).to_contain_text("verstuurd")
    expect(composer(chat_page)).to_have_value("")


def test_quick_reply_is_sent_by_its_id_and_cannot_be_used_twice(
    chat_page: Page, chat_server: ChatServer
) -> None:
    button = chat_page.get_by_role("button", name="Hoe kan ik betalen?")
    button.click()
    expect(said(chat_page, "Antwoord op: Hoe kan ik betalen?")).to_be_visible()
    expect(button).to_have_attribute("aria-disabled", "true")
    button.click(force=True)
    chat_page.get_by_role("button", name="De huur opzeggen").click(force=True)
    send(chat_page, "klaar")
    expect(said(chat_page, "Antwoord op: klaar")).to_be_visible()
    assert [post.get("choice_id") for post in chat_server.chat.posts] == ["c2", None]


def test_button_for_a_person_is_there_in_every_state_and_asks_for_one(
    chat_page: Page, chat_server: ChatServer
) -> None:
    button = chat_page.get_by_role("button", name="Ik wil een medewerker")
    place = button.bounding_box()
    button.click()
    expect(status(chat_page)).to_have_text("U wacht op een medewerker")
    assert chat_server.chat.posts[-1]["choice_id"] == "medewerker"
    chat_server.script(lambda chat: chat.hand_over_to("Fatma"))
    expect(status(chat_page)).to_have_text("U praat met Fatma, medewerker")
    expect(button).to_be_enabled()
    assert button.bounding_box() == place


def test_person_answers_and_the_assistant_comes_back(
    chat_page: Page, chat_server: ChatServer
) -> None:
    chat_server.script(lambda chat: chat.hand_over_to("Fatma"))
    chat_server.script(lambda chat: chat.latest.tell("agent", "Goedemiddag.", name="Fatma"))
    expect(chat_page.locator(".message.agent .who")).to_have_text("Fatma, medewerker")
    back = "U praat weer met de digitale assistent."
    chat_server.script(lambda chat: chat.latest.tell("system", back, state="bot"))
    expect(status(chat_page)).to_have_text("U praat met een digitale assistent")


def test_typing_is_shown_only_when_the_server_says_so(
    chat_page: Page, chat_server: ChatServer
) -> None:
    typing = chat_page.locator("thuisbalie-chat .typing")
    chat_server.script(lambda chat: setattr(chat, "silent", True))
    send(chat_page, "Hallo")
    expect(chat_page.locator(".message.tenant .meta")).to_contain_text("verstuurd")
    expect(typing).to_have_text("")
    chat_server.script(lambda chat: chat.latest.hint("bot", True))
    expect(typing).to_have_text("De assistent zoekt het op")
    chat_server.script(lambda chat: chat.latest.tell("bot", "Gevonden."))
    expect(typing).to_have_text("")


def test_typing_person_is_named(chat_page: Page, chat_server: ChatServer) -> None:
    chat_server.script(lambda chat: chat.hand_over_to("Fatma"))
    chat_server.script(lambda chat: chat.latest.hint("agent", True))
    expect(chat_page.locator("thuisbalie-chat .typing")).to_have_text("Fatma typt")


def test_markup_script_and_emoji_are_shown_as_they_are(
    chat_page: Page, chat_server: ChatServer
) -> None:
    nasty = "<img src=x onerror=alert(1)><b>vet</b> &amp; 🙂 </script>"
    send(chat_page, nasty)
    expect(said(chat_page, f"Antwoord op: {nasty}")).to_be_visible()
    assert nasty in lines(chat_page)
    expect(chat_page.get_by_role("log").locator("img, b, script")).to_have_count(0)


def test_addresses_and_phone_numbers_become_links_and_nothing_else_does(
    chat_page: Page, chat_server: ChatServer
) -> None:
    text = "Bel 085 000 12 34 of kijk op https://delinde.example/huur. Niet javascript:alert(1)."
    chat_server.script(lambda chat: chat.latest.tell("bot", text))
    links = chat_page.get_by_role("log").get_by_role("link")
    expect(links).to_have_count(2)
    expect(links.nth(0)).to_have_attribute("href", "tel:0850001234")
    expect(links.nth(1)).to_have_attribute("href", "https://delinde.example/huur")
    expect(links.nth(1)).to_have_attribute("rel", "noopener noreferrer")


def test_times_are_dutch_whatever_the_phone_thinks(
    chat_page: Page, chat_server: ChatServer
) -> None:
    chat_server.script(
        lambda chat: chat.latest.tell("bot", "Toen.", at="2026-01-15T11:30:00+00:00")
    )
    expect(chat_page.locator(".message.bot time").last).to_have_text("12:30")
    expect(chat_page.get_by_text("donderdag 15 januari")).to_be_visible()


def test_closed_conversation_offers_a_new_one(chat_page: Page, chat_server: ChatServer) -> None:
    send(chat_page, "Dank u")
    chat_server.script(lambda chat: chat.close())
    expect(status(chat_page)).to_have_text("Dit gesprek is gesloten")
    chat_page.get_by_role("button", name="Nieuw gesprek beginnen").click()
    expect(status(chat_page)).to_have_text("U praat met een digitale assistent")
    expect(chat_page.get_by_role("log").locator(".bubble")).to_have_count(1)
    assert len(chat_server.chat.conversations) == 2
