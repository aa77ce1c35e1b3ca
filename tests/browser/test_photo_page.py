"""The page behind a link for photos, on a phone: choose, look, send, thanks."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from handoff.corporation_pages import filled
from handoff.pages import WEB
from tests.browser.test_chat_axe import findings
from tests.browser.test_chat_photo import photo

pytestmark = pytest.mark.browser
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'"
)
ADDRESS = "http://balie.test/u/een-link"


class Server:
    """Answers the page's requests; what it answers to photos can be changed."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, str]] = []
        self.got: list[dict[str, object]] = []

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix("http://balie.test")
        headers = {"Content-Security-Policy": POLICY}
        if path == "/u/een-link":
            page = filled(WEB / "pages" / "photo.html")
            route.fulfill(body=page, content_type="text/html", headers=headers)
        elif path == "/u/een-link/photos":
            self.got.append(json.loads(route.request.post_data or "{}"))
            status, sentence = self.answers.pop(0) if self.answers else (204, "")
            if not status:
                route.abort()
                return
            body = json.dumps({"error": {"code": "x", "message": sentence}}) if sentence else ""
            route.fulfill(status=status, body=body, content_type="application/json")
        else:
            route.fulfill(path=WEB / path.removeprefix("/"), headers=headers)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def page(chromium: Browser, server: Server) -> Iterator[Page]:
    viewport = {"width": 320, "height": 640}
    with chromium.new_context(
        locale="nl-NL", has_touch=True, is_mobile=True, viewport=viewport
    ) as context:
        opened = context.new_page()
        opened.route("http://balie.test/**", server.answer)
        opened.goto(ADDRESS)
        yield opened
        assert context.cookies() == []


def choose(page: Page, *names: str) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Foto kiezen").click()
    files = [{"name": n, "mimeType": "image/jpeg", "buffer": photo(2400, 1200)} for n in names]
    chooser.value.set_files(files)


def test_three_photos_are_sent_in_one_go(page: Page, server: Server) -> None:
    choose(page, "a.jpg", "b.jpg")
    choose(page, "c.jpg")
    expect(page.get_by_role("img", name="Foto")).to_have_count(3)
    expect(page.get_by_role("button", name="Foto kiezen")).to_be_hidden()
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_text("Dank u. Uw foto staat bij uw melding.")).to_be_visible()
    assert findings(page) == []
    (sent,) = server.got
    assert isinstance(sent["photos"], list) and len(sent["photos"]) == 3


def test_the_camera_is_offered(page: Page) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Foto maken").click()
    assert chooser.value.element.get_attribute("capture") == "environment"


def test_a_photo_can_be_taken_away_again(page: Page) -> None:
    choose(page, "a.jpg")
    page.get_by_role("button", name="Weg: Foto 1").click()
    expect(page.get_by_role("img", name="Foto")).to_have_count(0)
    expect(page.get_by_role("button", name="Verstuur")).to_be_hidden()


def test_a_lost_line_is_told_and_the_same_upload_is_tried_again(page: Page, server: Server) -> None:
    server.answers = [(0, "")]
    choose(page, "a.jpg")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("alert")).to_have_text("Geen verbinding. Probeer het nog een keer.")
    assert findings(page) == []
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_text("Dank u. Uw foto staat bij uw melding.")).to_be_visible()
    first, second = server.got
    assert first["upload"] == second["upload"]


def test_what_is_no_photo_is_told_in_plain_words(page: Page) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Foto kiezen").click()
    chooser.value.set_files({"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"geen foto"})
    expect(page.get_by_role("alert")).to_contain_text("Wij kunnen dit bestand niet openen.")


def test_a_refusal_of_the_server_is_shown(page: Page, server: Server) -> None:
    server.answers = [(410, "Deze link werkt niet meer.")]
    choose(page, "a.jpg")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("alert")).to_have_text("Deze link werkt niet meer.")
