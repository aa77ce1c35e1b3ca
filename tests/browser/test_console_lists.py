"""Finding, marking and putting off conversations, in Debian's Chromium."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import console_samples as sample
from tests.browser.console_server import ConsoleServer
from tests.browser.console_steps import open_mine
from tests.browser.fake_console import FakeConsole
from tests.browser.fake_console_state import ago

pytest_plugins = ["tests.browser.console_fixtures"]
pytestmark = pytest.mark.browser

SEARCH = "Zoek in alle gesprekken"
SCROLL = """async () => {
  const box = document.querySelector("[data-virtual]");
  const times = [];
  for (let n = 0, last = performance.now(); n < 120; n += 1) {
    box.scrollTop += 400;
    const now = await new Promise(requestAnimationFrame);
    times.push(now - last);
    last = now;
  }
  times.sort((a, b) => a - b);
  const rows = box.querySelectorAll("[data-index]").length;
  return { median: times[60], p95: times[114], rows, top: box.scrollTop };
}"""


def test_words_are_found_as_they_are_typed_and_shown_as_text(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    signed_in.get_by_label(SEARCH).fill("kraan")
    found = signed_in.get_by_role("list", name="Gevonden gesprekken")
    expect(found.locator("mark")).to_have_text("kraan")
    expect(found).to_contain_text("<b>De</b>")
    assert console_server.console.lists.asked == ["kraan"]
    signed_in.get_by_role("button", name="Wis zoeken en filters").click()
    expect(signed_in.get_by_role("tab")).to_have_count(4)


def test_of_a_long_queue_only_the_rows_near_the_screen_exist_and_keys_reach_all(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    def many(console: FakeConsole) -> None:
        for no in range(120):
            console.add(f"TB-{no + 3000}", topic_title=f"Vraag {no}", waiting_since=ago())

    console_server.script(many)
    expect(signed_in.get_by_role("tab", name="122 Wachten")).to_be_visible()
    cards = signed_in.locator(".list .card")
    cards.first.focus()
    signed_in.keyboard.press("End")
    expect(cards.filter(has_text="Vraag 119")).to_be_focused()
    signed_in.keyboard.press("ArrowUp")
    expect(cards.filter(has_text="Vraag 118")).to_be_focused()
    assert cards.count() < 60
    signed_in.keyboard.press("Enter")
    expect(signed_in.locator(".view-head h2")).to_contain_text("Vraag 118")
    signed_in.keyboard.press("Home")
    signed_in.locator(".list .card[aria-current]").focus()
    signed_in.keyboard.press("Home")
    expect(cards.first).to_be_focused()


def test_a_label_is_given_and_taken_back(signed_in: Page) -> None:
    open_mine(signed_in)
    signed_in.get_by_role("button", name="Labels").click()
    signed_in.get_by_role("menuitem", name="Terugbellen").click()
    chip = signed_in.locator(".marks .label-chip")
    expect(chip).to_have_text("Terugbellen")
    signed_in.get_by_role("button", name="Ongedaan maken").click()
    expect(chip).to_have_count(0)


def test_what_is_put_off_leaves_the_list_and_comes_back(signed_in: Page) -> None:
    open_mine(signed_in)
    signed_in.get_by_role("button", name="Stel uit").click()
    signed_in.get_by_role("menuitem", name="Straks, over 1 uur").click()
    expect(signed_in.locator(".marks")).to_contain_text("Uitgesteld tot")
    expect(signed_in.locator(".list .card[aria-current]")).to_have_count(0)
    signed_in.get_by_role("button", name="Haal terug").click()
    expect(signed_in.locator(".list .card[aria-current]")).to_have_count(1)


def test_a_colleague_who_types_is_named(signed_in: Page, console_server: ConsoleServer) -> None:
    joost = {"id": "a9", "name": "Joost", "doing": "typing", "until": "2099-01-01T00:00:00Z"}
    console_server.console.lists.viewers[sample.MINE] = [joost]
    open_mine(signed_in)
    expect(signed_in.locator(".marks .viewer")).to_have_text("Joost typt")


def test_five_thousand_conversations_scroll_with_few_rows_on_the_page(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    console_server.script(lambda console: console.lists.fill(5_000))
    signed_in.get_by_label("Weergave").select_option("all")
    rows = signed_in.locator("[data-virtual] [data-index]")
    expect(rows.first).to_be_visible()
    expect(rows.first).to_have_attribute("aria-posinset", "1")
    measured = signed_in.evaluate(SCROLL)
    print(measured)
    assert measured["rows"] < 60
    assert measured["top"] > 20_000
    expect(signed_in.get_by_text("5000 gesprekken")).to_be_visible()


def test_several_are_chosen_with_shift_and_labelled(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    signed_in.get_by_label("Weergave").select_option("all")
    boxes = signed_in.locator(".found-pick")
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    bar = signed_in.get_by_role("toolbar")
    expect(bar).to_contain_text("3 gekozen")
    bar.get_by_role("button", name="Label").click()
    signed_in.get_by_role("menuitem", name="Terugbellen").click()
    expect(signed_in.get_by_text("3 gedaan.")).to_be_visible()
    labelled = [c for c in console_server.console.conversations.values() if c.get("labels")]
    assert len(labelled) == 3
