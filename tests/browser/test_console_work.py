"""The daily work: the list, taking over, answering, noting, handing back, closing."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import console_samples as sample
from tests.browser.console_server import ConsoleServer
from tests.browser.console_steps import open_card, open_mine, show_tab
from tests.browser.fake_console import FakeConsole
from tests.browser.fake_console_state import ago

pytest_plugins = ["tests.browser.console_fixtures"]
pytestmark = pytest.mark.browser

REPLY = "Antwoord aan de huurder"
NOTE = "Notitie voor collega’s"


def test_urgent_conversations_stand_on_top_and_say_so_in_words(signed_in: Page) -> None:
    cards = signed_in.locator(".card")
    expect(cards).to_have_count(2)
    expect(cards.first).to_contain_text("Spoed: Gaslucht")
    expect(cards.nth(1)).to_contain_text("De assistent begreep het niet")
    expect(cards.nth(1)).to_contain_text("Wanneer u de huur betaalt")


def test_each_tab_counts_and_shows_its_own_conversations(signed_in: Page) -> None:
    expect(signed_in.get_by_role("tab", name="2 Wachten")).to_be_visible()
    show_tab(signed_in, "Bij collega’s")
    expect(signed_in.locator(".card")).to_contain_text("Bij Fatma Yilmaz")
    show_tab(signed_in, "Bij assistent")
    expect(signed_in.locator(".card")).to_contain_text("Openingstijden")


def test_a_new_conversation_appears_by_itself_and_counts_in_the_title(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    expect(signed_in).to_have_title("(2) wachten | Thuisbalie")
    console_server.script(
        lambda console: console.add("TB-2000", topic_title="Huurtoeslag", waiting_since=ago())
    )
    expect(signed_in.locator(".card")).to_have_count(3)
    expect(signed_in).to_have_title("(3) wachten | Thuisbalie")
    expect(signed_in.get_by_text("Er wacht een nieuw gesprek.")).to_be_attached()


def test_a_conversation_that_becomes_urgent_moves_to_the_top(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    def raise_alarm(console: FakeConsole) -> None:
        console.conversations[sample.URGENT]["urgent"] = False
        console.change(sample.WAITING, urgent=True, urgent_kind="fire")

    console_server.script(raise_alarm)
    expect(signed_in.locator(".card").first).to_contain_text("Spoed: Brand")


def test_the_briefing_tells_why_and_what_was_tried(signed_in: Page) -> None:
    open_card(signed_in, "Wanneer u de huur betaalt")
    dossier = signed_in.get_by_role("region", name="Dossier")
    expect(dossier).to_contain_text("De assistent begreep het niet")
    expect(dossier).to_contain_text("Huurder wil de huur een week later betalen")
    expect(dossier).to_contain_text("Hulp bij een achterstand")
    expect(dossier).to_contain_text("58%")
    expect(dossier).to_contain_text("Nagevraagd met drie keuzes")
    expect(signed_in.get_by_text("Begrepen als: Wanneer u de huur betaalt · 71%")).to_be_visible()


def test_taking_over_opens_the_reply_box_and_a_reply_arrives_once(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_card(signed_in, "Wanneer u de huur betaalt")
    expect(signed_in.get_by_text("Neem het gesprek over om te antwoorden.")).to_be_visible()
    signed_in.get_by_role("button", name="Neem over").click()
    field = signed_in.get_by_label(REPLY)
    expect(field).to_be_focused()
    field.fill("Dag, dat kan. Ik zet het voor u klaar.")
    field.press("Enter")
    shown = signed_in.locator(".message", has_text="Ik zet het voor u klaar.")
    expect(shown).to_have_count(1)
    expect(shown).not_to_have_attribute("data-pending", "sending")
    expect(field).to_have_value("")
    texts = console_server.console.texts(sample.WAITING)
    assert texts.count("Dag, dat kan. Ik zet het voor u klaar.") == 1


def test_typing_a_reply_is_told_to_the_tenant_sparingly(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    with signed_in.expect_response("**/typing"):
        signed_in.get_by_label(REPLY).press_sequentially("Ik kijk even")
    with signed_in.expect_response("**/typing"):
        signed_in.get_by_label(REPLY).press("Enter")
    assert console_server.console.typing == [(sample.MINE, True), (sample.MINE, False)]


def test_a_new_line_is_made_with_shift_and_enter(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    field = signed_in.get_by_label(REPLY)
    field.fill("Eerste regel")
    field.press("Shift+Enter")
    field.press_sequentially("Tweede regel")
    with signed_in.expect_response("**/say"):
        field.press("Control+Enter")
    assert "Eerste regel\nTweede regel" in console_server.console.texts(sample.MINE)


def test_a_note_is_marked_private_and_kept_from_the_tenant(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    signed_in.get_by_role("radio", name="Notitie").check()
    signed_in.get_by_label(NOTE).fill("Huurder is slecht ter been.")
    signed_in.get_by_role("button", name="Bewaar notitie").click()
    shown = signed_in.locator("[data-look=note]", has_text="Huurder is slecht ter been.")
    expect(shown).to_contain_text("Alleen voor collega’s")
    assert "Huurder is slecht ter been." in console_server.console.texts(sample.MINE, "note")
    assert "Huurder is slecht ter been." not in console_server.console.texts(sample.MINE)


def test_a_reply_of_the_assistant_that_was_withheld_is_shown_as_such(signed_in: Page) -> None:
    open_mine(signed_in)
    withheld = signed_in.locator("[data-look=withheld]")
    expect(withheld).to_contain_text("Antwoord van de assistent, niet verstuurd")


def test_who_is_second_hears_who_has_the_conversation(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_card(signed_in, "Wanneer u de huur betaalt")
    console_server.script(lambda console: console.take_as(sample.WAITING, "fatma", tell=False))
    signed_in.get_by_role("button", name="Neem over").click()
    alert = signed_in.get_by_role("alert").filter(has_text="Fatma heeft dit gesprek al.")
    expect(alert).to_be_visible()
    expect(signed_in.locator(".state")).to_have_text("Bij Fatma Yilmaz")
    expect(signed_in.get_by_label(REPLY)).not_to_be_editable()
    expect(signed_in.get_by_role("button", name="Neem over")).to_have_count(0)


def test_a_conversation_of_a_colleague_can_be_read_and_noted_only(signed_in: Page) -> None:
    show_tab(signed_in, "Bij collega’s")
    open_card(signed_in, "Geluidsoverlast")
    expect(signed_in.get_by_text("Fatma Yilmaz heeft dit gesprek.")).to_be_visible()
    expect(signed_in.get_by_label(REPLY)).not_to_be_editable()
    signed_in.get_by_role("radio", name="Notitie").check()
    expect(signed_in.get_by_label(NOTE)).to_be_editable()


def test_a_message_of_the_tenant_appears_at_once(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    console_server.script(lambda console: console.put(sample.MINE, "tenant", "Bent u er nog?"))
    expect(signed_in.locator(".message", has_text="Bent u er nog?")).to_have_count(1)
    expect(signed_in.get_by_role("status").filter(has_text="Bent u er nog?")).to_be_attached()


def test_handing_back_to_the_assistant_can_be_taken_back(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    signed_in.get_by_role("button", name="Geef terug").click()
    signed_in.get_by_role("menuitem", name="Terug naar de assistent").click()
    expect(signed_in.locator(".state")).to_have_text("Bij de assistent")
    assert console_server.console.releases == [{"to": "assistant", "term": 3}]
    signed_in.get_by_role("button", name="Weer overnemen").click()
    expect(signed_in.locator(".state")).to_have_text("Bij u")


def test_handing_back_to_the_queue_makes_it_wait_again(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    signed_in.get_by_role("button", name="Geef terug").click()
    signed_in.get_by_role("menuitem", name="Reparaties (deze wachtrij)").click()
    signed_in.get_by_role("button", name="Geef door").click()
    expect(signed_in.locator(".state")).to_have_text("In de wachtrij")
    assert console_server.console.conversations[sample.MINE]["state"] == "waiting"
    assert console_server.console.routing.transfers[0]["queue"] == "reparaties"


def test_closing_asks_first_and_warns_for_an_unsent_text(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    signed_in.get_by_label(REPLY).fill("Nog niet af")
    signed_in.get_by_role("button", name="Sluit", exact=True).click()
    dialog = signed_in.get_by_role("alertdialog")
    expect(dialog).to_contain_text("een tekst die niet is verstuurd")
    dialog.get_by_role("button", name="Annuleren").click()
    assert console_server.console.conversations[sample.MINE]["state"] == "held"
    signed_in.get_by_role("button", name="Sluit", exact=True).click()
    dialog.get_by_role("button", name="Gesprek sluiten").click()
    expect(signed_in.locator(".state")).to_have_text("Gesloten")
    expect(signed_in.locator(".card")).to_have_count(0)


def test_an_unknown_conversation_says_so(signed_in: Page, console_server: ConsoleServer) -> None:
    signed_in.goto(f"{console_server.url}conversations/bestaat-niet")
    expect(signed_in.get_by_text("Dit gesprek bestaat niet")).to_be_visible()


def test_an_urgent_message_elsewhere_is_one_click_away(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    console_server.script(
        lambda console: console.change(sample.COLLEAGUE, urgent=True, urgent_kind="violence")
    )
    notice = signed_in.locator(".notice", has_text="Spoed: Geweld of dreiging.")
    notice.get_by_role("button", name="Openen").click()
    expect(signed_in.locator(".urgent-banner")).to_contain_text("Spoed: Geweld of dreiging")


def test_a_phone_goes_from_list_to_conversation_to_dossier_and_back(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    signed_in.set_viewport_size({"width": 390, "height": 844})
    conversation = signed_in.get_by_role("region", name="Gesprek")
    expect(conversation).to_be_hidden()
    open_card(signed_in, "Wanneer u de huur betaalt")
    expect(signed_in.get_by_role("navigation", name="Wachtrij")).to_be_hidden()
    expect(conversation).to_be_focused()
    signed_in.get_by_role("link", name="Dossier", exact=True).click()
    expect(signed_in.get_by_text("Wat is geprobeerd")).to_be_visible()
    expect(conversation).to_be_hidden()
    signed_in.get_by_role("link", name="Terug naar het gesprek").click()
    expect(conversation).to_be_visible()
    signed_in.get_by_role("link", name="Terug naar de lijst").click()
    expect(signed_in.locator(".card")).to_have_count(2)
    expect(signed_in).to_have_url(console_server.url)


def test_the_focus_has_a_place_when_a_button_disappears(signed_in: Page) -> None:
    open_mine(signed_in)
    signed_in.get_by_role("button", name="Sluit", exact=True).click()
    signed_in.get_by_role("button", name="Gesprek sluiten").click()
    expect(signed_in.locator(".state")).to_have_text("Gesloten")
    expect(signed_in.get_by_role("region", name="Gesprek")).to_be_focused()


def test_markup_in_a_message_is_shown_as_text(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    open_mine(signed_in)
    nasty = '<img src=x onerror="document.title=1"><b>vet</b>'
    console_server.script(lambda console: console.put(sample.MINE, "tenant", nasty))
    expect(signed_in.locator(".bubble-text", has_text=nasty)).to_have_count(1)
    expect(signed_in).to_have_title("(2) wachten | Thuisbalie")
