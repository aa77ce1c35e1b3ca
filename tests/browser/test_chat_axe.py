"""axe-core finds nothing on any state of the chat: WCAG 2.2 A and AA and best practices."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat_fixtures import launcher, said, send, status, warning
from tests.browser.fake_chat import WEB, ChatServer, refusal

pytest_plugins = ["tests.browser.chat_fixtures"]
pytestmark = pytest.mark.browser

AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
SPEECH = (WEB / "widget" / "tests" / "fake-browser-speech.js").read_text(encoding="utf-8")
Scene = Callable[[Page, ChatServer], None]


def opened(page: Page, server: ChatServer) -> None:
    launcher(page).click()
    said(page, "digitale assistent, geen mens").wait_for()


def answered(page: Page, server: ChatServer) -> None:
    opened(page, server)
    page.get_by_role("button", name="Hoe kan ik betalen?").click()
    choices = [{"id": "x", "title": "Iets anders"}]
    text = "Bel 085 000 12 34 of kijk op https://delinde.example/huur."
    server.script(lambda chat: chat.latest.tell("bot", text, choices=choices))
    said(page, "Bel 085").wait_for()


def waiting(page: Page, server: ChatServer) -> None:
    opened(page, server)
    page.get_by_role("button", name="Ik wil een medewerker").click()
    expect(status(page)).to_have_text("U wacht op een medewerker")


def held(page: Page, server: ChatServer) -> None:
    waiting(page, server)
    server.script(lambda chat: chat.hand_over_to("Fatma"))
    server.script(lambda chat: chat.latest.tell("agent", "Goedemiddag.", name="Fatma"))
    server.script(lambda chat: chat.latest.hint("agent", True))
    expect(page.locator("thuisbalie-chat .typing")).to_have_text("Fatma typt")


def offline(page: Page, server: ChatServer) -> None:
    opened(page, server)
    page.context.set_offline(True)
    send(page, "Kunt u mij helpen?")
    expect(warning(page)).to_contain_text("Geen verbinding")


def failed(page: Page, server: ChatServer) -> None:
    opened(page, server)
    no = refusal(422, "bad_request", "Dit bericht kunnen wij niet lezen.")
    server.script(lambda chat: chat.refuse_next.append(no))
    send(page, "?")
    page.get_by_role("button", name="Bericht aanpassen").wait_for()


def closed(page: Page, server: ChatServer) -> None:
    opened(page, server)
    server.script(lambda chat: chat.close())
    page.get_by_role("button", name="Nieuw gesprek beginnen").wait_for()


def launcher_only(page: Page, server: ChatServer) -> None:
    launcher(page).wait_for()


def unread(page: Page, server: ChatServer) -> None:
    opened(page, server)
    page.get_by_role("button", name="Chat sluiten").click()
    server.script(lambda chat: chat.latest.tell("bot", "Nog iets."))
    page.get_by_role("button", name="1 nieuw bericht").wait_for()


def largest_text(page: Page, server: ChatServer) -> None:
    answered(page, server)
    page.get_by_role("button", name="A heel grote letters").click()


def read_aloud(page: Page, server: ChatServer) -> None:
    page.add_init_script(SPEECH + "fakeSpeech.load('nl-NL');")
    page.reload()
    waiting(page, server)
    reader = page.get_by_role("button", name="Lees voor").first
    reader.click()
    expect(reader).to_have_attribute("aria-pressed", "true")


SCENES = [launcher_only, unread, opened, answered, waiting, held, offline, failed, closed]
SCENES += [largest_text, read_aloud]


def findings(page: Page, contrast: bool = True) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {
        "runOnly": {"type": "tag", "values": TAGS},
        "rules": {"color-contrast": {"enabled": contrast}},
    }
    result = page.evaluate("options => axe.run(document, options)", options)
    assert len(result["passes"]) > 10
    return [
        f"{finding['id']}: {node['target']} {node['failureSummary']}"
        for finding in result["violations"]
        for node in finding["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_home_page_with_chat_has_no_finding(
    home: Page, chat_server: ChatServer, scene: Scene, scheme: str
) -> None:
    home.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    scene(home, chat_server)
    assert findings(home) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_chat_page_has_no_finding(chat_page: Page, chat_server: ChatServer, width: int) -> None:
    chat_page.set_viewport_size({"width": width, "height": 800})
    send(chat_page, "Hallo")
    said(chat_page, "Antwoord op: Hallo").wait_for()
    assert findings(chat_page) == []


@pytest.mark.parametrize("height", [640, 256], ids=["phone", "zoom400"])
@pytest.mark.parametrize("scene", [answered, largest_text, read_aloud], ids=lambda s: s.__name__)
def test_smallest_screen_has_no_finding(
    home: Page, chat_server: ChatServer, scene: Scene, height: int
) -> None:
    home.set_viewport_size({"width": 320, "height": height})
    scene(home, chat_server)
    assert findings(home) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scene", [answered, held, failed, read_aloud], ids=lambda s: s.__name__)
def test_chat_with_more_contrast_has_no_finding(
    home: Page, chat_server: ChatServer, scene: Scene, scheme: str
) -> None:
    home.emulate_media(color_scheme=scheme, contrast="more")
    scene(home, chat_server)
    assert findings(home) == []


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_chat_in_forced_colours_has_no_finding(
    home: Page, chat_server: ChatServer, scene: Scene
) -> None:
    home.emulate_media(forced_colors="active")
    scene(home, chat_server)
    # The tenant's own colours are on the screen, but axe is told those of the style sheet.
    assert findings(home, contrast=False) == []
