"""The line may fall at any moment: nothing is lost and nothing shows twice."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import console_samples as sample
from tests.browser.console_server import ConsoleServer
from tests.browser.console_steps import open_mine, try_now
from tests.browser.fake_console import FakeConsole

pytest_plugins = ["tests.browser.console_fixtures"]
pytestmark = pytest.mark.browser

REPLY = "Antwoord aan de huurder"
LOST = "Verbinding kwijt. We proberen het opnieuw."


def come_back(console: FakeConsole) -> None:
    console.down = False


def test_what_happened_while_the_line_was_down_is_there_afterwards(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)

    def miss_two(console: FakeConsole) -> None:
        console.go_down()
        console.put(sample.MINE, "tenant", "Het water staat nu in de gang.")
        console.put(sample.MINE, "tenant", "Hallo?")

    console_server.script(miss_two)
    expect(signed_in.get_by_text(LOST)).to_be_visible()
    console_server.script(come_back)
    try_now(signed_in)
    expect(signed_in.get_by_text("Weer verbonden.")).to_be_visible()
    expect(signed_in.locator(".message", has_text="Het water staat nu in de gang.")).to_have_count(
        1
    )
    expect(signed_in.locator(".message", has_text="Hallo?")).to_have_count(1)


def test_a_reply_written_without_a_line_is_sent_when_it_returns(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    console_server.script(lambda console: console.go_down())
    expect(signed_in.get_by_text(LOST)).to_be_visible()
    signed_in.get_by_label(REPLY).fill("Ik bel de monteur.")
    signed_in.get_by_label(REPLY).press("Enter")
    expect(signed_in.get_by_text("Nog niet verstuurd.")).to_be_visible()
    console_server.script(come_back)
    try_now(signed_in)
    expect(signed_in.get_by_text("Nog niet verstuurd.")).to_have_count(0)
    expect(signed_in.locator(".message", has_text="Ik bel de monteur.")).to_have_count(1)
    assert console_server.console.texts(sample.MINE).count("Ik bel de monteur.") == 1


def test_a_reply_written_without_a_line_survives_a_reload(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    signed_in.route("**/say", lambda route: route.abort())
    signed_in.get_by_label(REPLY).fill("Dit mag niet wegraken.")
    signed_in.get_by_label(REPLY).press("Enter")
    expect(signed_in.get_by_text("Nog niet verstuurd.")).to_be_visible()
    signed_in.unroute("**/say")
    signed_in.reload()
    expect(signed_in.locator(".message", has_text="Dit mag niet wegraken.")).to_have_count(1)
    expect(signed_in.get_by_text("Nog niet verstuurd.")).to_have_count(0)
    assert console_server.console.texts(sample.MINE).count("Dit mag niet wegraken.") == 1


def test_a_reply_whose_answer_got_lost_is_not_said_twice(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    console_server.console.lose_next_answer = True
    signed_in.get_by_label(REPLY).fill("Een keer is genoeg.")
    signed_in.get_by_label(REPLY).press("Enter")
    expect(signed_in.locator(".message", has_text="Een keer is genoeg.")).to_have_count(1)
    with signed_in.expect_response(lambda answer: "/say" in answer.url and answer.ok):
        pass
    expect(signed_in.locator(".message", has_text="Een keer is genoeg.")).to_have_count(1)
    assert console_server.console.texts(sample.MINE).count("Een keer is genoeg.") == 1
    assert len(set(console_server.console.posts)) == 1


def test_a_reply_that_came_too_late_is_given_back_to_its_writer(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    signed_in.get_by_label(REPLY).fill("Te laat geschreven.")

    def pass_to_fatma(console: FakeConsole) -> None:
        console.take_as(sample.MINE, "fatma", tell=False)

    console_server.script(pass_to_fatma)
    signed_in.get_by_label(REPLY).press("Enter")
    expect(signed_in.get_by_text("U heeft dit gesprek niet meer.")).to_be_visible()
    signed_in.get_by_role("button", name="Terug in het tekstvak").click()
    expect(signed_in.get_by_label(REPLY)).to_have_value("Te laat geschreven.")
    expect(signed_in.locator(".state")).to_have_text("Bij Fatma Yilmaz")


def test_a_draft_and_its_kind_survive_a_reload(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    signed_in.get_by_label(REPLY).fill("Half antwoord")
    signed_in.get_by_role("radio", name="Notitie").check()
    signed_in.get_by_label("Notitie voor collega’s").fill("Halve notitie")
    signed_in.reload()
    expect(signed_in.get_by_label("Notitie voor collega’s")).to_have_value("Halve notitie")
    signed_in.get_by_role("radio", name="Antwoord").check()
    expect(signed_in.get_by_label(REPLY)).to_have_value("Half antwoord")


def test_a_draft_follows_its_conversation_and_not_the_screen(signed_in: Page) -> None:
    open_mine(signed_in)
    signed_in.get_by_label(REPLY).fill("Voor de kraan")
    signed_in.get_by_role("tab", name="Wachten").click()
    signed_in.locator(".card", has_text="Wanneer u de huur betaalt").click()
    expect(signed_in.get_by_label(REPLY)).to_have_value("")
    signed_in.get_by_role("tab", name="Bij mij").click()
    expect(signed_in.locator(".card")).to_contain_text("Concept")
