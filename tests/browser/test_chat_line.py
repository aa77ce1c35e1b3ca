"""Nothing is lost, nothing comes twice: reloads, dead lines, refusals."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat_fixtures import composer, lines, said, send, status, warning
from tests.browser.fake_chat import ChatServer, refusal

pytest_plugins = ["tests.browser.chat_fixtures"]
pytestmark = pytest.mark.browser

OFFLINE = "Geen verbinding. Uw bericht wordt bewaard en later verstuurd."


def go_down(server: ChatServer) -> None:
    server.script(lambda chat: setattr(chat, "unreachable", True))
    server.script(lambda chat: chat.drop_streams())


def come_back(server: ChatServer) -> None:
    server.script(lambda chat: setattr(chat, "unreachable", False))


def sent_texts(server: ChatServer) -> list[str]:
    events = server.chat.latest.events
    return [event["text"] for event in events if event["author"] == "tenant"]


def test_messages_written_offline_are_kept_and_sent_in_order(
    chat_page: Page, chat_server: ChatServer
) -> None:
    chat_page.context.set_offline(True)
    send(chat_page, "een")
    send(chat_page, "twee")
    expect(warning(chat_page)).to_have_text(OFFLINE)
    expect(chat_page.locator(".message.tenant .meta").last).to_contain_text("wordt verstuurd")
    chat_server.script(lambda chat: chat.latest.tell("bot", "Dit kwam ondertussen."))
    chat_page.context.set_offline(False)
    expect(said(chat_page, "Dit kwam ondertussen.")).to_be_visible()
    expect(said(chat_page, "Antwoord op: twee")).to_be_visible()
    expect(warning(chat_page)).to_have_text("")
    assert sent_texts(chat_server) == ["een", "twee"]
    assert len(lines(chat_page)) == len(set(lines(chat_page))) == 6


def test_unsent_message_survives_a_reload(chat_page: Page, chat_server: ChatServer) -> None:
    go_down(chat_server)
    send(chat_page, "bewaar mij")
    expect(warning(chat_page)).to_have_text(OFFLINE)
    chat_page.reload()
    expect(said(chat_page, "bewaar mij")).to_be_visible()
    come_back(chat_server)
    chat_page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(said(chat_page, "Antwoord op: bewaar mij")).to_be_visible()
    assert sent_texts(chat_server) == ["bewaar mij"]


def test_reload_shows_the_same_conversation_once(chat_page: Page, chat_server: ChatServer) -> None:
    send(chat_page, "eerste vraag")
    expect(said(chat_page, "Antwoord op: eerste vraag")).to_be_visible()
    before = lines(chat_page)
    chat_page.reload()
    expect(said(chat_page, "Antwoord op: eerste vraag")).to_be_visible()
    assert lines(chat_page) == before
    assert len(chat_server.chat.conversations) == 1


def test_dropped_stream_is_picked_up_without_gap_or_duplicate(
    chat_page: Page, chat_server: ChatServer
) -> None:
    def drop_and_go_on(chat: object) -> None:
        chat_server.chat.drop_streams()
        for number in range(5):
            chat_server.chat.latest.tell("bot", f"regel {number}")

    chat_server.script(drop_and_go_on)
    expect(said(chat_page, "regel 4")).to_be_visible()
    assert lines(chat_page)[1:] == [f"regel {number}" for number in range(5)]
    expect(warning(chat_page)).to_have_text("")


def test_answer_lost_on_the_way_does_not_double_the_message(
    chat_page: Page, chat_server: ChatServer
) -> None:
    chat_server.script(lambda chat: setattr(chat, "lose_answers", 2))
    send(chat_page, "een keer")
    expect(said(chat_page, "Antwoord op: een keer")).to_be_visible()
    expect(chat_page.locator(".message.tenant .meta")).to_contain_text("verstuurd")
    assert sent_texts(chat_server) == ["een keer"]
    assert len({post["client_msg_id"] for post in chat_server.chat.posts}) == 1


def test_event_that_skips_ahead_makes_the_chat_ask_for_what_is_missing(
    chat_page: Page, chat_server: ChatServer
) -> None:
    def lose_one(chat: object) -> None:
        conversation = chat_server.chat.latest
        streams, conversation.streams = conversation.streams, set()
        conversation.tell("bot", "verdwenen onderweg")
        conversation.streams = streams
        conversation.tell("bot", "wel aangekomen")

    chat_server.script(lose_one)
    expect(said(chat_page, "wel aangekomen")).to_be_visible()
    assert lines(chat_page)[1:] == ["verdwenen onderweg", "wel aangekomen"]


def test_too_long_message_is_not_sent_and_not_lost(
    chat_page: Page, chat_server: ChatServer
) -> None:
    send(chat_page, "a" * 10_001)
    expect(chat_page.get_by_text("Uw bericht is te lang: 10.001 tekens")).to_be_visible()
    expect(composer(chat_page)).to_have_value("a" * 10_001)
    send(chat_page, "a" * 10_000)
    expect(composer(chat_page)).to_have_value("")
    expect(chat_page.locator(".message.bot")).to_have_count(2)


@pytest.mark.parametrize(("status_code", "code"), [(413, "too_long"), (422, "bad_request")])
def test_refused_message_can_be_changed(
    chat_page: Page, chat_server: ChatServer, status_code: int, code: str
) -> None:
    no = refusal(status_code, code, "Dit bericht past niet.")
    chat_server.script(lambda chat: chat.refuse_next.append(no))
    send(chat_page, "fout bericht")
    expect(chat_page.locator(".message.failed")).to_contain_text("Dit bericht past niet.")
    expect(chat_page.locator(".message.failed .meta")).to_contain_text("niet verstuurd")
    announcer = chat_page.locator("thuisbalie-chat [aria-live=polite]")
    expect(announcer).to_contain_text("Niet verstuurd: fout bericht. Dit bericht past niet.")
    chat_page.get_by_role("button", name="Bericht aanpassen").click()
    expect(composer(chat_page)).to_have_value("fout bericht")
    expect(composer(chat_page)).to_be_focused()
    expect(chat_page.locator(".message.failed")).to_have_count(0)


def test_conflicting_message_can_be_tried_again(chat_page: Page, chat_server: ChatServer) -> None:
    no = refusal(409, "conflict", "Dit bericht kennen we al met andere woorden.")
    chat_server.script(lambda chat: chat.refuse_next.append(no))
    send(chat_page, "nog eens")
    chat_page.get_by_role("button", name="Opnieuw proberen").click()
    expect(said(chat_page, "Antwoord op: nog eens")).to_be_visible()
    expect(chat_page.locator(".message.tenant")).to_have_count(1)


def test_too_many_messages_wait_as_long_as_the_server_asks(
    chat_page: Page, chat_server: ChatServer
) -> None:
    no = refusal(429, "too_many", "U stuurt te snel.", **{"Retry-After": "1"})
    chat_server.script(lambda chat: chat.refuse_next.append(no))
    send(chat_page, "te snel")
    expect(warning(chat_page)).to_contain_text("over 1 seconde verstuurd")
    expect(said(chat_page, "Antwoord op: te snel")).to_be_visible()
    expect(warning(chat_page)).to_have_text("")


def test_server_trouble_is_told_and_overcome(chat_page: Page, chat_server: ChatServer) -> None:
    no = refusal(503, "unavailable", "Er is een storing.", **{"Retry-After": "1"})
    chat_server.script(lambda chat: chat.refuse_next.append(no))
    send(chat_page, "toch")
    expect(warning(chat_page)).to_contain_text("Er is een storing. Uw bericht wordt bewaard")
    expect(said(chat_page, "Antwoord op: toch")).to_be_visible()
    expect(warning(chat_page)).to_have_text("")


def test_forgotten_conversation_offers_a_new_one_and_keeps_the_text(
    chat_page: Page, chat_server: ChatServer
) -> None:
    chat_server.script(lambda chat: chat.forget_everything())
    send(chat_page, "gaat mee")
    expect(warning(chat_page)).to_contain_text("Dit gesprek bestaat niet meer.")
    expect(status(chat_page)).to_have_text("Dit gesprek is gesloten")
    chat_page.get_by_role("button", name="Nieuw gesprek beginnen").click()
    expect(said(chat_page, "Antwoord op: gaat mee")).to_be_visible()
    expect(warning(chat_page)).to_have_text("")


def test_chat_opens_by_itself_when_the_server_comes_back(
    chat_page: Page, chat_server: ChatServer
) -> None:
    go_down(chat_server)
    chat_page.evaluate("localStorage.clear()")
    chat_page.reload()
    expect(warning(chat_page)).to_have_text(OFFLINE)
    send(chat_page, "vast geschreven")
    come_back(chat_server)
    expect(said(chat_page, "Antwoord op: vast geschreven")).to_be_visible()
