"""For who reads with difficulty: a message read aloud, larger letters, more contrast."""

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.chat_fixtures import composer, launcher, said, send
from tests.browser.fake_chat import WEB, ChatServer

pytest_plugins = ["tests.browser.chat_fixtures"]
pytestmark = pytest.mark.browser

SPEECH = (WEB / "widget" / "tests" / "fake-browser-speech.js").read_text(encoding="utf-8")
SMALLEST: ViewportSize = {"width": 320, "height": 640}
# A window of 1280 by 1024 at 400 % zoom.
ZOOMED: ViewportSize = {"width": 320, "height": 256}


@pytest.fixture
def talking(home: Page, chat_server: ChatServer) -> Page:
    """The chat opened in a browser with a Dutch voice, and one answer given."""
    home.add_init_script(SPEECH + "fakeSpeech.load('en-US', 'nl-NL');")
    home.reload()
    launcher(home).click()
    send(home, "Hallo")
    said(home, "Antwoord op: Hallo").wait_for()
    return home


def readers(page: Page) -> Locator:
    return page.get_by_role("button", name="Lees voor", exact=True)


def sizes(page: Page) -> Locator:
    return page.get_by_role("group", name="Tekst:").get_by_role("button")


def spoken(page: Page) -> list[str]:
    return [text for _voice, text in page.evaluate("fakeSpeech.said")]


def letters(page: Page) -> float:
    script = "n => parseFloat(getComputedStyle(n).fontSize)"
    return float(page.locator("thuisbalie-chat .bubble").first.evaluate(script))


# --- reading aloud ------------------------------------------------------------------------


def test_every_message_of_ours_can_be_read_aloud_and_none_of_the_tenant(talking: Page) -> None:
    expect(readers(talking)).to_have_count(2)
    expect(talking.locator(".message.tenant").get_by_role("button")).to_have_count(0)
    talking.get_by_role("button", name="Ik wil een medewerker").click()
    expect(readers(talking)).to_have_count(3)


def test_message_is_read_in_dutch_with_its_choices_after_it(talking: Page) -> None:
    readers(talking).first.click()
    for _ in range(6):
        expect(readers(talking).first).to_have_attribute("aria-pressed", "true")
        talking.evaluate("fakeSpeech.finish()")
    talking.evaluate("fakeSpeech.finish()")
    expect(readers(talking).first).to_have_attribute("aria-pressed", "false")
    assert spoken(talking) == [
        "Welkom bij Woonstichting De Linde.",
        "Ik ben een digitale assistent, geen mens.",
        "Waar kan ik u mee helpen?",
        "De keuzes zijn:",
        "Een reparatie melden",
        "Hoe kan ik betalen?",
        "De huur opzeggen",
    ]
    assert {voice for voice, _text in talking.evaluate("fakeSpeech.said")} == {"nl-NL"}


def test_pressing_again_stops_the_voice(talking: Page) -> None:
    readers(talking).first.focus()
    talking.keyboard.press("Enter")
    expect(readers(talking).first).to_have_attribute("aria-pressed", "true")
    talking.keyboard.press("Enter")
    expect(readers(talking).first).to_have_attribute("aria-pressed", "false")
    assert talking.evaluate("fakeSpeech.speaking") is None
    expect(readers(talking).first).to_be_focused()


def test_only_one_message_is_read_at_a_time(talking: Page) -> None:
    readers(talking).first.click()
    readers(talking).last.click()
    expect(readers(talking).first).to_have_attribute("aria-pressed", "false")
    expect(readers(talking).last).to_have_attribute("aria-pressed", "true")
    assert talking.evaluate("fakeSpeech.speaking.text") == "Antwoord op: Hallo"


def test_closing_the_chat_silences_it(talking: Page) -> None:
    readers(talking).first.click()
    talking.get_by_role("button", name="Chat sluiten").click()
    assert talking.evaluate("fakeSpeech.speaking") is None


def test_leaving_the_page_silences_it(talking: Page) -> None:
    readers(talking).first.click()
    talking.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert talking.evaluate("fakeSpeech.speaking") is None


def test_button_comes_with_the_voices_and_is_absent_before(
    home: Page, chat_server: ChatServer
) -> None:
    home.add_init_script(SPEECH + "fakeSpeech.load('en-US');")
    home.reload()
    launcher(home).click()
    said(home, "digitale assistent").wait_for()
    expect(readers(home)).to_have_count(0)
    home.evaluate("fakeSpeech.load('en-US', 'nl-NL')")
    expect(readers(home)).to_have_count(1)
    home.evaluate("fakeSpeech.load()")
    expect(readers(home)).to_have_count(0)


def test_browser_that_cannot_speak_offers_nothing(home: Page, chat_server: ChatServer) -> None:
    home.add_init_script("Object.defineProperty(window, 'speechSynthesis', {value: undefined});")
    home.reload()
    launcher(home).click()
    said(home, "digitale assistent").wait_for()
    expect(readers(home)).to_have_count(0)


# --- size of the text ---------------------------------------------------------------------


def test_letters_grow_with_each_size_and_the_choice_is_shown(talking: Page) -> None:
    expect(sizes(talking)).to_have_text(
        ["A gewone letters", "A grote letters", "A heel grote letters"]
    )
    measured = []
    for index in range(3):
        sizes(talking).nth(index).click()
        pressed = sizes(talking).evaluate_all("all => all.map(b => b.ariaPressed)")
        assert pressed == ["true" if index == at else "false" for at in range(3)]
        measured.append(letters(talking))
    assert measured[1] / measured[0] > 1.25
    assert measured[2] / measured[0] > 1.5


def test_size_is_remembered_on_this_phone_without_a_cookie(
    chat_page: Page, chat_server: ChatServer
) -> None:
    sizes(chat_page).nth(2).click()
    largest = letters(chat_page)
    chat_page.reload()
    said(chat_page, "digitale assistent").wait_for()
    assert letters(chat_page) == largest
    expect(sizes(chat_page).nth(2)).to_have_attribute("aria-pressed", "true")
    assert chat_page.context.cookies() == []


def test_size_can_be_chosen_where_the_browser_keeps_nothing(
    home: Page, chat_server: ChatServer
) -> None:
    forbid = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }});"
    home.add_init_script(forbid)
    home.reload()
    launcher(home).click()
    said(home, "digitale assistent").wait_for()
    before = letters(home)
    sizes(home).nth(1).click()
    assert letters(home) > before


# --- small screens, zoom, contrast and movement -------------------------------------------

CUT_OFF = """width => [...document.querySelector("thuisbalie-chat").shadowRoot.querySelectorAll(
    "button, textarea, .bubble, .line, .title, .status, label")]
    .filter(n => n.offsetParent && !n.closest(".hidden"))
    .filter(n => {
        const box = n.getBoundingClientRect();
        return box.left < 0 || box.right > width + 0.5 || n.scrollWidth > n.clientWidth + 1;
    }).map(n => `${n.className} ${n.textContent}`)"""


@pytest.mark.parametrize("screen", [SMALLEST, ZOOMED], ids=["320px", "zoom400"])
@pytest.mark.parametrize("size", [0, 1, 2])
def test_nothing_is_cut_off_in_any_size_of_text(
    talking: Page, chat_server: ChatServer, screen: ViewportSize, size: int
) -> None:
    talking.set_viewport_size(screen)
    sizes(talking).nth(size).click()
    long = [{"id": "l", "title": "Ik wil een andere afspraak voor de reparatie"}]
    chat_server.script(lambda chat: chat.latest.tell("bot", "Wat wilt u doen?", choices=long))
    said(talking, "Wat wilt u doen?").wait_for()
    assert talking.evaluate("document.documentElement.scrollWidth") <= 320
    assert talking.evaluate(CUT_OFF, 320) == []
    for part in (talking.get_by_role("button", name="Chat sluiten"), composer(talking)):
        part.scroll_into_view_if_needed()
        expect(part).to_be_in_viewport(ratio=0.9)


def test_largest_letters_on_a_small_screen_leave_room_to_read(talking: Page) -> None:
    talking.set_viewport_size(SMALLEST)
    sizes(talking).nth(2).click()
    frame = talking.get_by_role("dialog")
    assert frame.evaluate("n => n.scrollHeight > n.clientHeight")
    talking.get_by_role("button", name="Verstuur").scroll_into_view_if_needed()
    send(talking, "Nog een vraag")
    expect(said(talking, "Antwoord op: Nog een vraag")).to_be_in_viewport(ratio=1)
    sizes(talking).nth(0).click()
    assert frame.evaluate("n => n.scrollHeight <= n.clientHeight")


def test_choice_of_size_makes_way_for_the_keyboard_of_a_phone(talking: Page) -> None:
    talking.set_viewport_size(SMALLEST)
    covered = """height => {
        Object.defineProperty(visualViewport, "height", {configurable: true, value: height});
        visualViewport.dispatchEvent(new Event("resize"));
    }"""
    composer(talking).focus()
    talking.evaluate(covered, 380)
    expect(sizes(talking)).to_have_count(0)
    expect(composer(talking)).to_be_in_viewport(ratio=1)
    talking.evaluate(covered, 640)
    expect(sizes(talking)).to_have_count(3)


def test_more_contrast_gives_black_on_white(talking: Page) -> None:
    talking.emulate_media(contrast="more")
    colours = "n => [getComputedStyle(n).color, getComputedStyle(n).backgroundColor]"
    bubble = talking.locator("thuisbalie-chat .message.bot .bubble").first
    assert bubble.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    talking.emulate_media(contrast="more", color_scheme="dark")
    assert bubble.evaluate(colours) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_what_is_pressed_can_be_seen_in_forced_colours(talking: Page) -> None:
    talking.emulate_media(forced_colors="active")
    ground = "n => getComputedStyle(n).backgroundColor"
    assert sizes(talking).nth(0).evaluate(ground) != sizes(talking).nth(1).evaluate(ground)
    readers(talking).first.click()
    assert readers(talking).first.evaluate(ground) != readers(talking).last.evaluate(ground)


def test_nothing_moves_for_who_asked_for_rest(talking: Page) -> None:
    talking.emulate_media(reduced_motion="reduce")
    readers(talking).first.click()
    sizes(talking).nth(1).click()
    assert talking.evaluate("document.getAnimations().length") == 0
