"""The pages a browser gets: strict headers on every answer, and nothing that needs less."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi import FastAPI

from handoff.pages import WEB, SinglePage
from handoff.testing import Bench, new_client, start_bench

pytestmark = pytest.mark.stories

PAGES = ["/", "/chat"]
ANSWERS = [
    *PAGES,
    "/pages/site.css",
    "/health",
    "/openapi.json",
    "/bestaat-niet",
    "/console/api/me",
]


@pytest.mark.parametrize("path", ANSWERS)
async def test_every_answer_has_the_strict_headers(bench: Bench, path: str) -> None:
    headers = (await bench.client.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    policy = dict(
        directive.strip().split(" ", 1)
        for directive in headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'" and policy["object-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in str(policy) and "*" not in str(policy) and "http" not in str(policy)


class Page(HTMLParser):
    """Collects what a strict content policy forbids, and every address the page loads."""

    def __init__(self) -> None:
        super().__init__()
        self.forbidden: list[str] = []
        self.addresses: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._in_script = tag == "script"
        if tag in ("style", "iframe", "object", "embed", "base"):
            self.forbidden.append(tag)
        self.forbidden += [name for name in found if name.startswith("on") or name == "style"]
        if tag in ("script", "link", "img"):
            self.addresses.append(found.get("src") or found.get("href") or "")
        self.forbidden += [v for v in found.values() if v and v.lower().startswith("javascript:")]

    def handle_data(self, data: str) -> None:
        if self._in_script and data.strip():
            self.forbidden.append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False


def read_page(html: str) -> Page:
    page = Page()
    page.feed(html)
    return page


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_has_nothing_inline_and_loads_from_here_only(bench: Bench, path: str) -> None:
    answer = await bench.client.get(path)
    assert answer.headers["content-type"].startswith("text/html")
    page = read_page(answer.text)
    assert page.forbidden == []
    assert page.addresses and all(a.startswith("/") and a[1] != "/" for a in page.addresses)
    for address in page.addresses:
        if not address.startswith("/widget/"):  # built, and tested in the browser
            assert (await bench.client.get(address)).status_code == 200


def test_the_sources_of_all_pages_have_nothing_inline() -> None:
    sources = [*WEB.glob("pages/*.html"), WEB / "console" / "index.html"]
    assert len(sources) >= 3
    for source in sources:
        assert read_page(source.read_text(encoding="utf-8")).forbidden == [], source


async def test_the_console_is_served_with_its_own_pages() -> None:
    bench = await start_bench()
    client = new_client(bench.app)
    moved = await client.get("/console")
    assert moved.status_code == 307 and moved.headers["location"] == "/console/"
    await bench.product.stop()


async def test_a_page_that_was_not_built_is_not_found(tmp_path: Path) -> None:
    app = FastAPI()
    app.mount("/console", SinglePage(directory=tmp_path / "dist", html=True, check_dir=False))
    assert (await new_client(app).get("/console/")).status_code == 404


async def test_the_demo_page_is_for_the_demo_only() -> None:
    bench = await start_bench(demo=False)
    answer = await bench.client.get("/")
    assert answer.status_code == 307 and answer.headers["location"] == "/chat"
    await bench.product.stop()
