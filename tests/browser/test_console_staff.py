"""The pages on staff accounts and on the access log in a browser; read by axe."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.console_server import ConsoleServer

pytest_plugins = ["tests.browser.console_fixtures"]
pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "web/node_modules/axe-core/axe.min.js"
ELS: dict[str, Any] = {
    "id": "e1", "login": "els", "name": "Els Bos", "roles": ["agent"], "active": True,
    "has_second_factor": True, "has_password": True, "queues": ["huur"], "capacity": 3,
}  # fmt: skip


class Accounts:
    """Plays the gateway's part for accounts, and keeps what it was sent."""

    def __init__(self, refusal: str = "") -> None:
        self.sent: list[tuple[str, str, Any]] = []
        self.refusal = refusal
        self.els = dict(ELS)

    def answer(self, route: Route) -> None:
        request = route.request
        path = request.url.split("/console/api/")[1]
        if request.method == "GET":
            self.read(route, path)
            return
        body = request.post_data_json if request.post_data else None
        self.sent.append((request.method, path, body))
        if self.refusal:
            problem = {"error": {"code": self.refusal, "message": ""}}
            route.fulfill(status=409, json=problem)
        elif request.method == "PUT":
            self.els.update(body)
            route.fulfill(json=self.els)
        elif request.method == "DELETE":
            route.fulfill(status=204)
        else:
            route.fulfill(status=201, json={"member": self.els, "password": "boom-fiets"})

    def read(self, route: Route, path: str) -> None:
        if path == "staff":
            roles = ["agent", "lead", "admin"]
            route.fulfill(json={"members": [self.els], "roles": roles, "queues": ["huur", "spoed"]})
            return
        self.sent.append(("GET", path, None))
        look = {"at": "2026-11-24T09:00:00Z", "login": "els", "name": "Els Bos", "what": "open"}
        look |= {"reference": "TB-1", "relatie": "R-7"}
        search = look | {"what": "search lekkage", "reference": "", "relatie": ""}
        route.fulfill(json={"looks": [look, search], "next_cursor": None})


def opened(page: Page, server: ConsoleServer, accounts: Accounts, path: str) -> None:
    page.route("**/console/api/staff**", accounts.answer)
    page.route("**/console/api/staff/**", accounts.answer)
    page.route("**/console/api/access-log**", accounts.answer)
    page.goto(f"{server.url}{path}")


def assert_fits(page: Page) -> None:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in (1440, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        found = page.evaluate("axe.run(document)")
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nobody_is_put_off_without_a_second_look(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    accounts = Accounts()
    opened(signed_in, console_server, accounts, "beheer/medewerkers")
    signed_in.get_by_role("button", name="Els Bos (els)").click()
    signed_in.get_by_label("Leidinggevende").check()
    signed_in.get_by_role("button", name="Maak niet actief").click()
    assert accounts.sent == []
    assert_fits(signed_in)
    signed_in.get_by_role("button", name="Maak niet actief").click()
    expect(signed_in.get_by_text("Bewaard.")).to_be_visible()
    method, path, body = accounts.sent[0]
    assert (method, path, body["active"]) == ("PUT", "staff/e1", False)
    assert (body["roles"], body["queues"], body["capacity"]) == (["agent", "lead"], ["huur"], 3)


def test_a_new_password_is_shown_once(signed_in: Page, console_server: ConsoleServer) -> None:
    accounts = Accounts()
    opened(signed_in, console_server, accounts, "beheer/medewerkers")
    signed_in.get_by_role("button", name="Els Bos (els)").click()
    signed_in.get_by_role("button", name="Nieuw wachtwoord").click()
    signed_in.get_by_role("button", name="Nieuw wachtwoord").click()
    expect(signed_in.get_by_text("boom-fiets")).to_be_visible()
    signed_in.get_by_role("button", name="Els Bos (els)").click()
    expect(signed_in.get_by_text("boom-fiets")).to_have_count(0)


def test_a_login_that_is_taken_is_said(signed_in: Page, console_server: ConsoleServer) -> None:
    opened(signed_in, console_server, Accounts("login_taken"), "beheer/medewerkers")
    signed_in.get_by_role("button", name="Voeg medewerker toe").click()
    signed_in.get_by_label("Gebruikersnaam").fill("els")
    signed_in.get_by_label("Naam", exact=True).fill("Els")
    signed_in.get_by_role("button", name="Voeg medewerker toe").last.click()
    expect(signed_in.get_by_text("Deze gebruikersnaam bestaat al.")).to_be_visible()


def test_the_log_is_asked_by_days_of_amsterdam(
    signed_in: Page, console_server: ConsoleServer
) -> None:
    accounts = Accounts()
    opened(signed_in, console_server, accounts, "beheer/inzage")
    expect(signed_in.get_by_role("cell", name="Gesprek geopend")).to_be_visible()
    expect(signed_in.get_by_role("cell", name="R-7")).to_be_visible()
    expect(signed_in.get_by_role("cell", name="Gezocht: lekkage")).to_be_visible()
    signed_in.get_by_label("Vanaf").fill("2026-10-25")
    signed_in.get_by_label("Tot en met").fill("2026-10-25")
    with signed_in.expect_response("**/access-log?*since=*"):
        signed_in.get_by_role("button", name="Toon").click()
    asked = parse_qs(urlsplit(accounts.sent[-1][1]).query)
    assert asked["since"] == ["2026-10-24T22:00:00.000Z"]
    assert asked["until"] == ["2026-10-25T23:00:00.000Z"]
    link = signed_in.get_by_role("link", name="Download als CSV")
    expect(link).to_have_attribute("href", "/console/api/access-log/file?since=2026-10-24T22%3A00%3A00.000Z&until=2026-10-25T23%3A00%3A00.000Z")  # fmt: skip # noqa: E501
    assert_fits(signed_in)
