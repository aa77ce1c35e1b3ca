"""One script line on a page of another origin, with a strict policy of its own; real product."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web
from playwright.sync_api import Browser, Page, expect

from tests.browser.chat_fixtures import launcher, listen, said, send
from tests.browser.test_chat_axe import findings
from tests.browser.test_chat_photo import choose, photo, sent_photo
from tests.running_product import RunningProduct, free_port

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Onze buurt</title>
<script src="{chat}/widget/thuisbalie-chat.js" data-corporation="De Linde" defer></script>
</head><body><main><h1>Onze buurt</h1><p>Nieuws uit de straat.</p></main></body></html>"""
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src {chat}; connect-src {chat}; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True)
class Sites:
    listed: str
    stranger: str
    chat: str


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    """Two sites with the same page, of which the product knows one."""
    ports = free_port(), free_port()
    listed, stranger = (f"http://127.0.0.1:{port}" for port in ports)
    data: Path = tmp_path_factory.mktemp("embedded")
    product = RunningProduct(data, WIDGET__ALLOWED_ORIGINS=listed)
    product.start()

    async def page(_: web.Request) -> web.Response:
        policy = {"Content-Security-Policy": POLICY.format(chat=product.url)}
        text = PAGE.format(chat=product.url)
        return web.Response(text=text, content_type="text/html", headers=policy)

    async def serve() -> web.AppRunner:
        app = web.Application()
        app.router.add_get("/", page)
        runner = web.AppRunner(app)
        await runner.setup()
        for port in ports:
            await web.TCPSite(runner, "127.0.0.1", port).start()
        return runner

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    runner = asyncio.run_coroutine_threadsafe(serve(), loop).result(10)
    yield Sites(listed, stranger, product.url)
    asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    product.end()


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(locale="nl-NL", viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.set_default_timeout(20_000)
        yield page


def test_whole_talk_with_photo_on_a_listed_site_with_a_strict_policy(
    visitor: Page, sites: Sites
) -> None:
    complaints = listen(visitor)
    visitor.goto(sites.listed)
    expect(launcher(visitor)).to_have_attribute("href", f"{sites.chat}/chat")
    launcher(visitor).click()
    said(visitor, "digitale assistent").wait_for()
    send(visitor, "Hallo")
    choose(visitor, photo(1200, 900))
    visitor.get_by_role("button", name="Verstuur foto").click()
    expect(visitor.locator("thuisbalie-chat .message.pending")).to_have_count(0)
    said(visitor, "Dank u voor uw foto").wait_for()
    visitor.reload()
    launcher(visitor).click()
    sent_photo(visitor).wait_for()
    assert sent_photo(visitor).evaluate("canvas => canvas.width") == 1200
    assert findings(visitor) == []
    head = visitor.locator("thuisbalie-chat .head")
    assert head.evaluate("n => getComputedStyle(n).backgroundColor") == "rgb(11, 93, 78)"
    assert complaints == []


def test_nobody_gets_a_cookie(visitor: Page, sites: Sites) -> None:
    for address in (sites.listed, f"{sites.chat}/chat"):
        visitor.goto(address)
        if address == sites.listed:
            launcher(visitor).click()
        said(visitor, "digitale assistent").wait_for()
    assert visitor.context.cookies() == []
    assert visitor.evaluate("document.cookie") == ""


def test_a_site_that_is_not_listed_gets_no_conversation(visitor: Page, sites: Sites) -> None:
    refused: list[int] = []
    visitor.on("response", lambda answer: refused.append(answer.status))
    visitor.goto(sites.stranger)
    launcher(visitor).click()
    expect(visitor.get_by_text("Geen verbinding")).to_be_visible()
    expect(said(visitor, "digitale assistent")).to_have_count(0)
    assert 201 not in refused
