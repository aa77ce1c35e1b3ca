"""axe-core finds nothing on any state of the console: WCAG 2.2 AA and best practices."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import console_samples as sample
from tests.browser.console_server import ROOT, ConsoleServer
from tests.browser.console_steps import open_card, open_mine, show_tab, sign_in, try_now
from tests.browser.fake_console import FakeConsole

pytest_plugins = ["tests.browser.console_fixtures"]
pytestmark = pytest.mark.browser

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"wide": (1440, 900), "laptop": (1024, 768), "phone": (390, 844)}


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest, desk: Page) -> Page:
    desk.emulate_media(color_scheme=request.param, reduced_motion="reduce")
    return desk


def findings(page: Page) -> list[str]:
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS
    )
    return [
        f"{found['id']}: {node['target']} {node.get('failureSummary', '')}"
        for found in result["violations"]
        for node in found["nodes"]
    ]


def check_sizes(page: Page) -> None:
    """Light at every width; dark differs in colour only, so one width will do."""
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    for name, (width, height) in list(SIZES.items())[: 1 if is_dark else None]:
        page.set_viewport_size({"width": width, "height": height})
        assert findings(page) == [], name
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0, f"{name}: the page scrolls sideways"
    page.set_viewport_size({"width": 1440, "height": 900})


def enter(page: Page, server: ConsoleServer) -> None:
    server.script(sample.fill)
    sign_in(page)
    page.locator(".card").first.wait_for()


def test_the_login_page_with_and_without_an_error(scheme: Page) -> None:
    check_sizes(scheme)
    sign_in(scheme, password="verkeerd")
    expect(scheme.get_by_text("horen niet bij elkaar")).to_be_visible()
    check_sizes(scheme)


def test_an_empty_list(scheme: Page) -> None:
    sign_in(scheme)
    expect(scheme.get_by_text("Niemand wacht")).to_be_visible()
    check_sizes(scheme)


def test_a_list_that_is_loading(scheme: Page, console_server: ConsoleServer) -> None:
    gate: asyncio.Event = console_server.script(lambda console: asyncio.Event())
    console_server.console.hold_list = gate
    sign_in(scheme)
    expect(scheme.get_by_text("Gesprekken laden…")).to_be_attached()
    check_sizes(scheme)
    console_server.script(lambda console: gate.set())


def test_a_list_that_cannot_be_loaded(scheme: Page, console_server: ConsoleServer) -> None:
    console_server.console.list_fails = True
    sign_in(scheme)
    expect(scheme.get_by_text("De lijst kan niet geladen worden")).to_be_visible()
    check_sizes(scheme)
    console_server.console.list_fails = False
    scheme.get_by_role("button", name="Opnieuw proberen").click()
    expect(scheme.get_by_text("Niemand wacht")).to_be_visible()


def test_a_waiting_conversation(scheme: Page, console_server: ConsoleServer) -> None:
    enter(scheme, console_server)
    check_sizes(scheme)
    open_card(scheme, "Wanneer u de huur betaalt")
    scheme.locator(".message").first.wait_for()
    check_sizes(scheme)
    scheme.goto(f"{scheme.url}?panel=dossier")
    scheme.locator(".part").first.wait_for()
    check_sizes(scheme)


def test_an_urgent_conversation(scheme: Page, console_server: ConsoleServer) -> None:
    enter(scheme, console_server)
    open_card(scheme, "Gaslucht in huis")
    expect(scheme.locator(".urgent-banner")).to_contain_text("Spoed: Gaslucht")
    check_sizes(scheme)


def test_a_conversation_i_hold_with_note_menu_and_dialogs(
    scheme: Page, console_server: ConsoleServer
) -> None:
    enter(scheme, console_server)
    open_mine(scheme)
    check_sizes(scheme)
    scheme.get_by_role("radio", name="Notitie").check()
    check_sizes(scheme)
    scheme.get_by_role("button", name="Geef terug").click()
    expect(scheme.get_by_role("menu")).to_be_visible()
    check_sizes(scheme)
    scheme.keyboard.press("Escape")
    scheme.get_by_role("button", name="Sluit", exact=True).click()
    expect(scheme.get_by_role("alertdialog")).to_be_visible()
    check_sizes(scheme)
    scheme.keyboard.press("Escape")
    scheme.locator(".view-head h2").click()
    scheme.keyboard.press("?")
    expect(scheme.get_by_role("dialog", name="Sneltoetsen")).to_be_visible()
    check_sizes(scheme)


def test_the_menu_of_the_account(scheme: Page, console_server: ConsoleServer) -> None:
    enter(scheme, console_server)
    scheme.get_by_role("button", name="Sanne de Wit").click()
    expect(scheme.get_by_role("menu")).to_be_visible()
    check_sizes(scheme)


def test_a_conversation_of_a_colleague_and_of_the_assistant(
    scheme: Page, console_server: ConsoleServer
) -> None:
    enter(scheme, console_server)
    show_tab(scheme, "Bij collega’s")
    open_card(scheme, "Geluidsoverlast")
    check_sizes(scheme)
    show_tab(scheme, "Bij assistent")
    open_card(scheme, "Openingstijden")
    check_sizes(scheme)


def test_a_conflict_and_a_lost_line(scheme: Page, console_server: ConsoleServer) -> None:
    enter(scheme, console_server)
    open_card(scheme, "Wanneer u de huur betaalt")
    console_server.script(lambda console: console.take_as(sample.WAITING, "fatma", tell=False))
    scheme.get_by_role("button", name="Neem over").click()
    expect(scheme.get_by_text("Fatma heeft dit gesprek al.")).to_be_visible()
    check_sizes(scheme)
    console_server.script(lambda console: FakeConsole.go_down(console))
    expect(scheme.get_by_text("Verbinding kwijt.")).to_be_visible()
    check_sizes(scheme)
    console_server.console.down = False
    try_now(scheme)
    expect(scheme.get_by_text("Weer verbonden.")).to_be_visible()
