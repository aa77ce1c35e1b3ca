"""A photo in the web chat: chosen, looked at, made small, sent once, seen again."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.chat_fixtures import said, send
from tests.browser.fake_chat import ChatServer, refusal
from tests.browser.test_chat_axe import findings

pytest_plugins = ["tests.browser.chat_fixtures"]
pytestmark = pytest.mark.browser


def photo(width: int = 4000, height: int = 3000, form: str = "JPEG", **more: Any) -> bytes:
    """A picture with so much in it that it does not shrink to nothing."""
    picture = Image.effect_noise((width // 8, height // 8), 90).resize((width, height))
    out = io.BytesIO()
    picture.convert("RGB").save(out, form, **more)
    return out.getvalue()


def choose(page: Page, content: bytes, name: str = "lek.jpg", kind: str = "image/jpeg") -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Foto", exact=True).click()
    chooser.value.set_files({"name": name, "mimeType": kind, "buffer": content})


def sent_photo(page: Page) -> Locator:
    return page.get_by_role("log").get_by_role("img", name="Uw foto")


def test_photo_is_seen_first_made_small_and_sent(chat_page: Page, chat_server: ChatServer) -> None:
    large = photo(quality=95)
    choose(chat_page, large)
    expect(chat_page.get_by_text("Wilt u deze foto versturen?")).to_be_visible()
    assert chat_server.chat.photos == []
    button = chat_page.get_by_role("button", name="Verstuur foto")
    expect(button).to_be_focused()
    button.press("Enter")
    sent_photo(chat_page).wait_for()
    expect(sent_photo(chat_page)).to_be_in_viewport(ratio=0.98)
    expect(chat_page.locator("thuisbalie-chat .message.pending")).to_have_count(0)
    assert len(chat_server.chat.photos) == 1
    (small,) = chat_server.chat.photos
    assert len(small) < len(large) / 2
    assert Image.open(io.BytesIO(small)).size == (1600, 1200)
    expect(chat_page.get_by_label("Uw bericht")).to_be_focused()
    announcer = chat_page.locator("thuisbalie-chat [aria-live=polite]")
    expect(announcer).to_contain_text("Uw foto is verstuurd.")


def test_photo_is_still_there_after_a_reload(chat_page: Page, chat_server: ChatServer) -> None:
    choose(chat_page, photo(800, 600))
    chat_page.get_by_role("button", name="Verstuur foto").click()
    expect(chat_page.locator("thuisbalie-chat .message.pending")).to_have_count(0)
    chat_page.reload()
    expect(sent_photo(chat_page)).to_have_count(1)
    assert sent_photo(chat_page).evaluate("canvas => [canvas.width, canvas.height]") == [800, 600]


def test_photo_that_is_not_wanted_is_not_sent(chat_page: Page, chat_server: ChatServer) -> None:
    send(chat_page, "eerst een woord")
    chat_page.get_by_label("Uw bericht").fill("half getypt")
    choose(chat_page, photo(300, 200))
    chat_page.get_by_role("button", name="Weg").click()
    expect(chat_page.get_by_label("Uw bericht")).to_have_value("half getypt")
    expect(chat_page.get_by_role("button", name="Verstuur foto")).to_have_count(0)
    assert chat_server.chat.photos == []


def test_lost_answer_gives_one_photo_in_the_log(chat_page: Page, chat_server: ChatServer) -> None:
    chat_server.script(lambda chat: setattr(chat, "lose_answers", 1))
    choose(chat_page, photo(400, 300))
    chat_page.get_by_role("button", name="Verstuur foto").click()
    expect(sent_photo(chat_page)).to_have_count(1)
    expect(chat_page.locator("thuisbalie-chat .message.pending")).to_have_count(0)
    assert len(chat_server.chat.photos) == 1
    assert len({post["client_msg_id"] for post in chat_server.chat.posts}) == 1


def test_photo_chosen_without_a_line_goes_when_the_line_is_back_also_after_a_reload(
    chat_page: Page, chat_server: ChatServer
) -> None:
    chat_server.script(lambda chat: setattr(chat, "unreachable", True))
    chat_server.script(lambda chat: chat.drop_streams())
    choose(chat_page, photo(400, 300))
    chat_page.get_by_role("button", name="Verstuur foto").click()
    expect(chat_page.get_by_text("Geen verbinding")).to_be_visible()
    chat_page.reload()
    expect(sent_photo(chat_page)).to_have_count(1)
    chat_server.script(lambda chat: setattr(chat, "unreachable", False))
    expect(chat_page.locator("thuisbalie-chat .message.pending")).to_have_count(0)
    assert len(chat_server.chat.photos) == 1


NOT_READ: list[tuple[bytes, str]] = [(b"%PDF-1.7 geen foto", "brief.pdf"), (b"", "leeg.jpg")]


@pytest.mark.parametrize(("content", "name"), NOT_READ)
def test_what_is_no_photo_is_refused_in_plain_words(
    chat_page: Page, chat_server: ChatServer, content: bytes, name: str
) -> None:
    choose(chat_page, content, name)
    alert = chat_page.get_by_role("alert").filter(has_text="Wij kunnen dit bestand niet openen.")
    expect(alert).to_be_visible()
    assert chat_server.chat.photos == []
    expect(chat_page.get_by_role("button", name="Foto", exact=True)).to_be_focused()


def test_what_the_server_refuses_can_be_taken_away(
    chat_page: Page, chat_server: ChatServer
) -> None:
    no = refusal(413, "photo_too_large", "Deze foto is te groot. Kies een kleinere foto.")
    chat_server.script(lambda chat: chat.refuse_next.append(no))
    choose(chat_page, photo(400, 300))
    chat_page.get_by_role("button", name="Verstuur foto").click()
    expect(chat_page.get_by_role("log").get_by_text("Deze foto is te groot.")).to_be_visible()
    assert findings(chat_page) == []
    chat_page.get_by_role("button", name="Weghalen").click()
    expect(sent_photo(chat_page)).to_have_count(0)


Scene = Callable[[Page], None]


def looking(page: Page) -> None:
    choose(page, photo(400, 300))
    page.get_by_role("button", name="Verstuur foto").wait_for()


def shown(page: Page) -> None:
    looking(page)
    page.get_by_role("button", name="Verstuur foto").click()
    sent_photo(page).wait_for()
    said(page, "digitale assistent").wait_for()


@pytest.mark.parametrize("scene", [looking, shown], ids=lambda scene: scene.__name__)
@pytest.mark.parametrize(("width", "height"), [(320, 640), (320, 256), (1280, 800)])
def test_photo_has_no_finding_and_fits_every_screen(
    chat_page: Page, scene: Scene, width: int, height: int
) -> None:
    chat_page.set_viewport_size({"width": width, "height": height})
    scene(chat_page)
    assert findings(chat_page) == []
    assert chat_page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_offers_camera_and_gallery(chromium: Browser, chat_server: ChatServer) -> None:
    with chromium.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844}, locale="nl-NL"
    ) as context:
        page = context.new_page()
        page.goto(f"{chat_server.url}/chat")
        page.get_by_role("button", name="Foto", exact=True).click()
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Foto maken").click()
        camera = chooser.value.element.evaluate("i => [i.getAttribute('capture'), i.accept]")
        assert camera == ["environment", "image/*"]
        assert findings(page) == []
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Foto kiezen").click()
        assert chooser.value.element.evaluate("i => i.hasAttribute('capture')") is False
        chooser.value.set_files(
            {"name": "lek.jpg", "mimeType": "image/jpeg", "buffer": photo(400, 300)}
        )
        page.get_by_role("button", name="Verstuur foto").click()
        sent_photo(page).wait_for()


def test_what_staff_send_is_seen_and_a_document_is_saved(
    chat_page: Page, chat_server: ChatServer
) -> None:
    send(chat_page, "ik wil de brief zien")

    def tell(chat: Any) -> None:
        (conversation,) = chat.conversations.values()
        chat.photos.append(photo(300, 200))
        conversation.tell("agent", "Foto", name="Fatma", files=[{"id": str(len(chat.photos))}])
        chat.photos.append(b"%PDF-1.4 brief %%EOF")
        files = [{"id": str(len(chat.photos)), "name": "Brief.pdf"}]
        conversation.tell("agent", "Document: Brief.pdf", name="Fatma", files=files)

    chat_server.script(tell)
    log = chat_page.get_by_role("log")
    expect(log.get_by_role("img", name="Foto van de medewerker")).to_be_visible()
    expect(log).to_contain_text("Document: Brief.pdf")
    button = log.get_by_role("button", name="Document openen Brief.pdf")
    with chat_page.expect_download() as saved:
        button.press("Enter")
    assert saved.value.suggested_filename == "Brief.pdf"
    assert saved.value.path().read_bytes() == b"%PDF-1.4 brief %%EOF"
    assert findings(chat_page) == []
    chat_server.script(lambda chat: setattr(chat, "unreachable", True))
    button.click()
    expect(log.get_by_role("button", name="Opnieuw proberen Brief.pdf")).to_be_visible()
